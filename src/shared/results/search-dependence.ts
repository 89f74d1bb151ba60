import type { Value } from '../space.ts';
import type { SearchBasis } from './search-basis.ts';

/** One hyperparameter of a partial dependence plot with the values at which it was computed. */
export interface DependenceAxis {
  readonly name: string;
  readonly scale: 'linear' | 'log' | 'ordinal' | 'choice';
  readonly values: readonly Value[];
}

/**
 * Partial dependence of the surrogate (Friedman 2001; for searches Moosbauer et al. 2021): its mean prediction over the space when one
 * or two hyperparameters are held, in the objective's own unit. Arrays run over the first axis, within it over the second.
 */
export interface SearchDependence extends SearchBasis {
  readonly kind: 'search-dependence';
  readonly axes: readonly DependenceAxis[];
  readonly mean: readonly number[];
  /** 90 % band of the function, from the surrogate's own uncertainty. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** One axis: the prediction around single trials (individual conditional expectation), the best one first. */
  readonly curves: readonly { readonly trial: number; readonly values: readonly number[] }[];
  /** Trials that have all axes' parameters: where they lie and what they gave. */
  readonly points: readonly { readonly trial: number; readonly at: readonly Value[]; readonly value: number }[];
  /** Configurations over which it was averaged. */
  readonly background: number;
}
