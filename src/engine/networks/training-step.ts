import { type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import type { DropoutMask } from './layers/dropout.ts';
import type { LossGradient } from './loss.ts';
import type { Network } from './network.ts';
import type { Optimizer } from './optimizers/optimizer.ts';

export interface Batch {
  /** [rows x inputs] */
  readonly x: Tensor2D;
  /** [rows x outputs] */
  readonly target: Tensor2D;
}

/** One step down the gradient of the batch's mean loss. Leaves no tensor but the network's and the optimiser's own. */
export function trainingStep(
  network: Network,
  optimizer: Optimizer,
  loss: LossGradient,
  { x, target }: Batch,
  rate: number,
  mask?: DropoutMask,
): void {
  const updated = tidy(() => {
    const pass = network.forward(x, mask);
    const { parameters } = pass.backward(loss(pass.output, target, 1 / x.shape[0]));
    return optimizer.step(network.parameters, parameters, rate);
  });
  network.replace(updated);
}
