import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { CodedColumn, Column, NumericColumn, Table } from '../data/table.ts';
import type { Random } from '../random.ts';
import { mean } from '../statistics/mean.ts';
import { quantile } from '../statistics/quantile.ts';

/** One bin of a column: how often training rows fall in it, and how to draw a value from it. */
interface Bin {
  /** 'between 190 and 197', '= Biscoe', 'is missing' */
  readonly words: string;
  readonly frequency: number;
  /** Where each value of the bin is alike (levels, missing, one number). */
  readonly draw: (random: Random) => number;
}

/** A column as LIME sees it: bins, of which missing is one of its own. */
export interface DiscreteColumn {
  readonly column: Column;
  readonly bins: readonly Bin[];
  /** The bin of a value (numbers) or code (levels). Values that training never had belong to the nearest bin, unseen levels to none (-1). */
  binOf(value: number): number;
}

/** Splits every column of the training part at its quartiles; levels stay as they are (Ribeiro et al. 2016, lime's default). */
export const discretise = (train: Table): DiscreteColumn[] =>
  train.columns.map((column) => (column.kind === 'numeric' ? discreteNumbers(column) : discreteLevels(column)));

function discreteNumbers(column: NumericColumn): DiscreteColumn {
  const known = column.values.filter((value) => !Number.isNaN(value)).sort();
  const edges = known.length === 0 ? [] : [...new Set([0.25, 0.5, 0.75].map((share) => quantile(known, share)))];
  // Bins are (edge before, edge], as in lime; a column of one value has its only bin below the only edge.
  const position = (value: number) => edges.filter((edge) => value > edge).length;
  const bins = edges.length === 0 ? [] : Array.from({ length: edges.length + 1 }, (_, i) => i);
  // Sorted values of a bin lie next to each other: [where it begins] of every bin, and the end.
  const begins = [0, ...edges.map((edge) => countUpTo(known, edge)), known.length];
  const numeric = bins.map((i) =>
    numberBin(known.subarray(begins[i], begins[i + 1]), rangeWords(edges, i, column.type), column),
  );
  const missing: Bin = { words: 'is missing', frequency: column.values.length - known.length, draw: () => Number.NaN };
  return {
    column,
    bins: [...numeric, missing],
    binOf: (value) => (Number.isNaN(value) ? bins.length : position(value)),
  };
}

/** How many of the sorted values are at most this one. */
function countUpTo(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function rangeWords(edges: readonly number[], bin: number, type: NumericColumn['type']): string {
  const said = (value: number) => (type === 'date' ? new Date(value).toISOString().slice(0, 10) : plainNumber(value));
  if (bin === 0) return `at most ${said(edges[0])}`;
  if (bin === edges.length) return `above ${said(edges[bin - 1])}`;
  return `above ${said(edges[bin - 1])}, at most ${said(edges[bin])}`;
}

const plainNumber = (value: number) => String(Number(value.toPrecision(6)));

/** Draws from the bin's normal distribution, cut off at its smallest and largest training value, by inverting its cdf. */
function numberBin(values: Float64Array, words: string, { type }: NumericColumn): Bin {
  if (values.length === 0) return { words, frequency: 0, draw: () => Number.NaN };
  const [lowest, highest] = [values[0], values[values.length - 1]];
  const centre = mean(values);
  const deviation = Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
  if (lowest === highest || deviation === 0) return { words, frequency: values.length, draw: () => lowest };
  const [from, to] = [normalCdf(lowest, centre, deviation), normalCdf(highest, centre, deviation)];
  const draw = (random: Random) => {
    const value = normalQuantile(from + (to - from) * random.uniform(), centre, deviation);
    const kept = Math.min(highest, Math.max(lowest, value));
    return type === 'number' ? kept : Math.round(kept);
  };
  return { words, frequency: values.length, draw };
}

function discreteLevels(column: CodedColumn): DiscreteColumn {
  const counts = new Float64Array(column.levels.length + 1);
  for (const code of column.codes) counts[code < 0 ? column.levels.length : code]++;
  const bins = column.levels.map(
    (level, code): Bin => ({ words: `= ${level}`, frequency: counts[code], draw: () => code }),
  );
  const missing: Bin = { words: 'is missing', frequency: counts[column.levels.length], draw: () => -1 };
  return { column, bins: [...bins, missing], binOf: (code) => (code < 0 ? bins.length : code) };
}

/** Draws bins by training frequency. */
export function frequencySampler({ bins }: DiscreteColumn): (random: Random) => number {
  const cumulative = new Float64Array(bins.length);
  let total = 0;
  bins.forEach(({ frequency }, i) => {
    total += frequency;
    cumulative[i] = total;
  });
  return (random) => {
    const drawn = random.uniform() * total;
    const found = cumulative.findIndex((end) => drawn < end);
    return found < 0 ? bins.length - 1 : found;
  };
}
