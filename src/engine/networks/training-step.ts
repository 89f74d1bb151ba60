import { mul, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { Pass } from './layers/layer.ts';
import type { LossGradient } from './loss.ts';
import type { Optimizer } from './optimizers/optimizer.ts';
import type { Trainable } from './trainable.ts';

export interface Batch {
  /** [rows x ...] */
  readonly x: Tensor;
  /** [rows x outputs] */
  readonly target: Tensor;
  /** [rows x 1], mean 1: how much each row's loss counts; absent: all the same. */
  readonly weights?: Tensor;
}

/**
 * One step down the gradient of the batch's mean loss. Leaves no tensor but the network's and the optimiser's own.
 * @param forward the network as this step sees it; by default as it predicts
 */
export function trainingStep(
  network: Trainable,
  optimizer: Optimizer,
  loss: LossGradient,
  { x, target, weights }: Batch,
  rate: number,
  forward: (x: Tensor) => Pass = (input) => network.forward(input),
): void {
  const share = 1 / x.shape[0];
  let statistics: readonly Tensor[] | undefined;
  const updated = tidy(() => {
    const pass = forward(x);
    const { parameters } = pass.backward(loss(pass.output, target, weights ? mul(weights, share) : share));
    statistics = pass.statistics;
    return [...optimizer.step(network.parameters, parameters, rate), ...(statistics ?? [])];
  });
  const count = network.parameters.length;
  network.replace(updated.slice(0, count), updated.slice(count));
}
