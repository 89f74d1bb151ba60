import type { DatasetInfo } from '../../../shared/dataset.ts';
import { UserError } from '../../../shared/faults.ts';
import type { Edit } from '../../../shared/results/robustness.ts';
import { recode } from '../../data/adopt-columns.ts';
import { nameAdvice } from '../../data/closest-name.ts';
import { type CodedColumn, type Column, cell, type NumericColumn, type Table } from '../../data/table.ts';

/** A cell as it was typed or said; null and an empty text are missing. */
export type GivenCell = number | string | boolean | null;

/** A row as it was and as it is wanted. */
export interface EditedRow {
  /** Two rows: as it was, and edited. */
  readonly rows: Table;
  /** Cells that differ. */
  readonly edits: readonly Edit[];
  readonly notes: readonly string[];
}

/**
 * Reads the changes as the columns' types ask for and lays both rows one under the other. A level that the column does not know is
 * added behind those that it knows, so that a predictor counts it as unseen.
 * @param base one row
 * Throws a UserError on a column that is none of the features, a value of the wrong type, and for images.
 */
export function editedRow(base: Table, changes: Readonly<Record<string, GivenCell>>, info: DatasetInfo): EditedRow {
  const known = new Set(base.columns.map(({ name }) => name));
  for (const name of Object.keys(changes)) if (!known.has(name)) throw unknownColumn(name, [...known], info);
  const edits: Edit[] = [];
  const notes: string[] = [];
  const columns = base.columns.map((column): Column => {
    if (!Object.hasOwn(changes, column.name)) return twice(column);
    const edited = editedColumn(column, changes[column.name]);
    const [from, to] = [cell(edited, 0), cell(edited, 1)];
    if (from === to) notes.push(`"${column.name}" is ${from === null ? 'missing' : String(from)} already.`);
    else edits.push({ column: column.name, from, to });
    return edited;
  });
  const rows = { rowCount: 2, columns };
  if (columns.length > 0 && columns.every((column) => cell(column, 1) === null))
    notes.push(
      'Every value of the edited row is missing: what the model predicts is what it says when nothing is known.',
    );
  return { rows, edits, notes };
}

const twice = (column: Column): Column =>
  column.kind === 'numeric'
    ? { ...column, values: Float64Array.of(column.values[0], column.values[0]) }
    : { ...column, codes: Int32Array.of(column.codes[0], column.codes[0]) };

function editedColumn(column: Column, given: GivenCell): Column {
  if (column.kind === 'numeric')
    return { ...column, values: Float64Array.of(column.values[0], readNumber(column, given)) };
  if (column.type === 'image')
    throw new UserError('column-fixed', `"${column.name}" is a picture, which cannot be edited here.`, {
      advice: 'Predict with another file in its place: vitrine predict FILE DATA.',
    });
  const level = given === null || given === '' ? null : String(given);
  if (level === null) return { ...column, codes: Int32Array.of(column.codes[0], -1) };
  return withLevel(column, level);
}

/** Known levels keep their codes, however a number is spelled. */
function withLevel(column: CodedColumn, level: string): CodedColumn {
  const own: CodedColumn = { ...column, levels: [level], codes: Int32Array.of(0) };
  const { levels, codes } = recode(own, column.levels);
  return { ...column, levels, codes: Int32Array.of(column.codes[0], codes[0]) };
}

function readNumber({ name, type }: NumericColumn, given: GivenCell): number {
  if (given === null || given === '') return Number.NaN;
  if (type === 'date') return readDate(name, given);
  const value = typeof given === 'boolean' ? Number.NaN : Number(given);
  if (Number.isFinite(value) && String(given).trim() !== '') return value;
  throw new UserError('cell-value', `"${name}" is a number, and ${JSON.stringify(given)} is none.`, {
    advice: 'Write it with a point, such as 12.5, or leave it empty for missing.',
  });
}

const isoDate = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z?)?$/;

/** Milliseconds since 1970-01-01 UTC. */
function readDate(name: string, given: GivenCell): number {
  const text = typeof given === 'string' ? given.trim() : '';
  const [day, time] = text.replace(/Z$/, '').split(/[T ]/);
  const value = isoDate.test(text) ? Date.parse(time === undefined ? day : `${day}T${time}Z`) : Number.NaN;
  // The 31st of a month of 30 days would be read as the day after.
  if (Number.isFinite(value) && new Date(value).toISOString().startsWith(day)) return value;
  throw new UserError('cell-value', `"${name}" is a date, and ${JSON.stringify(given)} is none.`, {
    advice: 'Write it as 2024-05-17 or 2024-05-17T08:30 (UTC), or leave it empty for missing.',
  });
}

function unknownColumn(name: string, features: readonly string[], { columns, target }: DatasetInfo): UserError {
  const other = columns.find((column) => column.name === name);
  const words =
    name === target
      ? `"${name}" is what is predicted: it is no column of the model.`
      : other
        ? `"${name}" is ${other.role === 'ignored' ? 'ignored' : `used as ${other.role}`} in this experiment: it is no column of the model.`
        : `there is no column "${name}".`;
  return new UserError('column-unknown', words, { advice: nameAdvice(name, features) });
}
