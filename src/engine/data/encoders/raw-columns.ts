import { UserError } from '../../../shared/faults.ts';
import { type CodedColumn, type Column, columnNamed, type Table } from '../table.ts';

/** Code of a level that was not among those asked for; -1 is missing, as in a table. */
export const unseen = -2;

/**
 * The numbers of a column, found by name. [rows], NaN where missing; infinities count as missing.
 * Throws a RangeError where the column is absent, a UserError where it holds text.
 */
export function numbersOf(table: Table, name: string): Float64Array {
  const column = columnNamed(table, name);
  if (column.kind === 'coded') {
    if (isBlank(column)) return new Float64Array(table.rowCount).fill(Number.NaN);
    throw wrongKind(name, 'numbers', 'text');
  }
  return hasInfinity(column.values)
    ? column.values.map((value) => (Math.abs(value) === Number.POSITIVE_INFINITY ? Number.NaN : value))
    : column.values;
}

/**
 * Codes of a column into the given levels, found by the column's name and the levels' text, however the table codes them.
 * [rows], each an index into `levels`, -1 where missing, `unseen` where the level is none of them.
 * Throws a RangeError where the column is absent, a UserError where it holds numbers.
 */
export function codesOf(table: Table, name: string, levels: ReadonlyMap<string, number>): Int32Array {
  const column = columnNamed(table, name);
  if (column.kind === 'numeric') {
    if (isBlank(column)) return new Int32Array(table.rowCount).fill(-1);
    throw wrongKind(name, 'text', 'numbers');
  }
  const translation = Int32Array.from(column.levels, (level) => levels.get(level) ?? unseen);
  return column.codes.map((code) => (code < 0 ? -1 : translation[code]));
}

/** Columns in the order of their names: what is learnt must not depend on the order in which a table lists them. */
export const byName = (table: Table): Column[] => table.columns.toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** How often each level occurs. [levels]. */
export function levelCounts(codes: Int32Array, levelCount: number): Uint32Array {
  const counts = new Uint32Array(levelCount);
  for (const code of codes) if (code >= 0) counts[code]++;
  return counts;
}

/** The levels that rows have, the most frequent first, equals by their text: their coding must not matter. */
export function frequentLevels({ codes, levels }: CodedColumn, most?: number): { level: string; count: number }[] {
  const counts = levelCounts(codes, levels.length);
  const present = Array.from(counts.keys()).filter((code) => counts[code] > 0);
  return present
    .sort((a, b) => counts[b] - counts[a] || (levels[a] < levels[b] ? -1 : 1))
    .slice(0, most)
    .map((code) => ({ level: levels[code], count: counts[code] }));
}

/** A loop, which takes a tenth of the time of a call for every value. */
function hasInfinity(values: Float64Array): boolean {
  for (let row = 0; row < values.length; row++) if (Math.abs(values[row]) === Number.POSITIVE_INFINITY) return true;
  return false;
}

/** A column without any value has no kind of its own: a loader may call it either. */
const isBlank = (column: Column) =>
  column.kind === 'coded' ? column.codes.every((code) => code < 0) : column.values.every(Number.isNaN);

const wrongKind = (name: string, expected: string, got: string) =>
  new UserError('column-kind', `Column "${name}" held ${expected} when the model was fitted and holds ${got} here.`, {
    advice: `Give column "${name}" the type it had then, under "data" in the experiment file or in the data itself.`,
  });
