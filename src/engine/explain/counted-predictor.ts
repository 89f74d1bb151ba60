import { setImmediate } from 'node:timers/promises';
import { UserError } from '../../shared/faults.ts';
import type { Result } from '../../shared/results/result.ts';
import type { Table } from '../data/table.ts';
import type { Prediction, Predictor } from '../models/predictor.ts';

/** A predictor that keeps the bill: rows predicted and seconds since it was wrapped. */
export interface CountedPredictor extends Predictor {
  cost(): Result['cost'];
}

/**
 * Wraps a predictor for one analysis. Each call first lets the event loop turn (so that an abort can arrive at all),
 * and throws an AbortError if the signal says so, before or after; then it checks the answer's shape.
 * Throws a UserError where the model fails, or answers with the wrong length or with numbers that are not finite.
 */
export function countPredictions(predictor: Predictor, signal: AbortSignal): CountedPredictor {
  const startedAt = performance.now();
  let predictions = 0;
  return {
    task: predictor.task,
    classes: predictor.classes,
    async predict(rows: Table) {
      await setImmediate();
      signal.throwIfAborted();
      predictions += rows.rowCount;
      const prediction = await predictor.predict(rows).catch((error: unknown) => {
        signal.throwIfAborted();
        throw error instanceof Error && !(error instanceof UserError) ? failed(error) : error;
      });
      signal.throwIfAborted();
      checkPrediction(prediction, rows.rowCount, predictor.classes?.length);
      return prediction;
    },
    cost: () => ({ seconds: (performance.now() - startedAt) / 1000, predictions }),
  };
}

function checkPrediction(prediction: Prediction, rowCount: number, classCount: number | undefined): void {
  const width = prediction.kind === 'probabilities' ? prediction.classCount : 1;
  if (prediction.kind === 'probabilities' && width !== classCount)
    throw unusable(`the model gives ${width} probabilities a row, but knows ${classCount ?? 'no'} classes.`);
  if (prediction.values.length !== rowCount * width)
    throw unusable(`the model gave ${prediction.values.length} numbers for ${rowCount} rows of ${width}.`);
  const bad = prediction.values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw unusable(`the model predicts ${prediction.values[bad]} for row ${Math.floor(bad / width)} of a batch.`);
}

const unusable = (message: string): UserError =>
  new UserError('model-answer', message, {
    advice: 'No technique can make anything of that: look for such rows by `vitrine predict`, and mend the model.',
  });

/** Most techniques ask a model about rows that they make up of others. */
const failed = (cause: Error): UserError =>
  new UserError('model-failed', `the model failed: ${cause.message}.`, {
    advice: 'If it takes no rows but real ones: examples, slices, decisions and surrogate-tree ask for no others.',
    cause,
  });
