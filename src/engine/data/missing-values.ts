import { type Database, sqlText } from './database.ts';

/**
 * Spellings that mean 'no value', upper and lower case as listed ("Na" stays sodium). After pandas' own list
 * (pandas.read_csv, `na_values`), with the "?" of the UCI tables and the "." of SAS.
 */
export const missingSpellings: readonly string[] = [
  '?',
  '.',
  'NA',
  'N/A',
  'n/a',
  '#N/A',
  '#NA',
  '<NA>',
  'NaN',
  'nan',
  '-nan',
  '-NaN',
  'NAN',
  'null',
  'NULL',
  'Null',
  'None',
];

/**
 * Empties the cells of one column of the table `source` that spell 'no value', and counts them by spelling.
 * Cells that are empty already are not counted.
 */
export async function clearMissing(database: Database, column: string): Promise<Readonly<Record<string, number>>> {
  const spelled = `${column} IN (${missingSpellings.map(sqlText).join(', ')})`;
  const found = await database.rows(
    `SELECT ${column}, count(*)::DOUBLE FROM source WHERE ${spelled} GROUP BY 1 ORDER BY 1`,
  );
  if (found.length > 0) await database.run(`UPDATE source SET ${column} = NULL WHERE ${spelled}`);
  return Object.fromEntries(found.map(([text, times]) => [String(text), Number(times)]));
}
