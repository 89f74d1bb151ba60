import { type Dataset, takeDataset } from '../data/dataset.ts';
import type { Model } from '../models/model.ts';
import type { Prediction } from '../models/predictor.ts';
import { developmentData } from './development-data.ts';
import type { DevelopmentData } from './job.ts';
import { readFirstFold } from './saved-model.ts';

/** The first fold's model, of an ensemble its members of that fold, with the rows it was fitted on and those it has never seen. */
export interface InspectedModel {
  readonly model: Model;
  readonly train: Dataset;
  readonly evaluation: Dataset;
}

/** Throws a UserError where the model is gone or damaged. */
export async function inspectedModel(place: DevelopmentData, modelFolder: string): Promise<InspectedModel> {
  const model = await readFirstFold(modelFolder);
  const { data, folds } = await developmentData(place);
  return {
    model,
    train: takeDataset(data, folds[0].train),
    evaluation: takeDataset(data, folds[0].validation),
  };
}

/** The row most worth explaining: the smallest lead of the first class over the second; for regression the largest error. */
export function mostUncertainRow(prediction: Prediction, evaluation: Dataset): number {
  const doubts = Float64Array.from({ length: evaluation.features.rowCount }, (_, row) =>
    doubt(prediction, evaluation, row),
  );
  return doubts.reduce((most, value, row) => (value > doubts[most] ? row : most), 0);
}

function doubt(prediction: Prediction, { target }: Dataset, row: number): number {
  if (prediction.kind === 'values')
    return target.kind === 'values' ? Math.abs(prediction.values[row] - target.values[row]) : 0;
  const { classCount, values } = prediction;
  const [first, second] = Array.from(values.subarray(row * classCount, (row + 1) * classCount)).sort((a, b) => b - a);
  return (second ?? 0) - first;
}
