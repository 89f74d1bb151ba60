import type { Column } from '../data/table.ts';
import { quantile } from '../statistics/quantile.ts';

/** Rows by group. */
export interface Grouping {
  readonly names: readonly string[];
  /** [rows] index of the group; -1: of none of them. */
  readonly codes: Int32Array;
}

/** How a column parts rows into groups, learnt once so that rows that come later are parted alike. Plain JSON. */
export interface GroupRule {
  readonly column: string;
  readonly type: Column['type'];
  /** The largest first. */
  readonly names: readonly string[];
  /** Group of each level, value or part of the range; of none that is not here. */
  readonly places: Readonly<Record<string, number>>;
  /** Where the range of numbers is cut; absent where each value is a group. */
  readonly edges?: readonly number[];
}

/** Levels beyond so many go together; numbers of more distinct values are cut at their quartiles. */
const usualGroups = 8;

/** The rows by level or value of a column, the largest group first; numbers of many values by their quarters; missing ones apart. */
export function groupsOf(column: Column, mostGroups = usualGroups): Grouping {
  return groupsBy(learnGroups(column, mostGroups), column);
}

/** The rows of a slice, and the others. */
export const sliceGrouping = (holds: Uint8Array): Grouping => ({
  names: ['in it', 'elsewhere'],
  codes: Int32Array.from(holds, (one) => 1 - one),
});

export function learnGroups(column: Column, mostGroups = usualGroups): GroupRule {
  const edges = column.kind === 'numeric' ? edgesOf(column.values) : undefined;
  const { name, type } = column;
  return { column: name, type, ...ordered(namesOf(column, edges), mostGroups), ...(edges && { edges }) };
}

export function groupsBy({ names, places, edges }: GroupRule, column: Column): Grouping {
  const known = new Map(Object.entries(places));
  return { names, codes: Int32Array.from(namesOf(column, edges), (name) => known.get(name) ?? -1) };
}

const namesOf = (column: Column, edges: readonly number[] | undefined): string[] =>
  column.kind === 'coded'
    ? Array.from(column.codes, (code) => (code < 0 ? 'missing' : column.levels[code]))
    : ofNumbers(column, edges);

/** None where there are few distinct values. */
function edgesOf(values: Float64Array): readonly number[] | undefined {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  if (new Set(known).size <= usualGroups) return undefined;
  return [...new Set([0.25, 0.5, 0.75].map((share) => quantile(known, share)))];
}

function ofNumbers(
  { values, type }: Extract<Column, { kind: 'numeric' }>,
  edges: readonly number[] | undefined,
): string[] {
  const said = (value: number) =>
    type === 'date' ? new Date(value).toISOString().slice(0, 10) : String(Number(value.toPrecision(4)));
  return Array.from(values, (value) => {
    if (Number.isNaN(value)) return 'missing';
    if (!edges) return said(value);
    const place = edges.filter((edge) => value > edge).length;
    if (place === 0) return `at most ${said(edges[0])}`;
    return place === edges.length
      ? `above ${said(edges[place - 1])}`
      : `${said(edges[place - 1])} to ${said(edges[place])}`;
  });
}

function ordered(names: readonly string[], mostGroups: number): Pick<GroupRule, 'names' | 'places'> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const bySize = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)!);
  const kept = bySize.length <= mostGroups ? bySize : [...bySize.slice(0, mostGroups - 1), 'all others'];
  return {
    names: kept,
    places: Object.fromEntries(bySize.map((name, i) => [name, Math.min(i, kept.length - 1)])),
  };
}

/** [groups] places of the rows of each. */
export function membersOf({ names, codes }: Grouping): Uint32Array[] {
  const sizes = new Uint32Array(names.length);
  for (const code of codes) if (code >= 0) sizes[code]++;
  const members = Array.from(sizes, (size) => new Uint32Array(size));
  const filled = new Uint32Array(names.length);
  codes.forEach((code, row) => {
    if (code >= 0) members[code][filled[code]++] = row;
  });
  return members;
}
