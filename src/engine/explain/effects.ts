import { z } from 'zod';
import type { ColumnEffect, Effects } from '../../shared/results/effects.ts';
import { countWords, percentWords } from '../../shared/results/numbers.ts';
import { type Column, columnNamed, type Table, takeRows } from '../data/table.ts';
import { createRandom, type Random } from '../random.ts';
import { mean } from '../statistics/mean.ts';
import { countPredictions } from './counted-predictor.ts';
import { Asking } from './decomposition/asking.ts';
import { columnStrengths, strongest } from './decomposition/column-strengths.ts';
import { predictedNumbers } from './decomposition/explained-numbers.ts';
import { effectOf, type MeasuredEffect } from './effects/effect-of.ts';
import type { ExplainData, Explainer } from './explainer.ts';
import { sampleRows } from './sample-rows.ts';
import { columnNames, type OptionsOf, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  columns: columnNames('Columns to draw; default: those that move predictions most.'),
  most: whole(8, 'At most so many columns.'),
  grid: whole(100, 'Points of partial dependence, and at most so many steps of the local effects.', 2),
  levels: whole(20, 'At most so many levels of a category, the commonest.', 2),
  rows: whole(200, 'Rows behind partial dependence, a seeded sample.'),
  localRows: whole(1000, 'Rows that local effects step between, a seeded sample.'),
  lines: whole(30, 'Rows drawn one by one (individual conditional expectation), shared out among the classes.', 0),
});
export type EffectsOptions = OptionsOf<typeof settable>;
type Settings = z.output<typeof settable>;

/** Cells that partial dependence may set in all: of thousands of columns fewer rows are asked for, but no fewer than so many. */
const [mostCells, fewestRows] = [2e8, 30];
/** Columns by which levels are compared. */
const comparedColumns = 100;

/**
 * Partial dependence (Friedman 2001) over individual conditional expectation (Goldstein et al. 2015), and accumulated local effects (Apley
 * and Zhu 2020), of one column at a time; where they disagree it says so. Throws a RangeError on an option out of range, a column that
 * there is not, or an empty part.
 */
export const effects: Explainer<EffectsOptions, Effects> = {
  kind: 'effects',
  title: 'How predictions change with each column',
  question: 'how do predictions change with columns',
  scope: 'model',
  byDefault: false,
  options: settable,
  async explain(predictor, data, given, progress, signal, enough = () => false) {
    const {
      seed,
      settings: { columns: wanted, ...options },
    } = readOptions(settable, given);
    check(data);
    const { evaluation, part } = data;
    const random = createRandom(seed);
    const counted = countPredictions(predictor, signal);
    const numbers = predictedNumbers(counted, evaluation.info);
    const asking = new Asking(numbers, enough);
    const available = evaluation.features.rowCount;
    const sample = takeRows(evaluation.features, sampleRows(available, options.localRows, random.fork('rows')));
    const predicted = await asking.whole(sample);
    const chosen = await choose(asking, sample, wanted, options.most, random, (share) => progress(0.2 * share));
    const rows = partialRows(sample, chosen.columns.length, options);
    const base = takeRows(sample, sampleRows(sample.rowCount, rows, random.fork('partial')));
    const found: MeasuredEffect[] = [];
    for (const [done, column] of chosen.columns.entries()) {
      progress(0.2 + (0.8 * done) / chosen.columns.length);
      if (!predicted) break;
      const one = await effectOf(asking, { sample, base, predicted, compared: chosen.compared }, column, options);
      if (!one) break;
      found.push(one);
    }
    found.sort((a, b) => b.effect.spread - a.effect.spread);
    progress(1);
    const missed = chosen.columns.length - found.length;
    return {
      kind: 'effects',
      version: 1,
      question: 'how do predictions change with columns',
      options: { ...options, ...(wanted && { columns: wanted }) },
      seed,
      dataHash: evaluation.info.hash,
      cost: counted.cost(),
      ...((missed > 0 || chosen.isCut) && {
        partial: `Ended after ${found.length} of ${countWords(chosen.columns.length, 'column')}${chosen.isCut ? ', which were not chosen by their importance' : ''}.`,
      }),
      quality: qualityOf(found, predicted?.values, predicted?.outputs ?? 1),
      unit: numbers.unit,
      ...(numbers.classes && { classes: numbers.classes }),
      level: predicted ? levelOf(predicted.values, predicted.outputs) : null,
      rows: base.rowCount,
      localRows: sample.rowCount,
      rowsAvailable: available,
      part,
      columns: found.map(({ effect }): ColumnEffect => effect),
      further: chosen.further + missed,
      withoutAxis: chosen.withoutAxis,
    };
  },
};

function check({ evaluation, part }: ExplainData): void {
  if (evaluation.features.rowCount === 0) throw new RangeError(`the ${part} part has no rows to explain`);
}

/** Texts, images and names of rows differ in every row: there is nothing to draw them along. */
const hasAxis = ({ type }: Column): boolean => type !== 'text' && type !== 'image' && type !== 'id';

interface Chosen {
  readonly columns: readonly Column[];
  /** By which levels are compared. */
  readonly compared: Table;
  readonly further: number;
  readonly withoutAxis: readonly string[];
  /** It was enough before the columns could be compared. */
  readonly isCut: boolean;
}

async function choose(
  asking: Asking,
  sample: Table,
  wanted: readonly string[] | undefined,
  most: number,
  random: Random,
  progress: (share: number) => void,
): Promise<Chosen> {
  const withoutAxis = sample.columns.filter((column) => !hasAxis(column)).map(({ name }) => name);
  const drawable = sample.columns.filter(hasAxis);
  const table = (columns: readonly Column[]) => ({
    rowCount: sample.rowCount,
    columns: columns.slice(0, comparedColumns),
  });
  if (wanted) {
    const columns = wanted.map((name) => columnNamed(sample, name));
    const without = columns.find((column) => !hasAxis(column));
    if (without) throw new RangeError(`"${without.name}" is of type ${without.type}, which has no axis to draw along`);
    return { columns, compared: table(drawable), further: drawable.length - columns.length, withoutAxis, isCut: false };
  }
  const further = Math.max(0, drawable.length - most);
  if (drawable.length <= Math.min(most, comparedColumns))
    return { columns: drawable, compared: table(drawable), further, withoutAxis, isCut: false };
  const strengths = await columnStrengths(asking, sample, random, progress);
  const order = strengths ? strongest(strengths, sample.columns.length).map((j) => sample.columns[j]) : sample.columns;
  const ordered = order.filter(hasAxis);
  return { columns: ordered.slice(0, most), compared: table(ordered), further, withoutAxis, isCut: !strengths };
}

function partialRows({ columns, rowCount }: Table, drawn: number, { rows, grid }: Settings): number {
  const affordable = Math.floor(mostCells / (Math.max(1, drawn) * grid * Math.max(1, columns.length)));
  return Math.min(rowCount, rows, Math.max(fewestRows, affordable));
}

const levelOf = (values: Float64Array, outputs: number): number[] =>
  Array.from({ length: outputs }, (_, output) => mean(values.filter((_, i) => i % outputs === output)));

/** How much of the predictions' variance the drawn local effects give, added up. */
function qualityOf(
  found: readonly MeasuredEffect[],
  values: Float64Array | undefined,
  outputs: number,
): Effects['quality'] {
  const measure = "share of the predictions' variance that the effects give, added up";
  if (!values || found.length === 0) return { measure, value: null, words: 'No effect was measured.' };
  const level = levelOf(values, outputs);
  let [total, left] = [0, 0];
  values.forEach((value, i) => {
    const own = value - level[i % outputs];
    total += own ** 2;
    left += (own - found.reduce((sum, { atRows }) => sum + atRows[i], 0)) ** 2;
  });
  if (total <= 1e-20 * values.reduce((sum, value) => sum + value * value, 0))
    return { measure, value: null, words: 'The model predicts the same for every row: there is nothing to explain.' };
  const share = Math.max(0, 1 - left / total);
  const rest =
    share >= 0.9
      ? 'hardly anything is left to interactions and other columns'
      : 'the rest comes of interactions and other columns';
  return {
    measure,
    value: share,
    words: `Added up, the effects give ${percentWords(share, 0)} of the variance of the predictions; ${rest}.`,
  };
}
