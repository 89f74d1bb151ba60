import { type Table, takeRows } from '../../data/table.ts';
import type { CountedPredictor } from '../counted-predictor.ts';
import type { ExplainedOutput } from '../explained-output.ts';
import { HybridRows } from '../shapley/hybrid-rows.ts';
import { keptValues } from './attributors.ts';
import { strongest } from './random-comparison.ts';

/** Background rows by which the strongest of very many columns are found. */
const screeningRows = 4;

/** Only the columns of these names. */
export const withColumnsNamed = ({ rowCount, columns }: Table, names: readonly string[]): Table => {
  const wanted = new Set(names);
  return { rowCount, columns: columns.filter(({ name }) => wanted.has(name)) };
};

/** The row with the levels of the background first. */
export const inKindsOf = (background: Table, row: Table): Table => {
  const one = takeRows(background, [0]);
  const players = background.columns.map((_, column) => [column]);
  return new HybridRows(row, one, players).table(new Uint8Array(players.length).fill(1), 0, 1);
};

/** The columns whose own value alone moves a few background rows' predictions most. */
export async function movingColumns(
  counted: CountedPredictor,
  row: Table,
  background: Table,
  output: ExplainedOutput,
  most: number,
): Promise<string[]> {
  const few = takeRows(background, [...Array(Math.min(screeningRows, background.rowCount)).keys()]);
  const count = few.columns.length;
  const members = new Uint8Array(count * (count + 1));
  for (let column = 0; column < count; column++) members[(column + 1) * count + column] = 1;
  const [nobody, ...alone] = await keptValues(counted, row, few, members, output);
  const moved = Float64Array.from(alone, (value) => value - nobody);
  return Array.from(strongest(moved, most), (column) => few.columns[column].name);
}
