import type { Tensor } from '@tensorflow/tfjs-core';
import type { Random } from '../../random.ts';
import type { DropoutMask } from './dropout.ts';
import type { Layer } from './layer.ts';

/** Sizes of one row, without the axis of rows: [units], [length, units] or [height, width, channels]. */
export type RowShape = readonly number[];

/** One tensor that a layer holds. */
export interface TensorPlan {
  readonly name: string;
  readonly shape: readonly number[];
  /** Its values before training. */
  initial(random: Random): Float32Array;
  /** Factor of the learning rate; absent: 1. */
  readonly rate?: number;
  /** Whether weight decay shrinks it. */
  readonly decays?: boolean;
}

/** What a layer is given when it is applied, in the order of its plan. */
export interface Held {
  readonly parameters: readonly Tensor[];
  readonly statistics: readonly Tensor[];
  /** Present in a training step: draws masks of a share that is silenced. */
  readonly masks?: (rate: number) => DropoutMask;
}

/** A layer as it fits behind what comes before it. */
export interface LayerPlan {
  readonly output: RowShape;
  /** Learnt by descent. */
  readonly parameters: readonly TensorPlan[];
  /** Learnt as running means. */
  readonly statistics: readonly TensorPlan[];
  /** Multiplications a row, forwards. */
  readonly work: number;
  /** Most numbers that a row takes anywhere within. */
  readonly width: number;
  /** Rows that leave it for each that enters: the members of an ensemble within the network. */
  readonly copies: number;
  apply(held: Held): Layer;
}

/** A plan without parameters unless they are given. */
export const planOf = (
  plan: Pick<LayerPlan, 'output' | 'apply'> & Partial<LayerPlan>,
  width = sizeOf(plan.output),
): LayerPlan => ({ parameters: [], statistics: [], work: width, width, copies: 1, ...plan });

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

export const filled = (shape: readonly number[], value: number) => (): Float32Array =>
  new Float32Array(sizeOf(shape)).fill(value);

export const normal =
  (shape: readonly number[], deviation: number) =>
  (random: Random): Float32Array =>
    Float32Array.from({ length: sizeOf(shape) }, () => deviation * random.normal());

/** The one axis of a row of plain numbers. Throws a RangeError for any other row. */
export function unitsOf(input: RowShape, layer: string): number {
  if (input.length !== 1)
    throw new RangeError(`${layer} takes rows of numbers, not of shape [${input}]: put flatten before`);
  return input[0];
}

/** Height, width and channels. Throws a RangeError for rows that are no images. */
export function imageOf(input: RowShape, layer: string): readonly [number, number, number] {
  if (input.length !== 3) throw new RangeError(`${layer} takes images [height, width, channels], not [${input}]`);
  return [input[0], input[1], input[2]];
}
