import type { DatasetInfo } from '../../shared/dataset.ts';
import type { ExperimentData } from '../../shared/experiment/experiment.ts';
import { numberWords } from '../../shared/results/numbers.ts';
import type { Validation } from '../data/splits/split.ts';

/**
 * Cells of a table (each as often as there are classes, which trees and networks pay for) up to which every trial can afford the folds. Of
 * few rows, a tenth more to learn from is worth more than twice as many trials.
 */
const cellsForTenFolds = 15_000;
const cellsForFiveFolds = 2e6;
/** Rows of a fold below which its metrics say little, or are not defined. */
const fewestJudging = 15;
const cellsForThreeFolds = 6e6;
/** Rows that judge well enough: a larger part would only be missed where models are fitted. */
const mostJudging = 50_000;
const holdoutShare = 0.2;

/**
 * How trials are judged: as written, or by as many folds as the size of the table allows. It follows from the data alone, so that a run
 * with another budget goes on with the same trials.
 */
export function chosenValidation({ validation }: ExperimentData, info: DatasetInfo): Validation {
  if (validation.kind === 'folds') return { folds: validation.folds };
  if (validation.kind === 'holdout') return { holdout: validation.share };
  const features = info.columns.filter(({ role }) => role === 'feature').length;
  const cells = info.rowCount * features * Math.max(1, (info.classes?.length ?? 1) - 1);
  if (cells <= cellsForTenFolds && info.rowCount >= 10 * fewestJudging) return { folds: 10 };
  if (cells <= cellsForFiveFolds) return { folds: 5 };
  if (cells <= cellsForThreeFolds) return { folds: 3 };
  return { holdout: Math.min(holdoutShare, mostJudging / info.rowCount) };
}

/** What a person should know of a choice that was made for them; none where it is the usual one. */
export function validationNotes(data: ExperimentData, chosen: Validation): string[] {
  if (data.validation.kind !== 'auto' || ('folds' in chosen && chosen.folds >= 5)) return [];
  const how =
    'folds' in chosen ? `${chosen.folds} folds` : `one part of ${numberWords(100 * chosen.holdout)} % of the rows`;
  return [`Trials are judged by ${how}, for the table is large; \`validation: {folds: 5}\` asks for more.`];
}
