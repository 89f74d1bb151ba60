import { activated } from '../../models/onnx/activation.ts';
import { matrixRows } from '../../models/onnx/matrix-rows.ts';
import { unscaled } from '../../models/onnx/outputs.ts';
import type { WriteOnnx } from '../../models/onnx/write-onnx.ts';
import { layerInputs } from '../../networks/graph.ts';
import { type MlpState, weightsFrom } from './inheritance.ts';

/** Dense layers in float as the network runs, what comes out in double. */
export const mlpOnnx: WriteOnnx<MlpState> = (rows, { encoder, graph: network, scale }, arrays, { task }) => {
  const { graph } = rows;
  const matrix = matrixRows(rows, encoder);
  const inputs = layerInputs(network);
  let x = matrix.value;
  for (const [i, { kernel, bias, gate }] of weightsFrom(network, arrays).entries()) {
    const biases = graph.row(bias, 'float');
    // A product over no inputs is 0.
    const z =
      inputs[i] > 0
        ? graph.add(graph.matMul(x, graph.matrix(kernel, inputs[i], bias.length, 'float')), biases)
        : graph.repeated(biases, bias.length, x);
    const hidden = network.hidden[i];
    if (!hidden) x = z;
    else {
      const f = activated(graph, hidden.activation, z);
      x = gate ? graph.add(z, graph.multiply(graph.subtract(f, z), graph.row(gate, 'float'))) : f;
    }
  }
  const outputs = graph.cast(x, 'double');
  return task === 'regression' ? unscaled(graph, outputs, scale.mean, scale.deviation) : graph.softmax(outputs);
};
