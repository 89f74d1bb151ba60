import assert from 'node:assert/strict';
import type { Dataset } from '../../../../src/engine/data/dataset.ts';
import type { Table } from '../../../../src/engine/data/table.ts';
import type { Learner } from '../../../../src/engine/learners/learner.ts';
import { suitsColumns } from '../../../../src/engine/learners/needed-columns.ts';
import type { Prediction } from '../../../../src/engine/models/predictor.ts';
import { UserError } from '../../../../src/shared/faults.ts';
import type { Task } from '../../../../src/shared/task.ts';
import { classesOf } from '../toy-data.ts';
import { fitted } from './check.ts';

/** Right kind, right shape, finite, and for classes between 0 and 1 and summing to 1. */
export function assertSound(prediction: Prediction, task: Task, rows: number, classCount = classesOf(task)): void {
  assert.equal(prediction.kind, task === 'regression' ? 'values' : 'probabilities');
  if (prediction.kind === 'probabilities') assert.equal(prediction.classCount, classCount);
  assert.equal(prediction.values.length, rows * Math.max(1, classCount));
  assert.ok(prediction.values.every(Number.isFinite), 'every predicted number is finite');
  if (prediction.kind === 'values') return;
  assert.ok(
    prediction.values.every((p) => p >= 0 && p <= 1),
    'probabilities lie between 0 and 1',
  );
  for (let row = 0; row < rows; row++) {
    const sum = prediction.values.subarray(row * classCount, (row + 1) * classCount).reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(sum - 1) < 1e-6, `probabilities of row ${row} sum to ${sum}`);
  }
}

/** A learner that needs a column of some type must say so where there is none. */
export async function assertFits(learner: Learner, train: Dataset, rows: Table = train.features): Promise<void> {
  if (!suitsColumns(learner.tags, train.features.columns)) {
    const isTold = (error: unknown) => error instanceof UserError && error.code === 'learner-columns';
    await assert.rejects(fitted(learner, train), isTold);
    return;
  }
  const model = await fitted(learner, train);
  assertSound(await model.predict(rows), train.info.task, rows.rowCount, train.info.classes?.length ?? 0);
}
