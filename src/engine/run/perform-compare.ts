import { compareModels } from '../explain/comparison/compare-models.ts';
import { foldDifference } from '../explain/comparison/fold-difference.ts';
import { developmentData } from './development-data.ts';
import { inspectedModel } from './inspected-model.ts';
import type { Answers, CompareJob } from './job.ts';
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
  const end = performance.now() + 1000 * job.seconds;
  try {
    const compared = await compareModels(
      first,
      second,
      { train, evaluation, part: 'validation' },
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
