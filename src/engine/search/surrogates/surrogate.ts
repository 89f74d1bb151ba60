import type { Space } from '../../../shared/space.ts';
import type { Random } from '../../random.ts';

/** Mean and standard deviation at each point, in the unit of the losses; the deviation is of the function, without noise. */
export interface Prediction {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** A model of one objective over a space. */
export interface Surrogate {
  /** 'Gaussian process', 'random forest' */
  readonly name: string;
  /** Standard deviation of the noise of a single observation, in the unit of the losses. */
  readonly noise: number;
  /** @param points of the unit cube, as `space/encoding.ts` makes them: NaN where a parameter is not active. */
  predict(points: readonly Float64Array[]): Prediction;
}

/**
 * Fits a surrogate. Losses are finite and smaller is better, of any size; equal ones and a single one are allowed.
 * @param points [observations] points of the unit cube
 */
export type FitSurrogate = (
  space: Space,
  points: readonly Float64Array[],
  losses: Float64Array,
  random: Random,
) => Surrogate;
