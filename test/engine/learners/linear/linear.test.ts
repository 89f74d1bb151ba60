import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Learner } from '../../../../src/engine/learners/learner.ts';
import { logistic } from '../../../../src/engine/learners/linear/logistic.ts';
import { ridge } from '../../../../src/engine/learners/linear/ridge.ts';
import type { Params } from '../../../../src/shared/space.ts';
import type { Task } from '../../../../src/shared/task.ts';
import { fitted } from '../conformance.ts';
import { dataset, numeric } from '../toy-data.ts';

interface Golden {
  readonly name: string;
  readonly task: Task;
  readonly classes: number;
  readonly params: Params;
  /** [columns][rows] */
  readonly columns: number[][];
  readonly truth: number[];
  readonly prediction: number[];
}

const goldens: Golden[] = JSON.parse(readFileSync(new URL('scikit-learn.golden.json', import.meta.url), 'utf8'));

for (const golden of goldens) {
  test(`predicts as scikit-learn does: ${golden.name}`, async () => {
    const learner: Learner = golden.task === 'regression' ? ridge : logistic;
    const columns = golden.columns.map((values, i) => numeric(`c${i}`, values));
    const data = dataset(golden.task, columns, golden.truth, golden.classes);
    const { values } = await (await fitted(learner, data, {}, golden.params)).predict(data.features);
    const worst = Math.max(...values.map((value, i) => Math.abs(value - golden.prediction[i])));
    assert.ok(worst < 2e-4, `off by ${worst}`);
  });
}
