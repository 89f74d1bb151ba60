import type { Column } from '../../data/table.ts';
import { quantile } from '../../statistics/quantile.ts';

/** Rows by group. */
export interface Grouping {
  readonly names: readonly string[];
  /** [rows] index of the group. */
  readonly codes: Int32Array;
}

/** Levels beyond so many go together; numbers of more distinct values are cut at their quartiles. */
const mostGroups = 8;

/** The rows by level or value of a column, the largest group first; numbers of many values by their quarters; missing ones apart. */
export function groupsOf(column: Column): Grouping {
  return ordered(column.kind === 'coded' ? ofLevels(column.codes, column.levels) : ofNumbers(column));
}

/** The rows of a slice, and the others. */
export const sliceGrouping = (holds: Uint8Array): Grouping => ({
  names: ['in it', 'elsewhere'],
  codes: Int32Array.from(holds, (one) => 1 - one),
});

const ofLevels = (codes: ArrayLike<number>, levels: readonly string[]): string[] =>
  Array.from(codes, (code) => (code < 0 ? 'missing' : levels[code]));

function ofNumbers({ values, type }: Extract<Column, { kind: 'numeric' }>): string[] {
  const said = (value: number) =>
    type === 'date' ? new Date(value).toISOString().slice(0, 10) : String(Number(value.toPrecision(4)));
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  const few = new Set(known).size <= mostGroups;
  const edges = [...new Set([0.25, 0.5, 0.75].map((share) => quantile(known, share)))];
  return Array.from(values, (value) => {
    if (Number.isNaN(value)) return 'missing';
    if (few) return said(value);
    const place = edges.filter((edge) => value > edge).length;
    if (place === 0) return `at most ${said(edges[0])}`;
    return place === edges.length
      ? `above ${said(edges[place - 1])}`
      : `${said(edges[place - 1])} to ${said(edges[place])}`;
  });
}

function ordered(names: readonly string[]): Grouping {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const bySize = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)!);
  const kept = bySize.length <= mostGroups ? bySize : [...bySize.slice(0, mostGroups - 1), 'all others'];
  const placeOf = new Map(bySize.map((name, i) => [name, Math.min(i, kept.length - 1)]));
  return { names: kept, codes: Int32Array.from(names, (name) => placeOf.get(name)!) };
}
