import { writeAtomically } from '../data/atomic-file.ts';
import { readBundle, writeFault } from '../models/bundle.ts';
import { noOnnx } from '../models/onnx/graph-rows.ts';
import type { Answers, OnnxJob } from './job.ts';
import { onnxModelOf } from './onnx-of.ts';

/** What a protobuf message may have, and so an ONNX file. */
const mostBytes = 2 ** 31 - 1;

/** Throws a UserError where the model has no form in ONNX, or the file cannot be written; what stood there before is then kept. */
export async function performOnnx({ modelFolder, output }: OnnxJob): Promise<Answers['onnx']> {
  const { bytes, notes } = await onnxModelOf(await readBundle(modelFolder));
  if (bytes.byteLength > mostBytes) throw noOnnx(`a model of ${bytes.byteLength} bytes, more than the format allows,`);
  try {
    await writeAtomically(output, (file) => file.writeFile(bytes));
  } catch (error) {
    throw writeFault(error, output);
  }
  return { path: output, bytes: bytes.byteLength, notes };
}
