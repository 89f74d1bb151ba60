import { z } from 'zod';
import { countWords, percentWords } from '../../shared/results/numbers.ts';
import type { ColumnEffect, Dependence, ShapSummary } from '../../shared/results/shap-summary.ts';
import { columnNamed, type Table, takeRows } from '../data/table.ts';
import { isTreeEnsemble } from '../models/tree-ensemble.ts';
import { createRandom, type Random } from '../random.ts';
import { mean, standardDeviation } from '../statistics/mean.ts';
import { countPredictions } from './counted-predictor.ts';
import type { ExplainData, Explainer } from './explainer.ts';
import { sampleRows } from './sample-rows.ts';
import { kernelEffects } from './shapley/kernel-effects.ts';
import type { RowEffects } from './shapley/row-effects.ts';
import { type OptionsOf, readOptions, whole } from './technique-options.ts';
import { treeEffects } from './tree-shap/tree-effects.ts';

/** What may be set. */
const settable = z.strictObject({
  rowCap: whole(300, 'Rows explained where the model is made of trees, a seeded sample.'),
  kernelRows: whole(20, 'Rows explained of any other model.'),
  background: whole(30, 'Training rows behind KernelSHAP.'),
  samples: whole(512, 'Coalitions of each row that KernelSHAP asks.'),
  columns: whole(40, 'Columns that KernelSHAP tells apart in each row, the strongest.'),
  drawn: whole(12, 'Columns whose dependence is given, the most important.'),
});
export type ShapSummaryOptions = OptionsOf<typeof settable>;

/** Standard errors on either side of a 95 % interval. */
const normal95 = 1.96;

/**
 * Mean absolute Shapley values over rows, and how they go with the columns' values (Lundberg et al. 2020, 'global understanding'): by
 * path-dependent TreeSHAP where the model is made of trees, else by KernelSHAP on fewer rows. Of two classes the second one is
 * explained, of several all. Throws a RangeError on an option out of range or an empty part.
 */
export const shapSummary: Explainer<ShapSummaryOptions, ShapSummary> = {
  kind: 'shap-summary',
  title: 'What the columns add, over many rows',
  question: 'which columns matter',
  scope: 'model',
  byDefault: false,
  options: settable,
  async explain(predictor, data, given, progress, signal, enough = () => false) {
    const { seed, settings: options } = readOptions(settable, given);
    check(data);
    const { evaluation, part } = data;
    const random = createRandom(seed);
    const counted = countPredictions(predictor, signal);
    const isTrees = isTreeEnsemble(predictor);
    const picked = sampleRows(
      evaluation.features.rowCount,
      isTrees ? options.rowCap : options.kernelRows,
      random.fork('rows'),
    );
    const rows = takeRows(evaluation.features, shuffled(picked, random.fork('order')));
    const told = { signal, enough, progress: (share: number) => progress(0.95 * share) };
    const found = isTrees
      ? await treeEffects(predictor, counted, data, rows, random, told)
      : await kernelEffects(counted, data, rows, options, random, told);
    const columns = importances(found);
    progress(1);
    const classes = found.classes.length > 1 ? found.classes : undefined;
    return {
      kind: 'shap-summary',
      version: 1,
      question: 'which columns matter',
      options,
      seed,
      dataHash: evaluation.info.hash,
      cost: counted.cost(),
      ...(found.rows < rows.rowCount && {
        partial: `Ended after ${found.rows} of ${countWords(rows.rowCount, 'row')}.`,
      }),
      quality: qualityOf(found, columns),
      method: isTrees ? 'tree-shap' : 'kernel-shap',
      unit: found.unit,
      ...(classes && { classes }),
      rows: found.rows,
      rowsAvailable: evaluation.features.rowCount,
      part,
      ...(found.background && { background: found.background }),
      columns,
      ...(found.together && { together: found.together }),
      dependence: columns
        .slice(0, options.drawn)
        .filter(({ importance }) => importance > 0)
        .map((one) => dependenceOf(one, found, rows)),
    };
  },
};

function check({ train, evaluation, part }: ExplainData): void {
  if (evaluation.features.rowCount === 0) throw new RangeError(`the ${part} part has no rows to explain`);
  if (train.features.rowCount === 0) throw new RangeError('there are no training rows to compare with');
}

/** In random order, so that what is known when time is up is a sample too. */
const shuffled = (rows: Uint32Array, random: Random): Uint32Array =>
  random.permutation(rows.length).map((place) => rows[place]);

/** Most important first. */
function importances({ columns, effects, rows, classes }: RowEffects): ColumnEffect[] {
  if (rows === 0) return [];
  const found = columns.map((column, j): ColumnEffect => {
    const sums = new Float64Array(rows);
    const byClass = effects.map((of) => {
      let total = 0;
      for (let row = 0; row < rows; row++) {
        const size = Math.abs(of[row * columns.length + j]);
        sums[row] += size;
        total += size;
      }
      return total / rows;
    });
    const importance = mean(sums);
    const error = rows > 1 ? (normal95 * standardDeviation(sums)) / Math.sqrt(rows) : 0;
    return {
      column,
      importance,
      interval: { low: Math.max(0, importance - error), high: importance + error },
      ...(classes.length > 1 && { byClass }),
    };
  });
  return found.sort((a, b) => b.importance - a.importance);
}

function dependenceOf({ column, byClass }: ColumnEffect, found: RowEffects, table: Table): Dependence {
  const strongest = byClass ? byClass.indexOf(Math.max(...byClass)) : 0;
  const place = found.columns.indexOf(column);
  const cells = columnNamed(table, column);
  const rows = Array.from({ length: found.rows }, (_, row) => row);
  const valueAt = (row: number) => {
    if (cells.kind === 'coded') return cells.codes[row] < 0 ? null : cells.levels[cells.codes[row]];
    return Number.isFinite(cells.values[row]) ? cells.values[row] : null;
  };
  return {
    column,
    ...(byClass && { class: found.classes[strongest] }),
    values: rows.map(valueAt),
    ...(cells.type === 'date' && { isDate: true }),
    effects: rows.map((row) => Number(found.effects[strongest][row * found.columns.length + place].toPrecision(5)) + 0),
  };
}

/** How far the values of each row are known, and whether the order of the columns would be another one over other rows. */
function qualityOf({ words }: RowEffects, columns: readonly ColumnEffect[]): ShapSummary['quality'] {
  const measure = 'columns whose interval lies above that of the next';
  const moving = columns.filter(({ importance }) => importance > 0);
  if (moving.length < 2) return { measure, value: null, words: `${words} There is no order of columns to be sure of.` };
  const clear = moving.filter(({ interval }, i) => i + 1 < moving.length && interval.low > moving[i + 1].interval.high);
  const value = clear.length / (moving.length - 1);
  return {
    measure,
    value,
    words: `${words} Over other rows ${percentWords(value, 0)} of the steps in the order of the columns would surely be the same.`,
  };
}
