import { type Column, type Table, takeRows } from '../../data/table.ts';
import type { Random } from '../../random.ts';
import type { Asking } from '../decomposition/asking.ts';
import type { Scores } from '../functional-complexity/additive-scale.ts';

/** Columns that are drawn as one: positions in the table. */
export type Factor = readonly number[];

/** [factors][draws] the row that each factor takes its values from. */
export type Draws = readonly Uint32Array[];

/** Each factor by itself from rows in random order, over and over, so that its values are as in the data and factors are independent. */
export const drawFactors = (factors: number, draws: number, rows: number, random: Random): Draws =>
  Array.from({ length: factors }, (_, factor) => {
    const stream = random.fork(`factor ${factor}`);
    const drawn = new Uint32Array(draws);
    for (let from = 0; from < draws; from += rows) drawn.set(stream.permutation(rows).subarray(0, draws - from), from);
    return drawn;
  });

/** The draws with one factor taken from other draws. */
export const swapped = (draws: Draws, factor: number, from: Draws): Draws =>
  draws.map((own, j) => (j === factor ? from[j] : own));

/** [draws x outputs] the numbers of rows put together of their factors' values; undefined where it was enough before the end. */
export function askDraws(
  asking: Asking,
  table: Table,
  factors: readonly Factor[],
  draws: Draws,
): Promise<Scores | undefined> {
  // The factor of the most columns stays where it is; the others are set.
  const largest = factors.reduce((best, factor, j) => (factor.length > factors[best].length ? j : best), 0);
  const set = factors.flatMap((factor, j): readonly Column[] =>
    j === largest
      ? []
      : takeRows({ rowCount: table.rowCount, columns: factor.map((column) => table.columns[column]) }, draws[j])
          .columns,
  );
  return asking.of({ base: table, rows: draws[largest], set });
}
