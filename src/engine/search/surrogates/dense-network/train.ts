import { adam } from '../../../numerics/adam.ts';
import type { Random } from '../../../random.ts';
import type { DenseNetwork } from '../dense-network.ts';

export interface TrainingOptions {
  /** Steps, each on so many observations drawn with replacement; defaults: 300 and 20. */
  readonly steps?: number;
  readonly batch?: number;
  /** Adam's rate, which falls to nought along a cosine; default: 0.01. */
  readonly rate?: number;
  /** Precision of the weights' normal prior over that of the noise; default: 1e-3. */
  readonly decay?: number;
}

/**
 * The most probable weights of a network with one output: squared errors and the weights' own squares are weighed against each other.
 * What it costs does not depend on the number of observations.
 * @param inputs [observations x inputs]
 */
export function trainRegression(
  network: DenseNetwork,
  inputs: Float64Array,
  targets: Float64Array,
  random: Random,
  { steps = 300, batch = 20, rate = 0.01, decay = 1e-3 }: TrainingOptions = {},
): Float64Array {
  const weights = network.initialWeights(random);
  const optimizer = adam(network.weightCount);
  const slopes = new Float64Array(network.weightCount);
  for (let step = 0; step < steps; step++) {
    const drawn = drawBatch(inputs, targets, network.sizes[0], batch, random);
    const values = network.forward(weights, drawn.inputs, batch);
    const errors = values[values.length - 1].map((value, row) => (value - drawn.targets[row]) / batch);
    for (let i = 0; i < slopes.length; i++) slopes[i] = (decay / targets.length) * weights[i];
    network.backward(weights, values, errors, batch, slopes);
    optimizer.step(weights, slopes, (rate / 2) * (1 + Math.cos((Math.PI * step) / steps)));
  }
  return weights;
}

/** Rows drawn with replacement. */
export function drawBatch(inputs: Float64Array, targets: Float64Array, width: number, batch: number, random: Random) {
  const drawn = { inputs: new Float64Array(batch * width), targets: new Float64Array(batch) };
  for (let row = 0; row < batch; row++) {
    const taken = random.integer(targets.length);
    drawn.inputs.set(inputs.subarray(taken * width, (taken + 1) * width), row * width);
    drawn.targets[row] = targets[taken];
  }
  return drawn;
}
