import { keep, type Tensor, zeros } from '@tensorflow/tfjs-core';
import type { AdamAttributes } from '../backends/wasm/kernels/adam-update.ts';
import { fusedUpdate } from './fused-update.ts';
import { decayOf, type Optimizer, type WeightDecay } from './optimizer.ts';

export interface AdamOptions {
  /** Decoupled: each step multiplies a matrix by 1 - rate x decay. */
  readonly weightDecay: WeightDecay;
  /** Factors of the learning rate, by parameter; absent: all 1. */
  readonly rates?: readonly number[];
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

/** Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019), by the kernel `AdamUpdate`. */
export function createAdam({ weightDecay, rates, beta1 = 0.9, beta2 = 0.95, epsilon = 1e-8 }: AdamOptions): Optimizer {
  let moments: { first: Tensor; second: Tensor }[] = [];
  let steps = 0;
  return {
    step(weights, gradients, rate) {
      if (moments.length === 0) {
        moments = weights.map(({ shape }) => ({ first: keep(zeros(shape)), second: keep(zeros(shape)) }));
      }
      steps++;
      return weights.map((weight, i) => {
        const own = rate * (rates?.[i] ?? 1);
        const attributes: AdamAttributes = {
          rate: own / (1 - beta1 ** steps),
          secondCorrection: 1 / Math.sqrt(1 - beta2 ** steps),
          beta1,
          beta2,
          epsilon,
          keep: 1 - own * decayOf(weight, weightDecay, i),
        };
        return fusedUpdate('AdamUpdate', weight, gradients[i], moments[i], attributes);
      });
    },
    dispose() {
      for (const { first, second } of moments) {
        first.dispose();
        second.dispose();
      }
      moments = [];
    },
  };
}
