import type { Params } from '../../../shared/space.ts';
import { codesOf, levelCounts, numbersOf } from '../../data/encoders/raw-columns.ts';
import type { Column, Table } from '../../data/table.ts';

export interface GaussianColumn {
  readonly kind: 'gaussian';
  readonly name: string;
  /** A raw number is center + scale * standardised. */
  readonly center: number;
  readonly scale: number;
  /** [classes], of the standardised number. */
  readonly means: readonly number[];
  readonly variances: readonly number[];
}

export interface BinnedColumn {
  readonly kind: 'binned';
  readonly name: string;
  /** Ascending; a number belongs to the bin of as many edges as are below it. */
  readonly edges: readonly number[];
  /** [bins x classes] */
  readonly logProbabilities: readonly number[];
}

export interface CategoricalColumn {
  readonly kind: 'categorical';
  readonly name: string;
  readonly levels: readonly string[];
  /** [levels x classes] */
  readonly logProbabilities: readonly number[];
}

export type ColumnModel = GaussianColumn | BinnedColumn | CategoricalColumn;

/** Text and ids with more levels than this say nothing about new rows; other columns may have many. */
const [mostTextLevels, mostLevels] = [20, 10_000];
const mostBins = 16;
/** Smoothing of variances where none is given. */
const leastVariance = 1e-9;
/** Standardised numbers stay within this many deviations, so that their squares stay finite. */
export const bound = 1e6;

/** Rows of the training data with what they count, and their classes. */
export interface Rows {
  readonly codes: Int32Array;
  readonly classes: number;
  readonly weights: Float64Array;
}

/** A column without two different values, or text of too many levels, says nothing: undefined. */
export const fitColumn = (features: Table, column: Column, rows: Rows, params: Params): ColumnModel | undefined =>
  column.kind === 'numeric' ? fitNumbers(features, column.name, rows, params) : fitLevels(column, rows, params);

export const numbersIn = (column: ColumnModel): number =>
  column.kind === 'gaussian' ? 2 * column.means.length : column.logProbabilities.length;

function fitNumbers(features: Table, name: string, rows: Rows, params: Params): ColumnModel | undefined {
  const values = numbersOf(features, name);
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0 || sorted[0] === sorted[sorted.length - 1]) return undefined;
  if (params.numbers === 'bins') return fitBins(values, sorted, name, rows, params.smoothing as number);
  return fitGaussian(values, name, rows, (params.variance_smoothing as number | undefined) ?? leastVariance);
}

/** Means and variances by class of the standardised numbers; a class without a value has those of all rows. */
function fitGaussian(values: Float64Array, name: string, rows: Rows, smoothing: number): GaussianColumn {
  const { center, scale } = spreadOf(values, rows.weights);
  const counts = new Float64Array(rows.classes);
  const means = new Float64Array(rows.classes);
  const squares = new Float64Array(rows.classes);
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) continue;
    const k = rows.codes[row];
    const value = standardized(values[row], center, scale);
    counts[k] += rows.weights[row];
    const moved = value - means[k];
    means[k] += (rows.weights[row] * moved) / counts[k];
    squares[k] += rows.weights[row] * moved * (value - means[k]);
  }
  // Standardised, all rows together have variance 1: the smoothing is a share of that.
  const variances = Array.from(squares, (square, k) => (counts[k] > 0 ? square / counts[k] : 1) + smoothing);
  return { kind: 'gaussian', name, center, scale, means: [...means], variances };
}

export const standardized = (value: number, center: number, scale: number): number =>
  Math.max(-bound, Math.min(bound, (value - center) / scale));

/** Weighted mean and standard deviation of what is not missing; relative to the largest number, whose square might be infinite. */
function spreadOf(values: Float64Array, weights: Float64Array): { center: number; scale: number } {
  const unit = values.reduce((most, value) => (Number.isNaN(value) ? most : Math.max(most, Math.abs(value))), 0);
  let [count, mean, squares] = [0, 0, 0];
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) continue;
    count += weights[row];
    const moved = values[row] / unit - mean;
    mean += (weights[row] * moved) / count;
    squares += weights[row] * moved * (values[row] / unit - mean);
  }
  const scale = Math.sqrt(squares / count) * unit;
  return { center: mean * unit, scale: scale > 0 ? scale : 1 };
}

/**
 * A bin for each of a few different numbers; of many, bins between quantiles, a quarter of each spread to the bins beside it, since
 * the density next to a number is much like that of the number.
 */
function fitBins(
  values: Float64Array,
  sorted: Float64Array,
  name: string,
  rows: Rows,
  smoothing: number,
): BinnedColumn {
  const distinct = sorted.filter((value, i) => i === 0 || value > sorted[i - 1]);
  const isFew = distinct.length <= mostBins;
  const edges = isFew ? [...distinct.subarray(1)] : quantileEdges(sorted);
  const counts = new Float64Array((edges.length + 1) * rows.classes);
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) continue;
    counts[binOf(edges, values[row]) * rows.classes + rows.codes[row]] += rows.weights[row];
  }
  const spread = isFew ? counts : spreadToNeighbours(counts, rows.classes);
  return { kind: 'binned', name, edges, logProbabilities: logFrequencies(spread, rows.classes, smoothing) };
}

function quantileEdges(sorted: Float64Array): number[] {
  const bins = Math.min(mostBins, Math.max(2, Math.round(1.5 * Math.cbrt(sorted.length))));
  const cuts = Array.from({ length: bins - 1 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / bins)]);
  return [...new Set(cuts)].filter((edge) => edge > sorted[0]);
}

/** The two outermost bins keep what they have no neighbour for. counts: [bins x classes] */
function spreadToNeighbours(counts: Float64Array, classes: number): Float64Array {
  const at = (i: number, own: number) => (i < 0 || i >= counts.length ? counts[own] : counts[i]);
  return counts.map((count, i) => count / 2 + (at(i - classes, i) + at(i + classes, i)) / 4);
}

/** How many edges are at or below the value. */
function binOf(edges: readonly number[], value: number): number {
  let bin = 0;
  while (bin < edges.length && edges[bin] <= value) bin++;
  return bin;
}

function fitLevels(
  column: Extract<Column, { kind: 'coded' }>,
  rows: Rows,
  params: Params,
): CategoricalColumn | undefined {
  const seen = levelCounts(column.codes, column.levels.length);
  const most = column.type === 'text' || column.type === 'id' ? mostTextLevels : mostLevels;
  const levels = column.levels.filter((_, code) => seen[code] > 0).sort();
  if (levels.length < 2 || levels.length > most) return undefined;
  const places = new Map(levels.map((level, i) => [level, i]));
  const counts = new Float64Array(levels.length * rows.classes);
  column.codes.forEach((code, row) => {
    if (code < 0) return;
    const place = places.get(column.levels[code]) ?? 0;
    counts[place * rows.classes + rows.codes[row]] += rows.weights[row];
  });
  const logProbabilities = logFrequencies(counts, rows.classes, params.smoothing as number);
  return { kind: 'categorical', name: column.name, levels, logProbabilities };
}

/** log((count + a) / (class's count + a * values)), Laplace's smoothing. counts: [values x classes] */
function logFrequencies(counts: Float64Array, classes: number, smoothing: number): number[] {
  const totals = new Float64Array(classes).fill((smoothing * counts.length) / classes);
  for (let i = 0; i < counts.length; i++) totals[i % classes] += counts[i];
  return Array.from(counts, (count, i) => Math.log((count + smoothing) / totals[i % classes]));
}

/** [rows]: the value's place, negative where it is missing or was never seen. */
export function placesOf(column: BinnedColumn | CategoricalColumn, rows: Table): Int32Array {
  if (column.kind === 'categorical') {
    return codesOf(rows, column.name, new Map(column.levels.map((level, i) => [level, i])));
  }
  return Int32Array.from(numbersOf(rows, column.name), (value) =>
    Number.isNaN(value) ? -1 : binOf(column.edges, value),
  );
}
