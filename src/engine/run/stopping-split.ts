import { type Dataset, takeDataset } from '../data/dataset.ts';
import { splitValidation } from '../data/splits/split.ts';
import type { Learner } from '../learners/learner.ts';
import { createRandom } from '../random.ts';

/** Share of a fold's training rows by which rounds or epochs are chosen, as scikit-learn's early stopping takes a part of them. */
const stoppingShare = 0.15;
/** Below this many rows a part of them would tell nothing: such fits run their whole length. */
const fewestRows = 40;

export interface FittingRows {
  readonly train: Dataset;
  /** Absent where the learner does not choose a length, or the rows are too few. */
  readonly validation?: Dataset;
}

/**
 * Parts a fold's training rows so that the number of rounds is never chosen by the rows that judge the trial: otherwise a trial's
 * score would be the best of all its rounds on them, and a search over many trials would pick the luckiest.
 * The same for every trial of a fold, so that networks may inherit weights fitted on the very same rows.
 */
export function fittingRows(learner: Learner, train: Dataset, fold: number, splitSeed: number): FittingRows {
  if (learner.tags.resource === undefined || train.features.rowCount < fewestRows) return { train };
  const random = createRandom(splitSeed).fork(`stopping ${fold}`);
  const [part] = splitValidation(train, { holdout: stoppingShare }, random).folds;
  return { train: takeDataset(train, part.train), validation: takeDataset(train, part.validation) };
}
