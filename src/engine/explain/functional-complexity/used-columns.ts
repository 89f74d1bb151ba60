import { type Column, type Table, takeRows, withColumns } from '../../data/table.ts';
import type { Prediction, Predictor } from '../../models/predictor.ts';
import type { Random } from '../../random.ts';

/** Shuffles after which a column that changed nothing counts as unused. */
const draws = 3;

/**
 * Names of the columns where a prediction changes when the row's value is replaced by that of another row (Molnar, Casalicchio and
 * Bischl 2019, number of features, algorithm 1).
 */
export async function usedColumns(
  predictor: Predictor,
  rows: Table,
  random: Random,
  signal: AbortSignal,
): Promise<string[]> {
  const before = await predictor.predict(rows);
  const used: string[] = [];
  for (const column of rows.columns) {
    signal.throwIfAborted();
    if (await isUsed(predictor, rows, column, before, random)) used.push(column.name);
  }
  return used;
}

async function isUsed(predictor: Predictor, rows: Table, column: Column, before: Prediction, random: Random) {
  for (let draw = 0; draw < draws; draw++) {
    const donors = takeRows({ rowCount: rows.rowCount, columns: [column] }, random.permutation(rows.rowCount));
    const after = await predictor.predict(withColumns(rows, donors.columns));
    if (after.values.some((value, i) => value !== before.values[i])) return true;
  }
  return false;
}
