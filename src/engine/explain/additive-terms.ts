import { z } from 'zod';
import {
  type AdditiveTerm,
  type AdditiveTerms,
  cellCount,
  columnsOfTerm,
  spreadWords,
  type TermAxis,
} from '../../shared/results/additive-terms.ts';
import { countWords } from '../../shared/results/numbers.ts';
import { columnNamed, type Table, takeRows } from '../data/table.ts';
import { type Additive, isAdditive } from '../models/additive.ts';
import type { Prediction, Predictor } from '../models/predictor.ts';
import { softmaxRows } from '../numerics/softmax.ts';
import { createRandom } from '../random.ts';
import { type CountedPredictor, countPredictions } from './counted-predictor.ts';
import type { Explainer } from './explainer.ts';
import { sampleRows } from './sample-rows.ts';
import { scoreUnit } from './score-unit.ts';
import { type OptionsOf, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  curves: whole(60, 'At most so many graphs of one column, the most important ones.'),
  pairs: whole(12, 'At most so many graphs of two columns.'),
  rowCap: whole(500, "Rows for which the graphs are added up and compared with the model's prediction."),
});
export type AdditiveTermsOptions = OptionsOf<typeof settable>;

/** Larger differences than this, of a probability or of the values' spread, are told. */
const tolerated = 1e-3;
/** Stretches in which rows are predicted, between which the analysis can be stopped. */
const stretches = 4;

/**
 * Reads the graphs off a model that is a sum of graphs (a generalised additive model with pairs: Lou et al. 2013). Nothing is
 * estimated: that the graphs are the whole model is checked by adding them up. Throws a RangeError for a model that is no such sum.
 */
export const additiveTerms: Explainer<AdditiveTermsOptions, AdditiveTerms> = {
  kind: 'additive-terms',
  title: "The model's own graphs",
  question: 'what does the model add up',
  scope: 'model',
  byDefault: true,
  fewestRows: 1,
  options: settable,
  reads: ['graphs'],
  async explain(predictor, data, given, progress, signal) {
    const { seed, settings: options } = readOptions(settable, given);
    if (!isAdditive(predictor)) throw new RangeError('the model is not a sum of graphs');
    const available = data.evaluation.features.rowCount;
    if (available === 0) throw new RangeError(`the ${data.part} part has no rows to check the graphs on`);
    const { intercept, classes, bags, terms } = predictor.parts();
    const counted = countPredictions(predictor, signal);
    const rows = sampleRows(available, options.rowCap, createRandom(seed));
    const sums = { intercept, terms };
    const difference = await largestDifference(
      counted,
      predictor,
      sums,
      takeRows(data.evaluation.features, rows),
      progress,
    );
    const room = { 1: options.curves, 2: options.pairs };
    const drawn = new Set(
      [1, 2].flatMap((size) => terms.filter(({ axes }) => axes.length === size).slice(0, room[size as 1 | 2])),
    );
    const share = spreadOf(terms);
    progress(1);
    return {
      kind: 'additive-terms',
      version: 1,
      question: 'what does the model add up',
      options,
      seed,
      dataHash: data.evaluation.info.hash,
      cost: counted.cost(),
      quality: {
        measure: 'spread between bags',
        value: share,
        words: `${sumWords(difference, rows.length)} ${spreadWords(share, bags)}`,
      },
      unit: scoreUnit(data.evaluation.info, classes),
      intercept: intercept.map(rounded),
      ...(classes && classes.length > 1 && { classes }),
      bags,
      terms: terms.filter((term) => drawn.has(term)).map(roundedTerm),
      further: terms
        .filter((term) => !drawn.has(term))
        .map((term) => ({ columns: columnsOfTerm(term), importance: rounded(term.importance) })),
    };
  },
};

/** Five digits are more than anybody sees. */
const rounded = (value: number): number => Number(value.toPrecision(5));

const roundedTerm = (term: AdditiveTerm): AdditiveTerm => ({
  ...term,
  importance: rounded(term.importance),
  effect: term.effect.map((cells) => cells.map(rounded)),
  ...(term.error && { error: term.error.map((cells) => cells.map(rounded)) }),
  share: term.share.map(rounded),
});

/** Mean error of a training row's contribution, as a share of the contributions' size; null where it is not known. */
function spreadOf(terms: readonly AdditiveTerm[]): number | null {
  let [spread, size] = [0, 0];
  for (const { error, effect, share } of terms) {
    if (!error) return null;
    for (const [k, cells] of effect.entries()) {
      for (const [cell, value] of cells.entries()) {
        size += Math.abs(value) * share[cell];
        spread += error[k][cell] * share[cell];
      }
    }
  }
  return size > 0 ? spread / size : null;
}

const sumWords = (difference: number, rows: number): string =>
  difference <= tolerated
    ? `The graphs are the model itself: added up they give its predictions of all ${countWords(rows, 'row')} looked at.`
    : `Added up, the graphs miss the model's predictions of ${countWords(rows, 'row')} by up to ${difference.toPrecision(2)}.`;

/** Of probabilities, or of values as a share of their spread. */
async function largestDifference(
  counted: CountedPredictor,
  model: Predictor & Additive,
  sums: { intercept: readonly number[]; terms: readonly AdditiveTerm[] },
  rows: Table,
  progress: (share: number) => void,
): Promise<number> {
  const length = Math.max(1, Math.ceil(rows.rowCount / stretches));
  let [largest, low, high] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let from = 0; from < rows.rowCount; from += length) {
    const part = takeRows(
      rows,
      Array.from({ length: Math.min(length, rows.rowCount - from) }, (_, i) => from + i),
    );
    const prediction = await counted.predict(part);
    const own = predictionOf(scoresOf(sums, model.termColumns(part)), prediction);
    prediction.values.forEach((value, i) => {
      largest = Math.max(largest, Math.abs(value - own[i]));
      [low, high] = [Math.min(low, value), Math.max(high, value)];
    });
    progress((from + part.rowCount) / rows.rowCount / 2);
  }
  if (model.task !== 'regression') return largest;
  return largest / (high - low || Math.abs(high) || 1);
}

/** [rows] of [scores] */
function scoresOf(
  { intercept, terms }: { intercept: readonly number[]; terms: readonly AdditiveTerm[] },
  rows: Table,
): number[][] {
  const scores = Array.from({ length: rows.rowCount }, () => [...intercept]);
  for (const term of terms) {
    const cells = term.axes.map((axis) => cellsAlong(axis, rows));
    const inner = term.axes.length > 1 ? cellCount(term.axes[1]) : 1;
    scores.forEach((score, row) => {
      if (cells.some((along) => along[row] < 0)) return;
      const cell = cells.length > 1 ? cells[0][row] * inner + cells[1][row] : cells[0][row];
      for (let k = 0; k < score.length; k++) score[k] += term.effect[k][cell];
    });
  }
  return scores;
}

/** Cell of each row along an axis; -1 where it falls into none. */
export function cellsAlong(axis: TermAxis, rows: Table): Int32Array {
  const column = columnNamed(rows, axis.column);
  if (axis.kind === 'numbers') {
    if (column.kind !== 'numeric') return new Int32Array(rows.rowCount).fill(axis.missing ? axis.edges.length + 1 : -1);
    return Int32Array.from(column.values, (value) => {
      if (!Number.isFinite(value)) return axis.missing ? axis.edges.length + 1 : -1;
      const cell = axis.edges.findIndex((edge) => value <= edge);
      return cell < 0 ? axis.edges.length : cell;
    });
  }
  const cellOf = new Map(axis.groups.flatMap(({ levels }, i) => levels.map((level) => [level, i] as const)));
  const missing = axis.groups.findIndex((group) => group.missing);
  const others = axis.groups.findIndex((group) => group.others);
  if (column.kind !== 'coded') return new Int32Array(rows.rowCount).fill(missing);
  return column.codes.map((code) => (code < 0 ? missing : (cellOf.get(column.levels[code]) ?? others)));
}

/** Values, or probabilities by the logistic function or softmax, as the prediction lays them out. */
function predictionOf(scores: readonly (readonly number[])[], prediction: Prediction): Float64Array {
  if (prediction.kind === 'values') return Float64Array.from(scores, ([score]) => score);
  const all = Float64Array.from(scores.flatMap((own) => (own.length === 1 ? [0, own[0]] : own)));
  return softmaxRows(all, prediction.classCount);
}
