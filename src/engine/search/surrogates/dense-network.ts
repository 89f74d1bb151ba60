import type { Random } from '../../random.ts';
import { addOuter, affine, backThrough } from './dense-network/matrix-products.ts';

/** Where a layer's numbers lie among all weights: first [outputs x inputs], then a bias for each output. */
interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly start: number;
}

/**
 * The shape of a small fully-connected network: tanh after each hidden layer, nothing after the last. Its weights are one array that the
 * caller keeps, so that a sampler can hold hundreds of networks of one shape.
 */
export class DenseNetwork {
  /** Inputs, hidden units, outputs. */
  readonly sizes: readonly number[];
  readonly weightCount: number;
  readonly #layers: readonly Layer[];

  constructor(sizes: readonly number[]) {
    this.sizes = sizes;
    const layers: Layer[] = [];
    let start = 0;
    for (const [i, outputs] of sizes.slice(1).entries()) {
      layers.push({ inputs: sizes[i], outputs, start });
      start += (sizes[i] + 1) * outputs;
    }
    this.#layers = layers;
    this.weightCount = start;
  }

  /** Normal weights with variance 2 / (inputs + outputs) of their layer (Glorot and Bengio 2010, equation 12), biases 0. */
  initialWeights(random: Random): Float64Array {
    const weights = new Float64Array(this.weightCount);
    for (const { inputs, outputs, start } of this.#layers) {
      const deviation = Math.sqrt(2 / (inputs + outputs));
      for (let i = 0; i < inputs * outputs; i++) weights[start + i] = deviation * random.normal();
    }
    return weights;
  }

  /**
   * The values of each layer, the inputs first and the outputs last.
   * @param inputs [rows x inputs]
   */
  forward(weights: Float64Array, inputs: Float64Array, rows: number): Float64Array[] {
    const values = [inputs];
    for (const [i, layer] of this.#layers.entries()) {
      const out = new Float64Array(rows * layer.outputs);
      affine(values[i], this.#matrix(layer, weights), this.#bias(layer, weights), rows, out);
      if (i + 1 < this.#layers.length) for (let k = 0; k < out.length; k++) out[k] = Math.tanh(out[k]);
      values.push(out);
    }
    return values;
  }

  /**
   * Adds the loss's slope by each weight to `into` and gives back that by the inputs, [rows x inputs].
   * @param values what `forward` gave
   * @param outputSlopes [rows x outputs] the loss's slope by each output
   */
  backward(
    weights: Float64Array,
    values: readonly Float64Array[],
    outputSlopes: Float64Array,
    rows: number,
    into: Float64Array,
  ): Float64Array {
    let slopes = outputSlopes;
    for (let i = this.#layers.length - 1; i >= 0; i--) {
      const layer = this.#layers[i];
      addOuter(slopes, values[i], rows, this.#matrix(layer, into), this.#bias(layer, into));
      const below = new Float64Array(rows * layer.inputs);
      backThrough(slopes, this.#matrix(layer, weights), layer.outputs, rows, below);
      if (i > 0) for (let k = 0; k < below.length; k++) below[k] *= 1 - values[i][k] ** 2;
      slopes = below;
    }
    return slopes;
  }

  #matrix = ({ start, inputs, outputs }: Layer, weights: Float64Array): Float64Array =>
    weights.subarray(start, start + inputs * outputs);

  #bias = ({ start, inputs, outputs }: Layer, weights: Float64Array): Float64Array =>
    weights.subarray(start + inputs * outputs, start + (inputs + 1) * outputs);
}
