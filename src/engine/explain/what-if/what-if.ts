import type { RowPrediction, WhatIf, WhatIfTechnique } from '../../../shared/results/what-if.ts';
import { type Dataset, type Target, takeDataset } from '../../data/dataset.ts';
import { type Table, takeRows } from '../../data/table.ts';
import { mostProbable } from '../../metrics/classification.ts';
import type { Prediction, Predictor } from '../../models/predictor.ts';
import { countPredictions } from '../counted-predictor.ts';
import type { ExplainData } from '../explainer.ts';
import { typicalRow } from './column-facts.ts';
import { editedRow, type GivenCell } from './edited-row.ts';
import { explainedEdit } from './explained-edit.ts';
import { nearestFlips } from './flips.ts';
import { formOf } from './form.ts';
import { outsideOf } from './outside.ts';
import { sweepOf } from './sweep.ts';

export interface WhatIfWishes {
  /** Position in `evaluation`; null: the typical row. */
  readonly row: number | null;
  readonly changes: Readonly<Record<string, GivenCell>>;
  /** null: none. */
  readonly explain: WhatIfTechnique | 'auto' | null;
  /** A column to go over; null: none. */
  readonly sweep: string | null;
  readonly flips: boolean;
  readonly form: boolean;
  /** After so long an explanation, and flips, give back what they know. */
  readonly seconds: number;
}

/** What a model promises and decides beyond its probabilities, for each row. */
export type PromisesOf = (
  features: Table,
  prediction: Prediction,
) => readonly Pick<RowPrediction, 'decided' | 'held'>[];

/**
 * A row as it is and as somebody wants it to be, in the eyes of a model. Throws a RangeError on a row that there is not, a UserError on
 * changes that cannot be read.
 */
export async function whatIf(
  predictor: Predictor,
  data: ExplainData,
  wishes: WhatIfWishes,
  seed: number,
  promisesOf: PromisesOf,
  signal: AbortSignal,
  enough: () => boolean,
): Promise<Omit<WhatIf, 'model' | 'form'> & { readonly form?: NonNullable<WhatIf['form']>['columns'] }> {
  const startedAt = performance.now();
  const { train, evaluation, part } = data;
  const { row } = wishes;
  if (row !== null && !(Number.isInteger(row) && row >= 0 && row < evaluation.features.rowCount))
    throw new RangeError(`there is no row ${row} in the ${part} part of ${evaluation.features.rowCount} rows`);
  const base = row === null ? typicalRow(train.features) : takeRows(evaluation.features, [row]);
  const { rows, edits, notes } = editedRow(base, wishes.changes, train.info);
  const counted = countPredictions(predictor, signal);
  const prediction = await counted.predict(rows);
  const [before, after] = told(prediction, predictor, promisesOf(rows, prediction));
  const pair: ExplainData = { ...data, evaluation: pairOf(evaluation, row ?? 0, rows) };
  const output = prediction.kind === 'values' ? 0 : predictor.classes!.indexOf(String(after.label));
  const inTime = () => {
    const end = performance.now() + 1000 * wishes.seconds;
    return () => enough() || performance.now() > end;
  };
  const explanation =
    wishes.explain === null
      ? undefined
      : await explainedEdit(predictor, wishes.explain, { rows, data: pair, seed, output }, signal, inTime());
  const sweep = wishes.sweep === null ? undefined : await sweepOf(counted, rows, train.features, wishes.sweep);
  const flips = wishes.flips ? await nearestFlips(predictor, pair, seed, signal, inTime()) : undefined;
  return {
    kind: 'what-if',
    version: 1,
    rows: evaluation.features.rowCount,
    rowIndex: row,
    target: train.info.target,
    ...(predictor.classes && { classes: predictor.classes }),
    ...(row !== null && { truth: truthOf(evaluation.target, row) }),
    edits,
    before,
    after,
    outside: outsideOf(rows, train.features, seed),
    notes,
    ...(explanation && { explanation }),
    ...(sweep && { sweep }),
    ...(flips && { flips }),
    ...(wishes.form && { form: formOf(base, train.features) }),
    seconds: (performance.now() - startedAt) / 1000,
  };
}

/** Techniques of one row look at a part: it has the row as it was and as it is now. */
function pairOf(evaluation: Dataset, row: number, features: Table): Dataset {
  return { ...takeDataset(evaluation, [row, row]), features };
}

function told(
  prediction: Prediction,
  { classes }: Predictor,
  promises: readonly Pick<RowPrediction, 'decided' | 'held'>[],
): RowPrediction[] {
  const outputs = prediction.kind === 'values' ? 1 : prediction.classCount;
  const labels = prediction.kind === 'values' ? null : mostProbable(prediction.values, outputs);
  return promises.map((promised, row) => ({
    values: [...prediction.values.subarray(row * outputs, (row + 1) * outputs)],
    label: labels ? classes![labels[row]] : prediction.values[row],
    ...promised,
  }));
}

const truthOf = (target: Target, row: number): string | number =>
  target.kind === 'classes' ? target.classes[target.codes[row]] : target.values[row];
