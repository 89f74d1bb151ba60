import type { Target } from '../../data/dataset.ts';
import { frequentLevels, numbersOf } from '../../data/encoders/raw-columns.ts';
import type { Column, Table } from '../../data/table.ts';
import { firstAtLeast } from '../../statistics/first-at-least.ts';

/** Values as a few bins; missing is one of its own. */
export interface Binned {
  /** [rows] below `count` */
  readonly bins: Uint8Array;
  readonly count: number;
}

const mostBins = 16;

/** Classes as they are, at most 256; values in bins of as many rows. */
export const binnedTarget = (target: Target): Binned =>
  target.kind === 'classes'
    ? {
        bins: Uint8Array.from(target.codes, (code) => Math.min(code, 255)),
        count: Math.min(256, target.classes.length),
      }
    : binnedNumbers(target.values);

/** Numbers in bins of as many rows, levels as they are; the rarest levels share one. */
export const binnedColumn = (table: Table, column: Column): Binned =>
  column.kind === 'numeric' ? binnedNumbers(numbersOf(table, column.name)) : binnedLevels(column);

export function binnedNumbers(values: Float64Array): Binned {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const edges = new Set<number>();
  for (let i = 1; i < mostBins - 1; i++) edges.add(sorted[Math.floor((i * sorted.length) / (mostBins - 1))]);
  // Of few different values each has its own bin, whatever its share.
  const distinct = distinctOf(sorted, mostBins - 1);
  const ascending = Float64Array.from(distinct ?? edges).sort();
  const missing = ascending.length + 1;
  const bins = Uint8Array.from(values, (value) => (Number.isNaN(value) ? missing : firstAtLeast(ascending, value)));
  return { bins, count: missing + 1 };
}

/** The different values, ascending; undefined where there are more than `most`. */
function distinctOf(sorted: Float64Array, most: number): number[] | undefined {
  const distinct: number[] = [];
  for (let i = 0; i < sorted.length; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) continue;
    if (distinct.length === most) return undefined;
    distinct.push(sorted[i]);
  }
  return distinct;
}

function binnedLevels(column: Extract<Column, { kind: 'coded' }>): Binned {
  const own = new Map(frequentLevels(column, mostBins - 2).map(({ level }, i) => [level, i]));
  const [others, missing] = [own.size, own.size + 1];
  const places = Uint8Array.from(column.levels, (level) => own.get(level) ?? others);
  return { bins: Uint8Array.from(column.codes, (code) => (code < 0 ? missing : places[code])), count: missing + 1 };
}
