import { type Table, takeRows } from '../../data/table.ts';
import type { CountedPredictor } from '../counted-predictor.ts';
import type { ExplainedOutput } from '../explained-output.ts';

/** Rows of each table that are asked in the first turn, how turns grow, and the milliseconds after which they grow no more. */
const [firstTurn, growth, longestTurn] = [2, 4, 200];

/**
 * Asks for tables of one length, some rows of each in turn, so that what is known when it is enough serves all of them alike.
 * @returns the rows of each that were asked, and what the model says of them
 */
export async function askInTurns(
  predictor: CountedPredictor,
  tables: readonly Table[],
  output: ExplainedOutput,
  enough: () => boolean,
  progress: (share: number) => void,
): Promise<{ readonly asked: number; readonly responses: readonly Float64Array[] }> {
  const rows = tables[0].rowCount;
  const responses = tables.map(() => new Float64Array(rows));
  let turn = firstTurn;
  for (let from = 0; from < rows; ) {
    const to = Math.min(rows, from + turn);
    const startedAt = performance.now();
    for (const [i, table] of tables.entries()) {
      if (enough()) return { asked: from, responses: responses.map((known) => known.subarray(0, from)) };
      const piece = Uint32Array.from({ length: to - from }, (_, k) => from + k);
      responses[i].set(output.of(await predictor.predict(takeRows(table, piece))), from);
    }
    if (performance.now() - startedAt < longestTurn) turn *= growth;
    from = to;
    progress(from / rows);
  }
  return { asked: rows, responses };
}
