import type { Column } from './table.ts';

/** [rows] cells as numbers: values, or codes; NaN is missing. A numeric column's own array: not to be written to. */
export const cellNumbers = (column: Column): Float64Array =>
  column.kind === 'numeric' ? column.values : Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : code));
