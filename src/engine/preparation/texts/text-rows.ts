import { codesOf } from '../../data/encoders/raw-columns.ts';
import { type Column, columnNamed, type Table } from '../../data/table.ts';

/** Numbers of one text: places, ascending, and what stands there; the others are 0. */
export interface SparseText {
  readonly places: Uint32Array;
  readonly values: Float64Array;
}

/** The texts of a column, each different one once. rows: [rows] place among `texts`, -1 where missing. */
export interface TextRows {
  readonly texts: readonly string[];
  readonly rows: Int32Array;
}

/** Only the texts that rows of this table have, whatever its levels. Throws a UserError where the column holds numbers. */
export function textRows(table: Table, name: string): TextRows {
  const column: Column = columnNamed(table, name);
  if (column.kind === 'numeric') return { texts: [], rows: codesOf(table, name, new Map()) };
  const places = new Int32Array(column.levels.length).fill(-1);
  const texts: string[] = [];
  const rows = column.codes.map((code) => {
    if (code < 0) return -1;
    if (places[code] < 0) places[code] = texts.push(column.levels[code]) - 1;
    return places[code];
  });
  return { texts, rows };
}

/** Divides by the Euclidean length, so that a long text counts as much as a short one. */
export function toUnitLength(values: Float64Array): Float64Array {
  let squares = 0;
  for (const value of values) squares += value * value;
  if (squares > 0) for (let i = 0; i < values.length; i++) values[i] /= Math.sqrt(squares);
  return values;
}
