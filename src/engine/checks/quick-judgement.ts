import { type Dataset, outputsOf, type Target } from '../data/dataset.ts';
import { rowLosses } from '../explain/row-losses.ts';
import { priorOf } from '../learners/constant.ts';
import type { Prediction } from '../models/predictor.ts';
import type { CheckContext } from './data-check.ts';
import { outOfFold } from './out-of-fold.ts';
import { sampledData } from './sampled-data.ts';

const mostCells = 3e5;
const folds = 5;

/** What quick models are fitted on. */
export const quickLimits = { rows: 3000, cells: mostCells, columns: 300 };
export const quickRounds = 40;

/** How well a quick model tells the target on rows that it was not fitted on. */
export interface QuickJudgement {
  /** The rows that were looked at. */
  readonly data: Dataset;
  /** [rows x outputs]; NaN for a row that every fold is fitted on. */
  readonly predicted: Float64Array;
  /** [rows] log loss, or squared error; NaN likewise. */
  readonly losses: Float64Array;
  /** [rows] of the best answer that is the same for all rows. */
  readonly naive: Float64Array;
  readonly sampled?: string;
}

/** Gradient boosting out of fold on a sample of the rows: one judgement for all checks that need it. */
export const quickJudgement = (development: Dataset, context: CheckContext): Promise<QuickJudgement> =>
  context.once('quick judgement', async () => {
    const { data, sampled } = sampledData(development, quickLimits, context.random.fork('labels'));
    const predicted = await outOfFold(data, { folds, rounds: quickRounds }, context);
    const prior = priorOf(data.target);
    const naive = predicted.map((_, i) => prior[i % prior.length]);
    const { target } = data;
    return {
      data,
      predicted,
      losses: knownLosses(predicted, target),
      naive: rowLosses(predictionOf(naive, target), target),
      ...(sampled && { sampled }),
    };
  });

const predictionOf = (values: Float64Array, target: Target): Prediction =>
  target.kind === 'classes'
    ? { kind: 'probabilities', classCount: target.classes.length, values }
    : { kind: 'values', values };

/** A probability that is not known has no loss, not the largest. */
function knownLosses(predicted: Float64Array, target: Target): Float64Array {
  const outputs = outputsOf(target);
  return rowLosses(predictionOf(predicted, target), target).map((loss, row) =>
    Number.isNaN(predicted[row * outputs]) ? Number.NaN : loss,
  );
}
