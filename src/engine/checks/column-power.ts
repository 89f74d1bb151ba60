import type { Interval } from '../../shared/results/result.ts';
import { cellNumbers } from '../data/cell-numbers.ts';
import type { Target } from '../data/dataset.ts';
import type { Column } from '../data/table.ts';
import type { Random } from '../random.ts';
import { firstAtLeast } from '../statistics/first-at-least.ts';
import { ranks } from '../statistics/rank-correlation.ts';
import { ascending } from './column-cells.ts';

/** How much of the target one column tells by itself. */
export interface ColumnPower {
  /** 1 - loss / loss without the column, on rows not learnt from; 0 and below: nothing. */
  readonly power: number;
  /** 95 %, over the rows. */
  readonly interval: Interval;
}

/** A target made ready to be told by many columns. */
export interface PowerTarget {
  readonly rowCount: number;
  /** [rows] class, or NaN-free rank from 0 to 1. */
  readonly values: Float64Array;
  /** 0: ranks. */
  readonly classes: number;
  /** [rows] */
  readonly folds: Uint8Array;
  /** Bins of a number. */
  readonly bins: number;
}

const folds = 4;
const mostBins = 32;
/** Bins of a number hold so many rows on average. */
const rowsInBin = 10;
/** Rows that a bin is given beforehand, parted as all rows are (m-estimate, Cestnik 1990). */
const priorRows = 1;

export function powerTarget(target: Target, random: Random): PowerTarget {
  const rowCount = target.kind === 'classes' ? target.codes.length : target.values.length;
  const order = random.permutation(rowCount);
  const bins = Math.max(2, Math.min(mostBins, Math.floor(rowCount / rowsInBin)));
  const values =
    target.kind === 'classes' ? Float64Array.from(target.codes) : ranks(target.values).map((rank) => rank / rowCount);
  const classes = target.kind === 'classes' ? target.classes.length : 0;
  return { rowCount, values, classes, folds: Uint8Array.from(order, (place) => place % folds), bins };
}

/**
 * Power of a column binned by quantiles (levels as they are, missing a bin of its own), cross-validated: the share of the log loss, or of the
 * root mean square error of the target's ranks, that is gone once the column is known. A rank is no farther off for a long tail.
 */
export function columnPower(column: Column, target: PowerTarget): ColumnPower {
  const { codes, count } = binsOf(column, target.bins);
  return powerOfCodes(codes, count, target);
}

/** @param codes [rows] bin of each row, from 0 */
export function powerOfCodes(codes: Int32Array, count: number, target: PowerTarget): ColumnPower {
  return target.classes > 0 ? classPower(codes, count, target) : rankPower(codes, count, target);
}

/** Bins of a column; the last is that of missing cells. */
export function binsOf(column: Column, bins: number): { codes: Int32Array; count: number } {
  if (column.kind === 'coded') {
    const missing = column.levels.length;
    return { codes: column.codes.map((code) => (code < 0 ? missing : code)), count: missing + 1 };
  }
  const sorted = ascending(cellNumbers(column));
  const edges = edgesOf(sorted, bins);
  const codes = new Int32Array(column.values.length);
  for (let row = 0; row < codes.length; row++) {
    const value = column.values[row];
    codes[row] = Number.isNaN(value) ? edges.length + 1 : firstAtLeast(edges, value);
  }
  return { codes, count: edges.length + 2 };
}

/** Upper ends of all bins but the last: the distinct values where they are few, else quantiles. */
function edgesOf(sorted: Float64Array, bins: number): Float64Array {
  const distinct: number[] = [];
  for (let i = 0; i < sorted.length && distinct.length <= bins; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) distinct.push(sorted[i]);
  }
  if (distinct.length <= bins) return Float64Array.from(distinct.slice(0, -1));
  const cuts = Array.from({ length: bins - 1 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / bins) - 1]);
  return Float64Array.from(new Set(cuts));
}

function classPower(codes: Int32Array, count: number, { values, classes, folds: fold }: PowerTarget): ColumnPower {
  const [all, allBins] = [new Float64Array(count * classes), new Float64Array(count)];
  const perFold = Array.from({ length: folds }, () => new Float64Array(count * classes));
  const rowsOfFold = new Float64Array(folds);
  const [prior, priorOfFold] = [
    new Float64Array(classes),
    Array.from({ length: folds }, () => new Float64Array(classes)),
  ];
  const binOfFold = Array.from({ length: folds }, () => new Float64Array(count));
  for (let row = 0; row < codes.length; row++) {
    const [cell, k, f] = [codes[row] * classes + values[row], values[row], fold[row]];
    all[cell]++;
    allBins[codes[row]]++;
    prior[k]++;
    perFold[f][cell]++;
    binOfFold[f][codes[row]]++;
    priorOfFold[f][k]++;
    rowsOfFold[f]++;
  }
  return powerFrom(codes.length, (row) => {
    const [bin, k, f] = [codes[row], values[row], fold[row]];
    const rest = codes.length - rowsOfFold[f];
    const share = (prior[k] - priorOfFold[f][k] + 1) / (rest + classes);
    const inBin = all[bin * classes + k] - perFold[f][bin * classes + k];
    const p = (inBin + priorRows * share) / (allBins[bin] - binOfFold[f][bin] + priorRows);
    return [-Math.log(p), -Math.log(share)];
  });
}

function rankPower(codes: Int32Array, count: number, { values, folds: fold }: PowerTarget): ColumnPower {
  const [sums, sizes] = [new Float64Array(count * (folds + 1)), new Float64Array(count * (folds + 1))];
  const [foldSum, foldSize] = [new Float64Array(folds + 1), new Float64Array(folds + 1)];
  for (let row = 0; row < codes.length; row++) {
    for (const f of [fold[row], folds]) {
      sums[codes[row] * (folds + 1) + f] += values[row];
      sizes[codes[row] * (folds + 1) + f]++;
      foldSum[f] += values[row];
      foldSize[f]++;
    }
  }
  const squared = powerFrom(codes.length, (row) => {
    const [base, f] = [codes[row] * (folds + 1), fold[row]];
    const mean = (foldSum[folds] - foldSum[f]) / Math.max(1, foldSize[folds] - foldSize[f]);
    const size = sizes[base + folds] - sizes[base + f];
    const own = (sums[base + folds] - sums[base + f] + priorRows * mean) / (size + priorRows);
    return [(values[row] - own) ** 2, (values[row] - mean) ** 2];
  });
  // Of errors, not of their squares: else a correlation of 0.9 would read as 0.8.
  const ofErrors = (share: number) => 1 - Math.sqrt(Math.max(0, 1 - share));
  const { low, high } = squared.interval;
  return { power: ofErrors(squared.power), interval: { low: ofErrors(low), high: ofErrors(high) } };
}

/** 1 - mean loss / mean naive loss, its interval by the delta method. @param losses of a row: with the column, without it */
function powerFrom(rows: number, losses: (row: number) => readonly [number, number]): ColumnPower {
  let [own, naive, ownOwn, ownNaive, naiveNaive] = [0, 0, 0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const [a, b] = losses(row);
    own += a;
    naive += b;
    ownOwn += a * a;
    ownNaive += a * b;
    naiveNaive += b * b;
  }
  if (!(naive > 0)) return { power: 0, interval: { low: 0, high: 0 } };
  const ratio = own / naive;
  // The spread of own - ratio x naive, whose mean is 0.
  const spread = Math.sqrt(Math.max(0, ownOwn - 2 * ratio * ownNaive + ratio * ratio * naiveNaive)) / naive;
  return { power: 1 - ratio, interval: { low: 1 - ratio - 1.96 * spread, high: 1 - ratio + 1.96 * spread } };
}
