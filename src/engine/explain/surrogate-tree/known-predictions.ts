import { type Table, takeRows } from '../../data/table.ts';
import type { Prediction } from '../../models/predictor.ts';
import type { CountedPredictor } from '../counted-predictor.ts';

/** Rows predicted first; twice as many each time, so that a slow model too leaves something. */
const firstPredictions = 64;

/** Rows of two samples with what a model predicts of them. */
export interface KnownPredictions {
  readonly rows: Table;
  readonly ofRows: Prediction;
  readonly held: Table;
  readonly ofHeld: Prediction;
}

/** Of both samples in step, until all or enough is known. */
export async function knownPredictions(
  counted: CountedPredictor,
  rows: Table,
  held: Table,
  enough: () => boolean,
  progress: (share: number) => void,
): Promise<KnownPredictions> {
  const parts = [rows, held].map((table) => ({ table, known: 0, predictions: [] as Prediction[] }));
  const most = Math.max(rows.rowCount, held.rowCount);
  for (let upTo = firstPredictions; ; upTo *= 2) {
    for (const part of parts) {
      const end = Math.min(part.table.rowCount, Math.ceil((upTo * part.table.rowCount) / most));
      const places = Array.from({ length: end - part.known }, (_, i) => part.known + i);
      if (places.length > 0) part.predictions.push(await counted.predict(takeRows(part.table, places)));
      part.known = end;
    }
    progress(Math.min(1, upTo / most));
    if (upTo >= most || enough()) break;
  }
  const [own, other] = parts.map(({ table, known, predictions }) => ({
    table: known === table.rowCount ? table : takeRows(table, [...Array(known).keys()]),
    prediction: joined(predictions),
  }));
  return { rows: own.table, ofRows: own.prediction, held: other.table, ofHeld: other.prediction };
}

function joined(predictions: readonly Prediction[]): Prediction {
  const length = predictions.reduce((sum, { values }) => sum + values.length, 0);
  const values = new Float64Array(length);
  let at = 0;
  for (const prediction of predictions) {
    values.set(prediction.values, at);
    at += prediction.values.length;
  }
  return { ...predictions[0], values };
}
