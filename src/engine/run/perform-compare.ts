import { takeDataset } from '../data/dataset.ts';
import { type ComparedData, compareModels } from '../explain/comparison/compare-models.ts';
import { foldDifference } from '../explain/comparison/fold-difference.ts';
import type { Model } from '../models/model.ts';
import { developmentData } from './development-data.ts';
import { inspectedModel } from './inspected-model.ts';
import type { Answers, CompareJob } from './job.ts';
import { judgedByModel } from './judged-model.ts';
import { judgedRows } from './judged-rows.ts';
import { readFirstFold } from './saved-model.ts';
import type { Surroundings } from './surroundings.ts';

/** Compares two models over rows that neither has seen. */
export async function performCompare(
  job: CompareJob,
  { signal, enough, progress }: Surroundings,
): Promise<Answers['compare']> {
  const { model: first, train, evaluation } = await inspectedModel(job.data, job.modelFolders.first);
  const second = await readFirstFold(job.modelFolders.second);
  const { folds } = await developmentData(job.data);
  const outOfFold = await outOfFoldOf(job, { first, second });
  const end = performance.now() + 1000 * job.seconds;
  try {
    const compared = await compareModels(
      first,
      second,
      { train, evaluation, part: 'validation', ...(outOfFold && { outOfFold }) },
      { seed: job.seed, metrics: job.metrics },
      progress,
      signal,
      () => enough() || performance.now() > end,
    );
    const ratio = folds[0].validation.length / folds[0].train.length;
    const overFolds = job.folds && foldDifference(job.folds, ratio);
    return { ...compared, ...(overFolds && { folds: overFolds }) };
  } finally {
    first.dispose?.();
    second.dispose?.();
  }
}

/** Rows of all folds tell more than those of the first; undefined where what was predicted for them is not kept of both. */
async function outOfFoldOf(
  { data: place, modelFolders, members }: CompareJob,
  models: { readonly first: Model; readonly second: Model },
): Promise<ComparedData['outOfFold']> {
  const { data, folds } = await developmentData(place);
  const rows = judgedRows(data, folds);
  const first = await judgedByModel(models.first, modelFolders.first, data, rows, members);
  const second = await judgedByModel(models.second, modelFolders.second, data, rows, members);
  return first && second ? { rows: takeDataset(data, rows.rows), both: { first, second } } : undefined;
}
