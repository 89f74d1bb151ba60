import { mul, scalar, sum, tidy } from '@tensorflow/tfjs-core';
import { logarithmDescent } from '../hypergradients/logarithm-descent.ts';
import type { Optimizer } from '../numerics/optimizer.ts';
import type { LossGradient } from './loss.ts';
import { readOnce } from './read.ts';
import type { Trainable } from './trainable.ts';
import type { Batch } from './training-step.ts';

/** Training steps between two moves, and how far one goes in the logarithm. */
const every = 5;
const stride = 0.05;
const [lowest, highest] = [Math.log(1e-4), Math.log(10)];

/**
 * Weight decay of each matrix, moved down the validation loss while the network trains, looking back one step (Luketina et al. 2016,
 * T1-T2): a step with rate r and decay d takes r d w off the weights, so that dV / dlog d = -r d w . dV/dw.
 */
export class DecayTuning {
  /** By parameter, in the network's order; the optimiser reads it at every step. */
  readonly decays: Float64Array;
  readonly #logarithms: Float64Array;
  readonly #choosing: Batch;
  readonly #loss: LossGradient;
  readonly #descent: Optimizer;
  readonly #begin: number;
  #steps = 0;

  /**
   * @param begin training steps before the first move: while a network still learns the obvious, less decay always looks better
   * @param choosing rows that are not trained on; disposed by the caller
   */
  constructor(parameters: number, start: number, begin: number, choosing: Batch, loss: LossGradient) {
    this.#begin = begin;
    this.decays = new Float64Array(parameters).fill(start);
    this.#logarithms = new Float64Array(parameters).fill(Math.log(start));
    this.#choosing = choosing;
    this.#loss = loss;
    this.#descent = logarithmDescent(parameters, stride);
  }

  /** To be called after each training step with its rate. */
  async afterStep(network: Trainable, rate: number): Promise<void> {
    if (++this.#steps % every > 0 || this.#steps < this.#begin) return;
    const slopes = await validationSlopes(network, this.#loss, this.#choosing);
    this.#descent.step(
      this.#logarithms,
      Float64Array.from(slopes, (slope, i) => -rate * this.decays[i] * slope),
    );
    for (let i = 0; i < this.decays.length; i++) {
      this.#logarithms[i] = Math.min(highest, Math.max(lowest, this.#logarithms[i]));
      this.decays[i] = Math.exp(this.#logarithms[i]);
    }
  }
}

/** w . dV/dw of each matrix; 0 of what has no decay. */
async function validationSlopes(network: Trainable, loss: LossGradient, { x, target }: Batch): Promise<number[]> {
  const slopes = tidy(() => {
    const pass = network.forward(x);
    const { parameters } = pass.backward(loss(pass.output, target, 1 / x.shape[0]));
    return parameters.map((gradient, i) => (gradient.rank > 1 ? sum(mul(gradient, network.parameters[i])) : scalar(0)));
  });
  return Promise.all(slopes.map(async (slope) => (await readOnce(slope))[0]));
}
