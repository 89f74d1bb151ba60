import type { ColumnType } from '../../shared/dataset.ts';
import { columnTypes } from '../../shared/dataset.ts';
import { UserError } from '../../shared/faults.ts';
import { countWords, listWords } from '../../shared/results/numbers.ts';
import { closestName } from './closest-name.ts';
import { profileColumns } from './column-profile.ts';
import { settleImages } from './images/settle-images.ts';
import { type ColumnRequest, readColumns } from './read-columns.ts';
import type { Source } from './source.ts';
import type { CodedColumn, Column } from './table.ts';

/** A column as another table, or a model, knows it. */
export interface KnownColumn {
  readonly name: string;
  readonly type: string;
  /** In the order of their codes; coded columns only. */
  readonly levels?: readonly string[];
}

export interface AdoptedColumns {
  readonly columns: Column[];
  /** Of images, by path: see `settleImages`. */
  readonly contents: ReadonlyMap<string, string>;
  /** What a person should know: columns that are left alone, images that cannot be read, levels that are new. */
  readonly notes: readonly string[];
}

/**
 * Reads the known columns from a new file as their known types, in the known order; other columns are left alone.
 * Known levels keep their codes, however a number is spelled. Levels that are new follow them, so that a predictor sees their text and
 * counts them as unseen.
 * Nothing is said of the target, which may stand beside them.
 * Throws a UserError where a column is missing (and names the one that may be meant) or a value is not a number or date as it should be.
 */
export async function adoptColumns(
  source: Source,
  known: readonly KnownColumn[],
  target?: string,
): Promise<AdoptedColumns> {
  checkPresent(source, known);
  const profiles = await profileColumns(
    source,
    known.map(({ name }) => source.names.indexOf(name)),
  );
  const requests = profiles.map((profile, i): ColumnRequest => ({ profile, type: columnTypeOf(known[i].type) }));
  const {
    columns: read,
    contents,
    notes,
  } = await settleImages(await readColumns(source, requests, adviceHere), source.folder, source.signal);
  const columns = read.map((column, i) => (column.kind === 'coded' ? recode(column, known[i].levels ?? []) : column));
  return {
    columns,
    contents,
    notes: [
      ...spareNotes(source, [...known.map(({ name }) => name), ...(target === undefined ? [] : [target])]),
      ...notes,
      ...columns.flatMap((column, i) => newLevels(column, known[i])),
    ],
  };
}

/** No experiment file says here what type a column has: the training data did. */
const adviceHere =
  'Mend the value or leave the cell empty: the column must hold what it held in the training data; else train anew.';

const shownAtMost = 5;
const namesWords = (names: readonly string[]): string => {
  const shown = names.slice(0, shownAtMost).map((name) => `"${name}"`);
  return listWords(names.length > shownAtMost ? [...shown, `${names.length - shownAtMost} more`] : shown);
};

function spareNotes({ names }: Source, known: readonly string[]): string[] {
  const expected = new Set(known);
  const spare = names.filter((name) => !expected.has(name));
  if (spare.length === 0) return [];
  return [
    `${spare.length === 1 ? 'A column is' : 'Columns are'} left alone, since the model does not know ${spare.length === 1 ? 'it' : 'them'}: ${namesWords(spare)}.`,
  ];
}

/** Said only where the model has kept the levels that it knows. */
function newLevels(column: Column, { levels }: KnownColumn): string[] {
  if (column.kind !== 'coded' || column.type === 'image' || !levels || column.levels.length === levels.length)
    return [];
  const rows = column.codes.reduce((count, code) => count + (code >= levels.length ? 1 : 0), 0);
  const strange = column.levels.slice(levels.length);
  const of = strange.length === 1 ? 'a level' : `${strange.length} levels`;
  return [
    `In "${column.name}", ${countWords(rows, 'row')} ${rows === 1 ? 'has' : 'have'} ${of} that the model has not seen: ${namesWords(strange)}.`,
  ];
}

function checkPresent({ names, shown }: Source, known: readonly KnownColumn[]): void {
  const absent = known.filter(({ name }) => !names.includes(name));
  if (absent.length === 0) return;
  const spare = names.filter((name) => !known.some((column) => column.name === name));
  const meant = absent.flatMap(({ name }) => {
    const close = closestName(name, spare);
    return close === undefined ? [] : [`"${close}" may be meant for "${name}"`];
  });
  const list = absent.map(({ name }) => `"${name}"`).join(', ');
  throw new UserError(
    'column-missing',
    `${absent.length === 1 ? 'a column of' : 'columns of'} the training data ${absent.length === 1 ? 'is' : 'are'} missing here: ${list}.`,
    {
      place: { file: shown, line: 1 },
      advice:
        meant.length > 0
          ? `${meant.join(', ')}: rename it.`
          : 'Add it; where its values are not known, leave the cells empty.',
    },
  );
}

function columnTypeOf(type: string): ColumnType {
  const found = columnTypes.find((known) => known === type);
  if (!found) throw new RangeError(`unknown column type "${type}"`);
  return found;
}

/** The same cells, coded by the known levels first and by the new ones after them. */
export function recode(column: CodedColumn, known: readonly string[]): CodedColumn {
  const codes = new Map(known.map((level, code) => [level, code]));
  const levels = [...known];
  const spellings = new Map(known.map((level, code) => [spelling(level, column.type), code]));
  const newCodes = Int32Array.from(column.levels, (level) => {
    const code = codes.get(level) ?? spellings.get(spelling(level, column.type));
    if (code !== undefined) return code;
    levels.push(level);
    return levels.length - 1;
  });
  return { ...column, levels, codes: column.codes.map((code) => (code < 0 ? -1 : newCodes[code])) };
}

/** 1.0 is the level 1, and TRUE the level true. */
function spelling(level: string, type: CodedColumn['type']): string {
  if (type === 'text' || type === 'image' || type === 'id') return level;
  const number = Number(level);
  // 007 is a code, not 7.
  if (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(level) && Number.isSafeInteger(Math.trunc(number))) return String(number);
  return type === 'boolean' ? level.toLowerCase() : level;
}
