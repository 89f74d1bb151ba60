import { countWords } from '../../../shared/results/numbers.ts';
import { type Table, takeRows } from '../../data/table.ts';
import type { Predictor } from '../../models/predictor.ts';
import { scoresOf, type TreeEnsemble, type Trees } from '../../models/tree-ensemble.ts';
import type { CountedPredictor } from '../counted-predictor.ts';
import { predictionOfScores } from './explained-score.ts';

/** Larger differences than this are told. */
const tolerated = 1e-6;
/** Stretches in which rows are predicted, between which the analysis can be stopped. */
const stretches = 2;

/** The largest difference between what the trees add up to and what the model predicts; of values as a share of their spread. */
export async function differenceFromModel(
  counted: CountedPredictor,
  ensemble: Predictor & TreeEnsemble,
  trees: Trees,
  rows: Table,
): Promise<number> {
  let largest = 0;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const length = Math.max(1, Math.ceil(rows.rowCount / stretches));
  for (let from = 0; from < rows.rowCount; from += length) {
    const part = takeRows(
      rows,
      Array.from({ length: Math.min(length, rows.rowCount - from) }, (_, i) => from + i),
    );
    const { values } = await counted.predict(part);
    const own = treePredictions(ensemble, trees, part);
    values.forEach((value, i) => {
      largest = Math.max(largest, Math.abs(value - own[i]));
      [low, high] = [Math.min(low, value), Math.max(high, value)];
    });
  }
  return trees.classes ? largest : largest / (high - low || Math.abs(high) || 1);
}

/** [rows x outputs] what the trees add up to. */
function treePredictions(ensemble: TreeEnsemble, trees: Trees, rows: Table): number[] {
  const numbers = ensemble.treeNumbers(rows);
  const inputs = ensemble.treeInputs().length;
  return Array.from({ length: rows.rowCount }, (_, row) =>
    predictionOfScores(trees, scoresOf(trees, numbers, row * inputs)),
  ).flat();
}

export const differenceWords = (difference: number, rows: number): string =>
  difference <= tolerated
    ? `Added up, the trees give the model's own predictions of all ${countWords(rows, 'row')} looked at: nothing is estimated.`
    : `Added up, the trees miss the model's predictions of ${countWords(rows, 'row')} by up to ${difference.toPrecision(2)}: the contributions speak of the trees.`;
