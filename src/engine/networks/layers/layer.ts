import type { Tensor } from '@tensorflow/tfjs-core';

/** One application of a layer to a batch; its closures hold what the gradient needs. Made and used within one `tidy`. */
export interface Pass {
  /** [rows x ...] */
  readonly output: Tensor;
  /** New values of the running statistics, of layers that keep some, when they are trained. */
  readonly statistics?: readonly Tensor[];
  /** @param gradient d loss / d output, of its shape */
  backward(gradient: Tensor): Gradients;
}

export interface Gradients {
  /** d loss / d parameter, in the order in which the layer took them. */
  readonly parameters: readonly Tensor[];
  /** d loss / d input, of its shape; computed when asked for, since a first layer seldom needs it. */
  input(): Tensor;
}

/** A layer with its parameters given: what it makes of x [rows x ...]. */
export type Layer = (x: Tensor) => Pass;
