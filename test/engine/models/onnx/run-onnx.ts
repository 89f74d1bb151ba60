import { InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import type { Table } from '../../../../src/engine/data/table.ts';

export interface OnnxOutputs {
  readonly label?: readonly string[];
  readonly values: Float64Array;
}

/** What onnxruntime predicts for a table with an exported model, its columns fed one by one. */
export async function runOnnx(model: Uint8Array, { rowCount, columns }: Table): Promise<OnnxOutputs> {
  const session = await InferenceSession.create(model, { logSeverityLevel: 3 });
  const feeds = Object.fromEntries(
    columns.map((column) => {
      const shape = [rowCount, 1];
      if (column.kind === 'numeric') return [column.name, new Tensor('float64', column.values, shape)];
      const texts = Array.from(column.codes, (code) => (code < 0 ? '' : column.levels[code]));
      return [column.name, new Tensor('string', texts, shape)];
    }),
  );
  const wanted = Object.fromEntries(session.inputNames.map((name) => [name, feeds[name]]));
  const outputs = await session.run(wanted);
  await session.release();
  const numbers = outputs.probabilities ?? outputs.value;
  return {
    ...(outputs.label && { label: outputs.label.data as string[] }),
    values: Float64Array.from(numbers.data as Float64Array),
  };
}
