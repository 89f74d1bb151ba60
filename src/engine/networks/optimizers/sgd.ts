import { keep, type Tensor, zeros } from '@tensorflow/tfjs-core';
import type { MomentumAttributes } from '../backends/wasm/kernels/momentum-update.ts';
import { fusedUpdate } from './fused-update.ts';
import { decayOf, type Optimizer, type WeightDecay } from './optimizer.ts';

export interface SgdOptions {
  /** 0 is plain gradient descent. */
  readonly momentum: number;
  readonly weightDecay: WeightDecay;
  /** Factors of the learning rate, by parameter; absent: all 1. */
  readonly rates?: readonly number[];
}

/** Stochastic gradient descent with Nesterov's momentum and decoupled weight decay, by the kernel `MomentumUpdate`. */
export function createSgd({ momentum, weightDecay, rates }: SgdOptions): Optimizer {
  let velocities: { velocity: Tensor }[] = [];
  return {
    step(weights, gradients, rate) {
      if (velocities.length === 0) velocities = weights.map(({ shape }) => ({ velocity: keep(zeros(shape)) }));
      return weights.map((weight, i) => {
        const own = rate * (rates?.[i] ?? 1);
        const keepShare = 1 - own * decayOf(weight, weightDecay, i);
        const attributes: MomentumAttributes = { rate: own, momentum, keep: keepShare };
        return fusedUpdate('MomentumUpdate', weight, gradients[i], velocities[i], attributes);
      });
    },
    dispose() {
      for (const { velocity } of velocities) velocity.dispose();
      velocities = [];
    },
  };
}
