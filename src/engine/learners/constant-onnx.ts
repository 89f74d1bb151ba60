import type { WriteOnnx } from '../models/onnx/write-onnx.ts';

/** The same line for every row. */
export const constantOnnx: WriteOnnx<{ output: readonly number[] }> = ({ graph, columns }, { output }) =>
  graph.repeated(graph.row(output), output.length, columns[0].value);
