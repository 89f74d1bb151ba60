import type { ColumnType } from '../../shared/dataset.ts';

/** Numbers, integers and dates (milliseconds since 1970-01-01 UTC); NaN is missing. */
export interface NumericColumn {
  readonly kind: 'numeric';
  readonly name: string;
  readonly type: Extract<ColumnType, 'number' | 'integer' | 'date'>;
  /** [rows] */
  readonly values: Float64Array;
}

/** Everything else, as codes into a list of levels; -1 is missing. Levels of images are the absolute paths of their files. */
export interface CodedColumn {
  readonly kind: 'coded';
  readonly name: string;
  readonly type: Extract<ColumnType, 'category' | 'boolean' | 'text' | 'image' | 'id'>;
  /** [rows], each -1 or an index into `levels`. */
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

export type Column = NumericColumn | CodedColumn;

/** Rows by named columns, the user's own: what every `Predictor` takes. Immutable by convention. */
export interface Table {
  readonly rowCount: number;
  readonly columns: readonly Column[];
}

/** A cell as a person would write it; null is missing. */
export type Cell = number | string | null;

/** Columns by name, of tables that were asked for one: looking through thousands for each of thousands takes seconds. */
const indexes = new WeakMap<Table, ReadonlyMap<string, Column>>();

/** The column of that name. Throws a RangeError where there is none. */
export function columnNamed(table: Table, name: string): Column {
  let index = indexes.get(table);
  if (!index) {
    index = new Map(table.columns.map((column) => [column.name, column]));
    indexes.set(table, index);
  }
  const column = index.get(name);
  if (!column) throw new RangeError(`no column "${name}" among ${table.columns.map((c) => c.name).join(', ')}`);
  return column;
}

/** The rows at these positions, in this order, repeats allowed. */
export function takeRows(table: Table, rows: ArrayLike<number>): Table {
  return { rowCount: rows.length, columns: table.columns.map((column) => takeColumn(column, rows)) };
}

function takeColumn(column: Column, rows: ArrayLike<number>): Column {
  if (column.kind === 'numeric') {
    const values = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i]];
    return { ...column, values };
  }
  const codes = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i]];
  return { ...column, codes };
}

/** The same table with the columns of these names replaced; lengths must agree. */
export function withColumns(table: Table, replacements: readonly Column[]): Table {
  const byName = new Map(replacements.map((column) => [column.name, column]));
  return { rowCount: table.rowCount, columns: table.columns.map((column) => byName.get(column.name) ?? column) };
}

/** One value; dates as ISO text (days without a time), coded columns as their level. */
export function cell(column: Column, row: number): Cell {
  if (column.kind === 'coded') return column.codes[row] < 0 ? null : column.levels[column.codes[row]];
  const value = column.values[row];
  if (Number.isNaN(value)) return null;
  return column.type === 'date' ? new Date(value).toISOString().replace('T00:00:00.000Z', '') : value;
}

/** A row as an object by column name. */
export const record = (table: Table, row: number): Record<string, Cell> =>
  Object.fromEntries(table.columns.map((column) => [column.name, cell(column, row)]));
