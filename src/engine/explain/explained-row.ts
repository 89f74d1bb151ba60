import type { ExplainData } from './explainer.ts';

/** Throws a RangeError where the part has no such row. */
export function checkRow(row: number, { evaluation, part }: ExplainData): void {
  const rows = evaluation.features.rowCount;
  if (!Number.isInteger(row) || row < 0 || row >= rows)
    throw new RangeError(`there is no row ${row} in the ${part} part of ${rows} rows`);
}
