import type { Random } from '../../random.ts';
import { addOuter, affine, type DenseLayer, layersOf, throughWeights } from './dense-layer.ts';
import type { NumericRows } from './numeric-rows.ts';
import { type OutputLoss, outputSlope } from './output-loss.ts';

/** The shape of a network with tanh units, and what its outputs are judged by. Its weights are one array that the caller keeps. */
export interface Perceptron {
  readonly layers: readonly DenseLayer[];
  readonly weightCount: number;
  readonly loss: OutputLoss;
}

/** @param widths inputs, hidden units, outputs */
export function perceptronOf(widths: readonly number[], loss: OutputLoss): Perceptron {
  const layers = layersOf(widths);
  return { layers, weightCount: layers.reduce((sum, { from, to }) => sum + (from + 1) * to, 0), loss };
}

/** Normal with variance 1 / inputs (LeCun et al. 1998, section 4.6); biases 0. */
export function initialWeights({ layers, weightCount }: Perceptron, random: Random): Float64Array {
  const weights = new Float64Array(weightCount);
  for (const { from, to, start } of layers) {
    for (let i = 0; i < from * to; i++) weights[start + i] = random.normal() / Math.sqrt(from);
  }
  return weights;
}

/** Outputs of each layer, the input first: [rows x width] each; tanh but for the last. */
export function forward({ layers }: Perceptron, w: Float64Array, { count, x }: NumericRows): Float64Array[] {
  const states = [x];
  for (const [k, layer] of layers.entries()) {
    const next = affine(states[k], w, layer, count);
    if (k < layers.length - 1) for (let i = 0; i < next.length; i++) next[i] = Math.tanh(next[i]);
    states.push(next);
  }
  return states;
}

/** Mean loss of the rows; writes its gradient by the weights. */
export function lossGradient(
  perceptron: Perceptron,
  w: Float64Array,
  rows: NumericRows,
  gradient: Float64Array,
): number {
  gradient.fill(0);
  const { layers } = perceptron;
  const states = forward(perceptron, w, rows);
  const { loss, slope } = outputSlope(perceptron.loss, states[layers.length], rows.y, rows.count);
  let delta = slope;
  for (let k = layers.length - 1; k >= 0; k--) {
    addOuter(gradient, states[k], delta, layers[k], rows.count, true);
    if (k === 0) break;
    delta = throughWeights(delta, w, layers[k], rows.count);
    const state = states[k];
    for (let i = 0; i < delta.length; i++) delta[i] *= 1 - state[i] * state[i];
  }
  return loss;
}
