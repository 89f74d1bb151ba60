import type { Value } from '../../models/onnx/graph-builder.ts';
import type { GraphRows } from '../../models/onnx/graph-rows.ts';
import { matrixRows } from '../../models/onnx/matrix-rows.ts';
import { fromScores } from '../../models/onnx/outputs.ts';
import type { WriteOnnx } from '../../models/onnx/write-onnx.ts';
import type { LinearInputsState } from './inputs.ts';

/** Inputs and their products times the weights, [(inputs + 1) x outputs], the biases last. [rows x outputs] double */
function linearScores(
  rows: GraphRows,
  { encoder, products }: LinearInputsState,
  weights: ArrayLike<number>,
  outputs: number,
): Value {
  const { graph } = rows;
  const { value, width } = matrixRows(rows, encoder);
  const inputs = graph.cast(value, 'double');
  const all = Array.from(weights);
  const biases = graph.row(all.slice(all.length - outputs));
  const count = width + products.length;
  if (count === 0) return graph.repeated(biases, outputs, value);
  const kernel = graph.matrix(all.slice(0, count * outputs), count, outputs);
  return graph.add(graph.matMul(products.length > 0 ? withProducts(rows, inputs, products) : inputs, kernel), biases);
}

function withProducts({ graph }: GraphRows, inputs: Value, products: LinearInputsState['products']): Value {
  const factors = [0, 1].map((side) =>
    graph.columnsAt(
      inputs,
      products.map((pair) => pair[side]),
    ),
  );
  // The encoder keeps products as float.
  const rounded = graph.cast(graph.cast(graph.multiply(factors[0], factors[1]), 'float'), 'double');
  return graph.concat([inputs, rounded]);
}

/** As logistic regression predicts. */
export const logisticOnnx: WriteOnnx<LinearInputsState> = (rows, state, { weights }, { outputs: classes }) => {
  const outputs = classes === 2 ? 1 : classes;
  return fromScores(rows.graph, linearScores(rows, state, weights, outputs), classes, outputs);
};

/** As ridge regression and the elastic net predict. */
export const regressionOnnx: WriteOnnx<LinearInputsState> = (rows, state, { weights }) =>
  linearScores(rows, state, weights, 1);
