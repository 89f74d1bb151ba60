import type { Tensor } from '@tensorflow/tfjs-core';

/** Turns gradients into new weights; keeps what it must remember as tensors of its own. */
export interface Optimizer {
  /**
   * The weights after one step, as new tensors; `weights` and `gradients` are left to the caller.
   * @param gradients one a weight, of its shape
   * @param rate learning rate of this step
   */
  step(weights: readonly Tensor[], gradients: readonly Tensor[], rate: number): Tensor[];
  dispose(): void;
}

/** Decoupled weight decay: one for all matrices, or one for each of the parameters, which may change between steps. */
export type WeightDecay = number | Float64Array;

/** Decay acts on matrices only: a bias or a gate is not a direction to shrink (RealMLP). @param index of the weight among the parameters */
export const decayOf = (weight: Tensor, decay: WeightDecay, index: number): number =>
  weight.rank > 1 ? (typeof decay === 'number' ? decay : decay[index]) : 0;
