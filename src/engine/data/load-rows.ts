import { adoptColumns, type KnownColumn } from './adopt-columns.ts';
import { type SourceOptions, withSource } from './source.ts';
import type { Table } from './table.ts';

export interface LoadedRows {
  readonly rows: Table;
  /** What a person should know of how the file was read. */
  readonly notes: readonly string[];
}

/**
 * Loads rows to predict: the columns of a model (a `ModelBundle` has them), all rows in the file's order, no target needed.
 * See `adoptColumns` for levels that the model has not seen and for the errors.
 */
export function loadRows(
  options: SourceOptions,
  { columns, target }: { readonly columns: readonly KnownColumn[]; readonly target?: string },
  signal: AbortSignal,
): Promise<LoadedRows> {
  return withSource(options, signal, async (source) => {
    const adopted = await adoptColumns(source, columns, target);
    return { rows: { rowCount: source.rowCount, columns: adopted.columns }, notes: adopted.notes };
  });
}
