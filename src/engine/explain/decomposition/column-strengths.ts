import { type Column, type Table, takeRows } from '../../data/table.ts';
import type { Random } from '../../random.ts';
import { sampleRows } from '../sample-rows.ts';
import type { Asking } from './asking.ts';

/** Predictions that a screen may take, and rows by which a column is judged at least and at most. */
const [mostPredictions, fewestRows, mostRows] = [20_000, 4, 100];
/** Columns whose changed rows are asked for at once. */
const columnsAtOnce = 64;

/**
 * [columns] how much the numbers vary with each column, for a quick look: half the mean squared change when its value is that of another row,
 * an estimate of Sobol's total effect (Jansen 1999). The sum over all outputs. Undefined where it was enough before the end.
 */
export async function columnStrengths(
  asking: Asking,
  table: Table,
  random: Random,
  progress: (share: number) => void,
): Promise<Float64Array | undefined> {
  const count = table.columns.length;
  const wanted = Math.min(mostRows, Math.max(fewestRows, Math.floor(mostPredictions / count)));
  const base = takeRows(table, sampleRows(table.rowCount, wanted, random.fork('screened')));
  const donors = takeRows(table, sampleRows(table.rowCount, base.rowCount, random.fork('donors')));
  const order = random.fork('order').permutation(base.rowCount);
  const own = await asking.whole(base);
  const strengths = new Float64Array(count);
  for (let from = 0; from < count; from += columnsAtOnce) {
    progress(from / count);
    const columns = Array.from({ length: Math.min(columnsAtOnce, count - from) }, (_, i) => from + i);
    const rows = Uint32Array.from({ length: columns.length * base.rowCount }, (_, i) => i % base.rowCount);
    const set = columns.map((j, block) => mixed(base.columns[j], donors.columns[j], order, columns.length, block));
    const changed = await asking.of({ base, rows, set });
    if (!own || !changed) return undefined;
    const width = base.rowCount * own.outputs;
    changed.values.forEach((value, i) => {
      strengths[from + Math.floor(i / width)] += (value - own.values[i % width]) ** 2 / (2 * base.rowCount);
    });
  }
  return strengths;
}

/** The column's own values block after block, but in one block the donors', in another order. */
function mixed(own: Column, donor: Column, order: Uint32Array, blocks: number, block: number): Column {
  const rows = order.length;
  const fill = <T extends Float64Array | Int32Array>(all: T, base: T, other: T): T => {
    for (let at = 0; at < blocks; at++) all.set(base, at * rows);
    order.forEach((from, i) => {
      all[block * rows + i] = other[from];
    });
    return all;
  };
  if (own.kind === 'numeric' && donor.kind === 'numeric')
    return { ...own, values: fill(new Float64Array(blocks * rows), own.values, donor.values) };
  if (own.kind === 'coded' && donor.kind === 'coded')
    return { ...own, codes: fill(new Int32Array(blocks * rows), own.codes, donor.codes) };
  return own;
}

/** Positions of so many columns, the strongest first. */
export const strongest = (strengths: Float64Array, most: number): number[] =>
  [...strengths.keys()].sort((a, b) => strengths[b] - strengths[a] || a - b).slice(0, most);
