import { adoptColumns, type KnownColumn } from './adopt-columns.ts';
import { type SourceOptions, withSource } from './source.ts';
import type { Table } from './table.ts';

/**
 * Loads rows to predict: the columns of a model (`ModelBundle.columns`), all rows in the file's order, no target needed.
 * See `adoptColumns` for levels that the model has not seen and for the errors.
 */
export function loadRows(options: SourceOptions, columns: readonly KnownColumn[], signal: AbortSignal): Promise<Table> {
  return withSource(options, signal, async (source) => ({
    rowCount: source.rowCount,
    columns: await adoptColumns(source, columns),
  }));
}
