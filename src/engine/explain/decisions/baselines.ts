import type { Baseline } from '../../../shared/results/decisions.ts';
import type { Params } from '../../../shared/space.ts';
import type { Dataset } from '../../data/dataset.ts';
import { constant } from '../../learners/constant.ts';
import type { Learner } from '../../learners/learner.ts';
import { tree } from '../../learners/tree.ts';
import { mean } from '../../statistics/mean.ts';
import { lossFromMean, rowLosses } from '../row-losses.ts';
import { meanAt, resampledInterval } from './resampled.ts';

/** What is tried before anything is searched: one answer for all, and a tree that fits on a postcard. */
const simple: readonly { name: Baseline['name']; learner: Learner; params: (rows: number) => Params }[] = [
  { name: 'constant', learner: constant, params: () => ({}) },
  {
    name: 'tree',
    learner: tree,
    params: (rows) => ({ max_depth: 3, leaves: 8, min_leaf_rows: Math.max(1, Math.min(20, Math.floor(rows / 20))) }),
  },
];

/**
 * Fits the baselines and compares them with the model row by row: intervals by resampling the rows of both at once.
 * @param losses [rows] of the model
 */
export async function compareBaselines(
  train: Dataset,
  evaluation: Dataset,
  losses: Float64Array,
  draws: readonly Uint32Array[],
  seed: number,
  progress: (share: number) => void,
  signal: AbortSignal,
): Promise<Baseline[]> {
  const metric = lossFromMean(evaluation.target);
  const baselines: Baseline[] = [];
  for (const [done, { name, learner, params }] of simple.entries()) {
    progress(done / simple.length);
    const context = { train, seed, signal, report: async () => 'continue' as const };
    const model = await learner.fit(context, params(train.features.rowCount));
    const own = rowLosses(await model.predict(evaluation.features), evaluation.target);
    model.dispose?.();
    const saved = (rows: Uint32Array) => metric(meanAt(own, rows)) - metric(meanAt(losses, rows));
    const value = metric(mean(own)) - metric(mean(losses));
    const interval = resampledInterval(draws, saved) ?? { low: value, high: value };
    baselines.push({ name, loss: metric(mean(own)), saved: { value, interval }, beaten: interval.low > 0 });
  }
  return baselines;
}
