import { setImmediate } from 'node:timers/promises';
import type { CodedColumn, NumericColumn, Table } from '../data/table.ts';
import { type ComparableRows, NeighbourTree } from '../learners/knn/neighbour-tree.ts';
import { standardDeviation } from '../statistics/mean.ts';
import { quantile } from '../statistics/quantile.ts';
import { ascending } from './column-cells.ts';

/** The nearest other rows of each row. */
export interface NearestRows {
  readonly count: number;
  /** [rows x count] nearest first; -1 where there are not so many others */
  readonly rows: Int32Array;
  /** [rows x count] Euclidean */
  readonly distances: Float64Array;
}

/** Scaled values end here, so that one absurd cell is far away but finite. */
const farthest = 1e4;
/** Interquartile range of a standard normal. */
const normalRange = 1.349;
/** Levels beyond so many a row say which row it is, not what it is like. */
const mostLevelShare = 0.5;

/**
 * Rows as they are compared: numbers from their median in robust standard deviations (interquartile range / 1.349), missing as the median;
 * two different levels are sqrt(2) apart, as two random numbers are. Constant columns and texts are left out.
 */
export function comparableRows(table: Table): ComparableRows {
  const rows = table.rowCount;
  const numeric = table.columns.filter((column): column is NumericColumn => column.kind === 'numeric');
  const scaled = numeric.flatMap((column) => scaledValues(column.values) ?? []);
  const coded = table.columns.filter(
    (column): column is CodedColumn => column.kind === 'coded' && isComparable(column),
  );
  const values = new Float32Array(rows * scaled.length);
  for (const [j, column] of scaled.entries()) {
    for (let row = 0; row < rows; row++) values[row * scaled.length + j] = column[row];
  }
  const codes = new Uint32Array(rows * coded.length);
  for (const [j, column] of coded.entries()) {
    for (let row = 0; row < rows; row++) codes[row * coded.length + j] = column.codes[row] + 1;
  }
  return { rows, numbers: scaled.length, coded: coded.length, values, codes };
}

function scaledValues(values: Float64Array): Float64Array | undefined {
  const sorted = ascending(values);
  if (sorted.length === 0 || sorted[0] === sorted[sorted.length - 1]) return undefined;
  const centre = quantile(sorted, 0.5);
  const range = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / normalRange;
  const scale = range > 0 ? range : standardDeviation(sorted);
  if (!(scale > 0 && Number.isFinite(scale))) return undefined;
  return values.map((value) =>
    Number.isNaN(value) ? 0 : Math.max(-farthest, Math.min(farthest, (value - centre) / scale)),
  );
}

const isComparable = ({ type, levels, codes }: CodedColumn): boolean =>
  type !== 'text' &&
  type !== 'image' &&
  levels.length > 1 &&
  levels.length <= Math.max(2, mostLevelShare * codes.length);

/** Rows that are looked up between two turns of the event loop. */
const atOnce = 100;

/** The `count` nearest others of each row. Throws the signal's reason once it is aborted. */
export async function nearestRows(rows: ComparableRows, count: number, signal: AbortSignal): Promise<NearestRows> {
  const tree = new NeighbourTree(rows);
  // A row is the nearest of itself; of many equal ones it may not be among them.
  const into = { places: new Int32Array(count + 1), distances: new Float64Array(count + 1) };
  const found = {
    count,
    rows: new Int32Array(rows.rows * count).fill(-1),
    distances: new Float64Array(rows.rows * count).fill(Number.POSITIVE_INFINITY),
  };
  for (let row = 0; row < rows.rows; row++) {
    if (row % atOnce === 0) {
      await setImmediate();
      signal.throwIfAborted();
    }
    tree.find(rows, row, into);
    for (let i = 0, at = row * count; i <= count && at < (row + 1) * count; i++) {
      if (into.places[i] === row || into.places[i] < 0) continue;
      found.rows[at] = into.places[i];
      found.distances[at++] = Math.sqrt(into.distances[i]);
    }
  }
  return found;
}
