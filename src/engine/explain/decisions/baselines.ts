import type { Baseline } from '../../../shared/results/decisions.ts';
import type { Dataset } from '../../data/dataset.ts';
import { mean } from '../../statistics/mean.ts';
import type { FitSimple } from '../explainer.ts';
import { lossFromMean, rowLosses } from '../row-losses.ts';
import { meanAt, resampledInterval } from './resampled.ts';

/**
 * Fits the baselines and compares them with the model row by row: intervals by resampling the rows of both at once.
 * @param losses [rows] of the model
 */
export async function compareBaselines(
  fitSimple: FitSimple,
  train: Dataset,
  evaluation: Dataset,
  losses: Float64Array,
  draws: readonly Uint32Array[],
  seed: number,
  signal: AbortSignal,
): Promise<Baseline[]> {
  const metric = lossFromMean(evaluation.target);
  const baselines: Baseline[] = [];
  for (const name of ['constant', 'tree'] as const) {
    const model = await fitSimple(name, train, seed, signal);
    const own = rowLosses(await model.predict(evaluation.features), evaluation.target);
    const saved = (rows: Uint32Array) => metric(meanAt(own, rows)) - metric(meanAt(losses, rows));
    const value = metric(mean(own)) - metric(mean(losses));
    const interval = resampledInterval(draws, saved) ?? { low: value, high: value };
    baselines.push({ name, loss: metric(mean(own)), saved: { value, interval }, beaten: interval.low > 0 });
  }
  return baselines;
}
