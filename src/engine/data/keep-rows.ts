import type { Source } from './source.ts';
import type { Column } from './table.ts';

export interface KeptRows {
  /** Positions in the source, ascending. */
  readonly rowIds: Uint32Array;
  readonly notes: readonly string[];
}

/** Positions of the rows in which none of these columns is missing, and a note for each column that cost rows. */
export function keepRows(source: Source, needed: readonly Column[]): KeptRows {
  const notes: string[] = [];
  let rowIds = Uint32Array.from({ length: source.rowCount }, (_, row) => row);
  for (const column of needed) {
    const before = rowIds.length;
    rowIds = rowIds.filter((row) =>
      column.kind === 'numeric' ? !Number.isNaN(column.values[row]) : column.codes[row] >= 0,
    );
    if (rowIds.length < before) {
      notes.push(
        `${before - rowIds.length} of ${source.rowCount} rows are dropped, since "${column.name}" is missing there.`,
      );
    }
  }
  return { rowIds, notes };
}
