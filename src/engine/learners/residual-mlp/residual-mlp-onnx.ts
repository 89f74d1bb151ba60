import type { GraphBuilder, Value } from '../../models/onnx/graph-builder.ts';
import { type GraphRows, placesIn } from '../../models/onnx/graph-rows.ts';
import { matrixRows } from '../../models/onnx/matrix-rows.ts';
import { unscaled } from '../../models/onnx/outputs.ts';
import type { WriteOnnx } from '../../models/onnx/write-onnx.ts';
import type { LayerWeights } from '../../networks/layer-graph.ts';
import { throughLayers } from '../layers-onnx.ts';
import type { EmbeddedColumn } from './level-codes.ts';
import type { ResidualMlpState } from './residual-mlp.ts';
import { type RowState, restoreRowEncoder } from './row-encoder.ts';

/** The mean of the members' probabilities or values. */
export const residualMlpOnnx: WriteOnnx<ResidualMlpState> = (rows, state, arrays, { task }) => {
  const { encoder, graph: network, scale } = state;
  const { graph } = rows;
  const input = { value: encodedRows(rows, encoder), units: network.input[0] };
  const { value } = throughLayers(graph, network.layers, arrays as LayerWeights, input);
  const outputs = graph.cast(value, 'double');
  const members = network.layers.find((layer) => layer.kind === 'members');
  const each = task === 'regression' ? outputs : softmaxOfLast(graph, outputs, members ? 2 : 1);
  const mean = members ? graph.divide(graph.sum(each, 0, false), members.count) : each;
  return task === 'regression' ? unscaled(graph, mean, scale.mean, scale.deviation) : mean;
};

const softmaxOfLast = (graph: GraphBuilder, x: Value, axis: number) =>
  graph.node('Softmax', [x], { axis: { kind: 'integer', value: axis } });

/** What `restoreRowEncoder(state).encode` makes of rows: scaled numbers, flags, codes of embedded levels. */
function encodedRows(rows: GraphRows, state: RowState): Value {
  const { graph } = rows;
  const matrix = matrixRows(rows, state.matrix);
  const { outputs } = restoreRowEncoder(state).matrix;
  const places = outputs.map((_, i) => i);
  const isNumber = (i: number) => outputs[i].kind === 'value';
  const order = [...places.filter(isNumber), ...places.filter((i) => !isNumber(i))];
  const codes = state.embedded.map((column) => graph.cast(codesIn(rows, column), 'float'));
  return graph.concat([...(order.length > 0 ? [graph.columnsAt(matrix.value, order)] : []), ...codes]);
}

function codesIn(rows: GraphRows, { name, hasMissing, levels }: EmbeddedColumn): Value {
  const first = 1 + Number(hasMissing);
  return placesIn(rows, name, new Map(levels.map((level, i) => [level, i + first])), Number(hasMissing), 0);
}
