import type { Random } from '../random.ts';
import { initialDeviation } from './activation.ts';
import { layerInputs, type PerceptronGraph } from './graph.ts';

/** What one dense layer has learnt. */
export interface LayerWeights {
  /** [inputs x units] row-major */
  readonly kernel: Float32Array;
  /** [units] */
  readonly bias: Float32Array;
  /** [units], of gated layers only. */
  readonly gate?: Float32Array;
}

/** One a hidden layer, then the output's. */
export type NetworkWeights = readonly LayerWeights[];

/**
 * Fresh weights. Hidden kernels are normal with the activation's deviation, biases 0, gates open; the output's kernel is
 * 0, so that before training every row is predicted as `outputBias` says (RealMLP-TD-S, Holzmueller et al. 2024).
 * @param outputBias [outputs]
 */
export function initialWeights(graph: PerceptronGraph, outputBias: Float32Array, random: Random): NetworkWeights {
  const inputs = layerInputs(graph);
  const hidden = graph.hidden.map(({ units, activation, gated }, i): LayerWeights => {
    const deviation = initialDeviation(activation, inputs[i]);
    const kernel = Float32Array.from({ length: inputs[i] * units }, () => deviation * random.normal());
    const layer = { kernel, bias: new Float32Array(units) };
    return gated ? { ...layer, gate: new Float32Array(units).fill(1) } : layer;
  });
  const output = { kernel: new Float32Array(inputs[hidden.length] * graph.outputs), bias: outputBias };
  return [...hidden, output];
}

/** Throws a RangeError where an array's length is not what the graph asks for. */
export function checkWeights(graph: PerceptronGraph, weights: NetworkWeights): void {
  const inputs = layerInputs(graph);
  if (weights.length !== inputs.length) {
    throw new RangeError(`${weights.length} layers of weights for a graph of ${inputs.length}`);
  }
  for (const [i, layer] of weights.entries()) {
    const units = graph.hidden[i]?.units ?? graph.outputs;
    const gates = graph.hidden[i]?.gated ? units : undefined;
    const fits =
      layer.kernel.length === inputs[i] * units && layer.bias.length === units && layer.gate?.length === gates;
    if (!fits) throw new RangeError(`the weights of layer ${i + 1} do not fit ${inputs[i]} inputs and ${units} units`);
  }
}

/** One tensor of a network: what is saved, trained and put on a backend. */
export interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Names and shapes of the tensors, in the order in which they are kept everywhere: kernel, bias, gate, layer by layer. */
export function parameterShapes(graph: PerceptronGraph): Omit<NamedArray, 'values'>[] {
  return layerInputs(graph).flatMap((inputs, i) => {
    const { units, gated } = graph.hidden[i] ?? { units: graph.outputs, gated: false };
    const shapes = [
      { name: `kernel-${i + 1}`, shape: [inputs, units] },
      { name: `bias-${i + 1}`, shape: [units] },
    ];
    return gated ? [...shapes, { name: `gate-${i + 1}`, shape: [units] }] : shapes;
  });
}

/** Throws a RangeError where the weights do not fit the graph. */
export function flatten(graph: PerceptronGraph, weights: NetworkWeights): NamedArray[] {
  checkWeights(graph, weights);
  const values = weights.flatMap(({ kernel, bias, gate }) => (gate ? [kernel, bias, gate] : [kernel, bias]));
  return parameterShapes(graph).map((shape, i) => ({ ...shape, values: values[i] }));
}

/** The way back from the arrays of `flatten`, in its order. Throws as it does. */
export function unflatten(graph: PerceptronGraph, arrays: readonly Float32Array[]): NetworkWeights {
  let next = 0;
  const layers = layerInputs(graph).map((_, i): LayerWeights => {
    const layer = { kernel: arrays[next++], bias: arrays[next++] };
    return graph.hidden[i]?.gated ? { ...layer, gate: arrays[next++] } : layer;
  });
  checkWeights(graph, layers);
  return layers;
}
