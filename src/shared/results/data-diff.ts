import type { ColumnType } from '../dataset.ts';
import { countWords, listWords, numberWords } from './numbers.ts';

/** How the data of an experiment differ from those of its study before. */
export interface DataDiff {
  readonly rows: { readonly before: number; readonly after: number };
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly retyped: readonly { readonly name: string; readonly before: ColumnType; readonly after: ColumnType }[];
  /** Columns of one type in which other values stand, as far as their ranges and counts tell. */
  readonly changed: readonly string[];
  /** Rows of each class whose count differs; 0 where there is no such class. */
  readonly classes: readonly { readonly name: string; readonly before: number; readonly after: number }[];
}

const shownAtMost = 5;

/** 'The data have changed since the last study: 20 rows more (120 to 140); the column "age" is new.' */
export function dataDiffWords(diff: DataDiff): string {
  const { rows, added, removed, retyped, changed, classes } = diff;
  const parts = [
    rowWords(rows),
    added.length > 0 && `${named(added)} ${added.length === 1 ? 'is' : 'are'} new`,
    removed.length > 0 && `${named(removed)} ${removed.length === 1 ? 'is' : 'are'} gone`,
    ...retyped.map(({ name, before, after }) => `"${name}" is read as ${after}, was ${before}`),
    changed.length > 0 && `other values in ${named(changed)}`,
    classes.length > 0 && `rows of ${limited(classes.map(classWords))}`,
  ].filter((part) => part !== false);
  const words = parts.length > 0 ? parts.join('; ') : 'the order of rows or columns, or single values';
  return `The data have changed since the last study: ${words}.`;
}

function rowWords({ before, after }: DataDiff['rows']): string | false {
  if (before === after) return false;
  const change = countWords(Math.abs(after - before), 'row');
  return `${change} ${after > before ? 'more' : 'fewer'} (${numberWords(before)} to ${numberWords(after)})`;
}

const named = (names: readonly string[]): string =>
  `${names.length === 1 ? 'the column' : 'the columns'} ${limited(names.map((name) => `"${name}"`))}`;

const limited = (words: readonly string[]): string =>
  listWords(
    words.length > shownAtMost ? [...words.slice(0, shownAtMost), `${words.length - shownAtMost} more`] : words,
  );

const classWords = ({ name, before, after }: DataDiff['classes'][number]): string =>
  `"${name}" ${numberWords(before)} to ${numberWords(after)}`;
