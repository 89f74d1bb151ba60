import { type Database, sqlText } from './database.ts';
import { countByColumn, partOf } from './parts.ts';

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
 * Empties the cells of columns c0, c1, ... that spell 'no value', and counts them by spelling, for each column. Cells that are empty already
 * are not counted.
 */
export async function clearMissing(
  database: Database,
  rowCount: number,
  columns: number,
): Promise<Readonly<Record<string, number>>[]> {
  const positions = [...new Array(columns).keys()];
  const counts = await countByColumn(database, rowCount, positions, [
    `count(*) FILTER (WHERE ${spelled('v')})::DOUBLE`,
  ]);
  const found: Record<string, number>[] = [];
  for (const position of positions) {
    found.push(counts[position][0] > 0 ? await clearColumn(database, position) : {});
  }
  return found;
}

const spelled = (text: string) => `${text} IN (${missingSpellings.map(sqlText).join(', ')})`;

async function clearColumn(database: Database, position: number): Promise<Record<string, number>> {
  const [part, column] = [partOf(position), `c${position}`];
  const found = await database.rows(
    `SELECT ${column}, count(*)::DOUBLE FROM ${part} WHERE ${spelled(column)} GROUP BY 1 ORDER BY 1`,
  );
  await database.run(`UPDATE ${part} SET ${column} = NULL WHERE ${spelled(column)}`);
  return Object.fromEntries(found.map(([text, times]) => [String(text), Number(times)]));
}
