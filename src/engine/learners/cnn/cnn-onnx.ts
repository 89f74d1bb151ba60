import type { ImageState } from '../../data/encoders/image-encoder.ts';
import type { Value } from '../../models/onnx/graph-builder.ts';
import type { GraphRows } from '../../models/onnx/graph-rows.ts';
import { unscaled } from '../../models/onnx/outputs.ts';
import { picturesIn, resizedPictures } from '../../models/onnx/picture-rows.ts';
import type { WriteOnnx } from '../../models/onnx/write-onnx.ts';
import type { LayerWeights } from '../../networks/layer-graph.ts';
import { throughLayers } from '../layers-onnx.ts';
import type { CnnState } from './cnn.ts';

/** From decoded pictures on. */
export const cnnOnnx: WriteOnnx<CnnState> = (rows, { encoder, graph: network, scale }, arrays, { task }) => {
  const { graph } = rows;
  const input = { value: standardisedPictures(rows, encoder), units: network.input[2] };
  const { value } = throughLayers(graph, network.layers, arrays as LayerWeights, input);
  const outputs = graph.cast(value, 'double');
  return task === 'regression' ? unscaled(graph, outputs, scale.mean, scale.deviation) : graph.softmax(outputs);
};

/** As `standardized`: [rows x channels x side x side] float; a picture that is missing is grey. */
function standardisedPictures(rows: GraphRows, { columns, side, means, deviations }: ImageState): Value {
  const { graph } = rows;
  const channels = (values: readonly number[]) =>
    graph.constant({ type: 'double', shape: [1, values.length, 1, 1], values });
  const parts = columns.map((name, c) => {
    const grey = channels(means.slice(3 * c, 3 * c + 3).map(Math.round));
    return graph.where(picturesIn(rows, name).missing, grey, resizedPictures(rows, name, side, side));
  });
  const standard = graph.divide(graph.subtract(graph.concat(parts), channels(means)), channels(deviations));
  return graph.cast(standard, 'float');
}
