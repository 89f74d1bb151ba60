import { padding, type TokenState, tokenOf, unknown } from '../../data/encoders/token-encoder.ts';
import type { Value } from '../../models/onnx/graph-builder.ts';
import type { GraphRows } from '../../models/onnx/graph-rows.ts';
import { unscaled } from '../../models/onnx/outputs.ts';
import { wordsIn } from '../../models/onnx/word-rows.ts';
import type { WriteOnnx } from '../../models/onnx/write-onnx.ts';
import type { LayerWeights } from '../../networks/layer-graph.ts';
import { throughLayers } from '../layers-onnx.ts';
import type { TextCnnState } from './text-cnn.ts';

/** From texts on. */
export const textCnnOnnx: WriteOnnx<TextCnnState> = (rows, { encoder, graph: network, scale }, arrays, { task }) => {
  const { graph } = rows;
  const tokens = graph.concat(encoder.columns.map((name) => tokensIn(rows, name, encoder)));
  const input = { value: tokens, units: network.input[0] };
  const { value } = throughLayers(graph, network.layers, arrays as LayerWeights, input);
  const outputs = graph.cast(value, 'double');
  return task === 'regression' ? unscaled(graph, outputs, scale.mean, scale.deviation) : graph.softmax(outputs);
};

/** As `encodeTokens`, of one column: [rows x length] int64. */
function tokensIn(rows: GraphRows, name: string, { words, length }: TokenState): Value {
  const { graph } = rows;
  const found = graph.learnedNode(
    'LabelEncoder',
    wordsIn(rows, name),
    {
      keys_strings: { kind: 'texts', values: ['', ...words] },
      values_int64s: { kind: 'integers', values: [padding, ...words.map((_, place) => tokenOf(place))] },
      default_int64: { kind: 'integer', value: unknown },
    },
    'int64',
  );
  const filling = graph.repeated(graph.row(new Array(length).fill(padding), 'int64'), length, found);
  return graph.slice(graph.concat([found, filling]), 1, 0, length);
}
