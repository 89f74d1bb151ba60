import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { FoldDifference } from '../../../shared/results/model-comparison.ts';
import { mean, standardDeviation } from '../../statistics/mean.ts';

/** A metric of two models, fold by fold: the same folds for both. */
export interface FoldScores {
  readonly metric: string;
  readonly first: readonly number[];
  readonly second: readonly number[];
}

/** Of fewer folds nothing is said. */
const fewestFolds = 3;

/**
 * The mean difference over folds with its 95 % interval by the corrected resampled t test: models of different folds share training rows, so that
 * the variance of the mean is (1 / folds + validation rows / training rows) times that of the differences (Nadeau and Bengio 2003, section
 * 5). Undefined of fewer than three folds.
 * @param ratio validation rows over training rows
 */
export function foldDifference({ metric, first, second }: FoldScores, ratio: number): FoldDifference | undefined {
  const folds = first.length;
  if (folds < fewestFolds || second.length !== folds) return undefined;
  const differences = Float64Array.from(first, (value, fold) => second[fold] - value);
  const difference = mean(differences);
  const error = standardDeviation(differences) * Math.sqrt(1 / folds + ratio);
  const half = tQuantile(0.975, folds - 1) * error;
  return { metric, folds, difference, interval: { low: difference - half, high: difference + half } };
}
