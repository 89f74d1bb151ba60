import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';

/** One application of a layer to a batch; its closures hold what the gradient needs. Made and used within one `tidy`. */
export interface Pass {
  /** [rows x units] */
  readonly output: Tensor2D;
  /** @param gradient d loss / d output, [rows x units] */
  backward(gradient: Tensor2D): Gradients;
}

export interface Gradients {
  /** d loss / d parameter, in the order in which the layer took them. */
  readonly parameters: readonly Tensor[];
  /** d loss / d input, [rows x inputs]; computed when asked for, since a first layer seldom needs it. */
  input(): Tensor2D;
}

/** A layer with its parameters given: what it makes of x [rows x inputs]. */
export type Layer = (x: Tensor2D) => Pass;
