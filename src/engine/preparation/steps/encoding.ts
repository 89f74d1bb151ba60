import type { ColumnInfo } from '../../../shared/dataset.ts';
import { countWords } from '../../../shared/results/numbers.ts';
import type { Target } from '../../data/dataset.ts';
import { byName, frequentLevels } from '../../data/encoders/raw-columns.ts';
import type { CodedColumn, Table } from '../../data/table.ts';
import { mostLevels, placesOf } from '../levels/known-levels.ts';
import { crossFittedMeans, targetMeans } from '../levels/target-means.ts';
import { freshNames, numericColumn } from '../new-columns.ts';
import { choiceOf, type LearningRows, type Need, type Step, type Transform } from '../step.ts';

/** A column of more levels than this is crowded; one of fewer is always left to the learner. */
const crowded = 50;
/** More levels than a learner has room for by itself: columns of a one-hot matrix, bins of a histogram. */
const room: Readonly<Record<Need, number>> = { linear: 100, dense: 100, distances: 100, native: 254 };
/** Rows that the overall mean counts as (AutoGluon's and CatBoost's order of size). */
const smoothing = 10;
const foldCount = 5;

type Way = 'target' | 'frequency' | 'ordinal';

interface EncodedColumn {
  readonly name: string;
  readonly levels: readonly string[];
  /** [outputs][levels + 2]: of each level, of missing and of an unknown one; null where it has no number. */
  readonly values: readonly (readonly (number | null)[])[];
  readonly outputs: readonly string[];
}

export interface EncodingState {
  readonly columns: readonly EncodedColumn[];
}

/**
 * Crowded categories as numbers: the mean of the target (one column a class where there are more than two), how frequent the level is,
 * or its place in the order of the texts. The first is cross-fitted: a training row's number comes from other rows' targets.
 */
export const encoding: Step<EncodingState> = {
  name: 'encoding',
  parameters({ columns }, need) {
    const most = Math.max(0, ...columns.filter(isCategory).map(({ distinct }) => distinct));
    if (most <= crowded) return [];
    return [
      choiceOf('encoding', ['native', 'target', 'frequency', 'ordinal'], most > room[need] ? 'target' : 'native', true),
    ];
  },
  learn({ features, target, random }, params) {
    const way = ways[String(params.encoding) as Way];
    if (!way) return null;
    const columns = byName(features).filter(isCrowded);
    if (columns.length === 0) return null;
    const fresh = freshNames(features);
    const encoded = columns.map((column) => way({ features, target, random: random.fork(column.name) }, column, fresh));
    const state = { columns: encoded.map(({ state }) => state) };
    const train = encoded.every(({ train }) => train) && replaced(features, state, (_, i) => encoded[i].train!);
    return { state, words: `levels by their ${words[String(params.encoding) as Way]}`, ...(train && { train }) };
  },
  restore: (state): Transform => ({
    apply: (table) => replaced(table, state, (column) => numbersOf(table, column)),
    made: () =>
      state.columns.flatMap(({ name, levels, outputs }) =>
        outputs.map((column) => ({
          column,
          of: [name],
          words: `a number for each of ${countWords(levels.length, 'level')} of ${name}, ${column.slice(name.length).trim()}`,
        })),
      ),
  }),
};

const words: Readonly<Record<Way, string>> = { target: 'mean target', frequency: 'frequency', ordinal: 'order' };

const isCategory = ({ type, role }: ColumnInfo) => type === 'category' && role === 'feature';

const isCrowded = (column: Table['columns'][number]): column is CodedColumn =>
  column.kind === 'coded' &&
  column.type === 'category' &&
  new Set(column.codes.filter((code) => code >= 0)).size > crowded;

interface Encoded {
  readonly state: EncodedColumn;
  /** [outputs][rows] of the training rows, where it is not what the state says. */
  readonly train?: Float64Array[];
}
type Learn = (rows: Omit<LearningRows, 'need'>, column: CodedColumn, fresh: (wanted: string) => string) => Encoded;

const ways: Readonly<Record<Way, Learn>> = {
  target({ features, target, random }, column, fresh) {
    const { name } = column;
    const levels = frequentLevels(column, mostLevels).map(({ level }) => level);
    const { y, titles } = averaged(target);
    const rows = { codes: placesOf(features, name, levels), levels: levels.length + 2, y, outputs: titles.length };
    const { means, overall } = targetMeans(rows, smoothing);
    const order = random.permutation(features.rowCount);
    const folds = new Uint8Array(features.rowCount);
    order.forEach((row, i) => {
      folds[row] = i % foldCount;
    });
    const crossFitted = crossFittedMeans(rows, folds, foldCount, smoothing);
    const byOutput = (values: Float64Array, k: number) => values.filter((_, i) => i % titles.length === k);
    return {
      state: {
        name,
        levels,
        // The last is of levels that are not known: nothing but the overall mean is, even where some training rows had one.
        values: titles.map((_, k) => [...byOutput(means, k).slice(0, -1), overall[k]]),
        outputs: titles.map((title) => fresh(`${name} (${title})`)),
      },
      train: titles.map((_, k) => byOutput(crossFitted, k)),
    };
  },
  frequency({ features }, column, fresh) {
    const known = frequentLevels(column, mostLevels);
    const share = (count: number) => count / features.rowCount;
    const missing = column.codes.filter((code) => code < 0).length;
    return {
      state: {
        name: column.name,
        levels: known.map(({ level }) => level),
        values: [[...known.map(({ count }) => share(count)), share(missing), 0]],
        outputs: [fresh(`${column.name} (frequency)`)],
      },
    };
  },
  ordinal(_, column, fresh) {
    const levels = frequentLevels(column, mostLevels)
      .map(({ level }) => level)
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }) || (a < b ? -1 : 1));
    return {
      state: {
        name: column.name,
        levels,
        values: [[...levels.keys(), null, null]],
        outputs: [fresh(`${column.name} (order)`)],
      },
    };
  },
};

/** What is averaged, [rows x outputs], and what each output is: the second of two classes, each of several, or the value. */
function averaged(target: Target): { y: Float64Array; titles: string[] } {
  if (target.kind === 'values') return { y: target.values.map(bounded), titles: ['mean target'] };
  const { codes, classes } = target;
  if (classes.length <= 2) return { y: Float64Array.from(codes), titles: [`share of ${classes[1] ?? classes[0]}`] };
  const y = new Float64Array(codes.length * classes.length);
  codes.forEach((code, row) => {
    y[row * classes.length + code] = 1;
  });
  return { y, titles: classes.map((name) => `share of ${name}`) };
}

/** Sums of targets must stay finite. */
const bounded = (value: number) => Math.max(-1e290, Math.min(1e290, value));

/** [outputs][rows] */
const numbersOf = (table: Table, { name, levels, values }: EncodedColumn): Float64Array[] => {
  const places = placesOf(table, name, levels);
  return values.map((byPlace) => Float64Array.from(places, (place) => byPlace[place] ?? Number.NaN));
};

/** The table with these columns' numbers in their place. */
function replaced(
  table: Table,
  { columns }: EncodingState,
  numbers: (column: EncodedColumn, index: number) => Float64Array[],
): Table {
  const gone = new Set(columns.map(({ name }) => name));
  const made = columns.flatMap((column, i) =>
    numbers(column, i).map((values, k) => numericColumn(column.outputs[k], values)),
  );
  return { ...table, columns: [...table.columns.filter(({ name }) => !gone.has(name)), ...made] };
}
