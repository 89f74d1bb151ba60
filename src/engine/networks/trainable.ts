import type { Tensor } from '@tensorflow/tfjs-core';
import type { Random } from '../random.ts';
import type { Pass } from './layers/layer.ts';

/** What a training needs of a network; `Weights` is what it keeps of the best epoch. */
export interface Trainable<Weights = unknown> {
  /** What is trained: immutable tensors, replaced as a whole by each step. */
  readonly parameters: readonly Tensor[];
  /** Multiplications that a row takes forwards. */
  readonly work: number;
  /** The network applied to a batch, as it predicts; within a `tidy`. */
  forward(x: Tensor): Pass;
  /** The same as a training step sees it (dropout, statistics of the batch), for one epoch whose chance is `random`. */
  forTraining(random: Random): (x: Tensor) => Pass;
  /** Takes new parameters, and statistics where the pass gave some, and frees the old ones. */
  replace(parameters: Tensor[], statistics?: readonly Tensor[]): void;
  /** A copy of what was learnt. */
  weights(): Promise<Weights>;
}
