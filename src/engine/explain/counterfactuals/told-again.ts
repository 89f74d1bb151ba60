import type { Counterfactual, SizedEdit } from '../../../shared/results/counterfactuals.ts';
import type { Table } from '../../data/table.ts';
import { mostProbable } from '../../metrics/classification.ts';
import type { Prediction, Predictor } from '../../models/predictor.ts';
import { cellWritten, editSize } from './permitted-edits.ts';
import type { Candidate, Pool } from './pool.ts';
import { tableOfCells } from './row-cells.ts';
import type { Found, Seeds } from './search.ts';
import type { WantedOutcome } from './wanted-outcome.ts';

/** Rows that were found, as one table. */
export const rowsOf = ({ pool, chosen }: Found): Table =>
  tableOfCells(
    pool.model,
    chosen.map(({ cells }) => cells),
  );

/** [rows] the predicted class or value. */
export function saidOf(prediction: Prediction, { classes }: Predictor): (string | number)[] {
  if (prediction.kind === 'values') return [...prediction.values];
  return Array.from(mostProbable(prediction.values, prediction.classCount), (k) => classes![k]);
}

/**
 * What was found, as the model says it when it is asked once more; what no longer holds is left out.
 * @param again of `rowsOf(found)`
 */
export function toldAgain(
  { pool, chosen }: Found,
  again: Prediction,
  wanted: WantedOutcome,
  predictor: Predictor,
  { plausibility }: Seeds,
): Counterfactual[] {
  const outputs = again.kind === 'values' ? 1 : again.classCount;
  const answers = { values: again.values, outputs, asked: chosen.length };
  const [reach, score, said] = [wanted.reach(answers), wanted.score(answers), saidOf(again, predictor)];
  return chosen.flatMap((candidate, i) =>
    reach[i] > 0
      ? [
          {
            edits: sizedEdits(pool, candidate),
            distance: candidate.distance,
            predicted: said[i],
            score: score[i] + 0,
            neighbour: candidate.plausible!.neighbour,
            asLonely: candidate.plausible!.share,
            plausible: candidate.plausible!.neighbour <= plausibility.limit,
          },
        ]
      : [],
  );
}

/** How the columns of a candidate were edited. */
export const sizedEdits = (pool: Pool, { cells }: Candidate): SizedEdit[] =>
  pool.changed(cells).map((edit) => ({
    column: edit.name,
    from: cellWritten(pool.model, edit.column, edit.own),
    to: cellWritten(pool.model, edit.column, cells[edit.column]),
    size: editSize(edit, cells[edit.column]),
  }));
