import type { Dataset } from '../data/dataset.ts';
import { combine } from '../ensembles/combination.ts';
import { membersOf } from '../ensembles/ensemble-model.ts';
import { readBundle } from '../models/bundle.ts';
import { isCombined } from '../models/combined.ts';
import type { Model } from '../models/model.ts';
import type { Prediction } from '../models/predictor.ts';
import { type JudgedRows, judgedPrediction } from './judged-rows.ts';

/** Where a trial's first fold is kept, beside it what was predicted out of fold. */
export interface TrialFolder {
  readonly trial: number;
  readonly modelFolder: string;
}

/**
 * What a model predicts for the rows that folds judge, an ensemble's combined from what its members do; undefined where that is not kept, as of a
 * model that was edited by hand.
 */
export async function judgedByModel(
  model: Model,
  modelFolder: string,
  data: Dataset,
  rows: JudgedRows,
  members: readonly TrialFolder[],
): Promise<Prediction | undefined> {
  if (!isCombined(model)) return judgedPrediction(modelFolder, data, rows);
  const predictions: Prediction[] = [];
  for (const { trial } of model.members) {
    const folder = members.find((member) => member.trial === trial)?.modelFolder;
    const prediction = folder === undefined ? undefined : await judgedPrediction(folder, data, rows);
    if (!prediction) return undefined;
    predictions.push(prediction);
  }
  return combine(membersOf(await readBundle(modelFolder)).combination, predictions);
}
