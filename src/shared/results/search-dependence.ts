import { metricInSentence } from '../metric-in-sentence.ts';
import type { Value } from '../space.ts';
import { intervalWords, numberWords, valueWords } from './numbers.ts';
import { basisWords, type SearchBasis } from './search-basis.ts';

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

/** Where the surrogate expects the objective to be best and worst along the axes, on average over the rest. */
export function searchDependenceWords(result: SearchDependence): string {
  const { axes, mean, low, high, direction, objective } = result;
  const sign = direction === 'minimize' ? 1 : -1;
  const order = [...mean.keys()].sort((a, b) => sign * (mean[a] - mean[b]));
  const [best, worst] = [order[0], order[order.length - 1]];
  const at = (i: number) => {
    const inner = axes[1]?.values.length ?? 1;
    const places = [Math.floor(i / inner), i % inner];
    return axes.map(({ name, values }, axis) => `${name} ${valueWords(values[places[axis]])}`).join(' and ');
  };
  const told = (i: number) => `${numberWords(mean[i])} (${intervalWords({ low: low[i], high: high[i] })}) at ${at(i)}`;
  return `On average over the rest of the space ${metricInSentence(objective)} is best, ${told(best)}, and worst, ${told(worst)}. ${basisWords(result)}`;
}
