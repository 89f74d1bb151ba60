import type { Value } from '../../models/onnx/graph-builder.ts';
import { matrixRows } from '../../models/onnx/matrix-rows.ts';
import type { WriteOnnx } from '../../models/onnx/write-onnx.ts';
import { solveLower } from '../../numerics/triangular-systems.ts';
import type { DiscriminantState } from './discriminant.ts';

/** Each class's log density up to a constant: the squared length of what is left of the deviation once its factor is divided out. */
export const discriminantOnnx: WriteOnnx<DiscriminantState> = (rows, { encoder, used }, arrays, { outputs }) => {
  const { graph } = rows;
  const { value, width } = matrixRows(rows, encoder);
  const { means, factors, offsets } = arrays;
  const d = used?.length ?? width;
  if (d === 0) return graph.softmax(graph.repeated(graph.row(offsets), outputs, value));
  const x = graph.cast(used ? graph.columnsAt(value, used) : value, 'double');
  const shared = factors.length === d * d;
  const distances: Value[] = [];
  for (let k = 0; k < outputs; k++) {
    const deviation = graph.subtract(x, graph.row(means.slice(k * d, (k + 1) * d)));
    const factor = Float64Array.from(shared ? factors : factors.slice(k * d * d, (k + 1) * d * d));
    const whitened = graph.matMul(deviation, graph.matrix(inverseTransposed(factor, d), d, d));
    distances.push(graph.sum(graph.multiply(whitened, whitened), 1, true));
  }
  return graph.softmax(graph.add(graph.multiply(graph.concat(distances), -0.5), graph.row(offsets)));
};

/** Transposed inverse of a lower triangular factor, so that a row times it is the solution of L y = row. [d x d] */
function inverseTransposed(factor: Float64Array, d: number): Float64Array {
  const inverse = new Float64Array(d * d);
  const column = new Float64Array(d);
  for (let j = 0; j < d; j++) {
    column.fill(0);
    column[j] = 1;
    solveLower(factor, d, column);
    inverse.set(column, j * d);
  }
  return inverse;
}
