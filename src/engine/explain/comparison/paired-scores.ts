import { defaultMetric, type MetricName, toldMetrics } from '../../../shared/metrics.ts';
import type { PairedScore } from '../../../shared/results/model-comparison.ts';
import { type Dataset, takeTarget } from '../../data/dataset.ts';
import { isPredictive, measure, metricValue, type PredictiveMetric } from '../../metrics/measure.ts';
import { takePrediction } from '../../models/predictor.ts';
import type { Random } from '../../random.ts';
import { centralInterval } from '../../statistics/quantile.ts';
import type { Pauses } from '../pauses.ts';
import type { BothPredictions } from './compare-models.ts';

/** Enough that the ends of a 95 % interval rest on some tens of resamples (Efron and Tibshirani 1993, section 13.3). */
const [fewest, replicates] = [200, 1000];
/** Of 4,000 rows each metric is measured this often at most. */
const mostCells = 4_000_000;

/**
 * Each metric of both on the same rows, and the 95 % percentile interval of the difference by the paired bootstrap (Efron and Tibshirani 1993):
 * a resample draws rows, each with both predictions, so that what is hard for both cancels out.
 */
export async function pairedScores(
  { first, second }: BothPredictions,
  { target, info }: Dataset,
  wanted: readonly string[],
  random: Random,
  pauses: Pauses,
): Promise<PairedScore[]> {
  const own = measure(first, target, info.task);
  const other = measure(second, target, info.task);
  const names = toldMetrics([...wanted, defaultMetric(info.task)], own).filter(
    (name): name is MetricName & PredictiveMetric => isPredictive(name) && other[name] !== undefined,
  );
  const width = first.kind === 'probabilities' ? first.classCount : 1;
  const rows = first.values.length / width;
  const times = Math.max(fewest, Math.min(replicates, Math.floor(mostCells / (rows * width))));
  const differences = new Map(names.map((name) => [name, [] as number[]]));
  for (let b = 0; b < times; b++) {
    const drawn = Uint32Array.from({ length: rows }, () => random.integer(rows));
    const [one, two] = [takePrediction(first, drawn), takePrediction(second, drawn)];
    const truth = takeTarget(target, drawn);
    for (const name of names) {
      const [a, c] = [metricValue(name, one, truth), metricValue(name, two, truth)];
      // A resample may leave a metric undetermined: AUC of one class.
      if (a !== undefined && c !== undefined) differences.get(name)?.push(c - a);
    }
    if ((await pauses.after(rows * width * names.length * 4)) && b + 1 >= fewest) break;
  }
  return names.flatMap((metric) => {
    const [a, b, sample] = [own[metric], other[metric], differences.get(metric) ?? []];
    if (a === undefined || b === undefined || sample.length === 0) return [];
    return [{ metric, first: a, second: b, difference: b - a, interval: centralInterval(sample, 0.95) }];
  });
}
