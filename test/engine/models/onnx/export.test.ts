import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Dataset } from '../../../../src/engine/data/dataset.ts';
import type { Table } from '../../../../src/engine/data/table.ts';
import type { Learner } from '../../../../src/engine/learners/learner.ts';
import { learners } from '../../../../src/engine/learners/registry.ts';
import { mostProbable } from '../../../../src/engine/metrics/classification.ts';
import type { Model } from '../../../../src/engine/models/model.ts';
import { onnxOf } from '../../../../src/engine/run/onnx-of.ts';
import type { Params } from '../../../../src/shared/space.ts';
import type { Task } from '../../../../src/shared/task.ts';
import { fitted } from '../../learners/conformance.ts';
import { coded, numeric, tableOf, toy, withFeatures } from '../../learners/toy-data.ts';
import { runOnnx } from './run-onnx.ts';

/** Those whose model is the training rows themselves. */
const withoutForm = ['knn', 'svm'];

/** Toy data without free text, whose words have no form in ONNX, and with a column of many levels. */
function training(task: Task): Dataset {
  const data = toy(task, { rows: 160, missing: 0.1 });
  const city = Array.from({ length: 160 }, (_, row) => (row % 9 === 4 ? null : `city ${row % 14}`));
  return withFeatures(data, [...data.features.columns.filter(({ type }) => type !== 'text'), coded('city', city)]);
}

/** Rows that training never had: missing cells, unseen levels, numbers far outside and not finite. */
function strange(task: Task): Table {
  const { columns } = toy(task, { seed: 5, rows: 40, missing: 0.3 }).features;
  const city = Array.from({ length: 40 }, (_, row) => (row % 3 === 0 ? null : `city ${row}`));
  const changed = columns.map((column) => {
    if (column.name === 'color' && column.kind === 'coded')
      return coded(
        'color',
        Array.from(column.codes, (code, row) => (row % 5 === 0 ? 'violet' : (column.levels[code] ?? null))),
      );
    if (column.name === 'noise' && column.kind === 'numeric')
      return numeric(
        'noise',
        column.values.map((value, row) => [value, 1e12, -1e12, Number.POSITIVE_INFINITY][row % 4]),
      );
    return column;
  });
  return tableOf([...changed.filter(({ type }) => type !== 'text'), coded('city', city)]);
}

/** Equal to 1e-5, of probabilities and of values in deviations, which are about 2 here. */
async function assertSame(model: Model, rows: Table): Promise<void> {
  const { values } = await model.predict(rows);
  const found = await runOnnx(await onnxOf(model.save()), rows);
  assert.equal(found.values.length, values.length);
  for (let i = 0; i < values.length; i++)
    assert.ok(
      Math.abs(values[i] - found.values[i]) <= 1e-5,
      `number ${i} is ${values[i]} and ${found.values[i]} as ONNX`,
    );
  if (!model.classes) return;
  const labels = mostProbable(values, model.classes.length);
  assert.deepEqual(
    found.label,
    Array.from(labels, (code) => model.classes![code]),
  );
}

/** Further configurations with another form. */
const variants: Readonly<Record<string, readonly Params[]>> = {
  logistic: [{ interactions: 'pairs' }],
  ridge: [{ interactions: 'squares' }],
  naive_bayes: [{ numbers: 'gaussian', variance_smoothing: 1e-3 }],
  mlp: [{ graph: '8 selu > 8 silu gated > 8 elu > 8 tanh' }],
};

const small = (learner: Learner, data: Dataset): Params => {
  const names = [...learner.space(data.info).parameters.map(({ name }) => name)];
  const sizes: Params = { units: 32, members: 2, rounds: 20 };
  return Object.fromEntries(Object.entries(sizes).filter(([name]) => names.includes(name)));
};

describe('an exported model predicts in onnxruntime as it does here', () => {
  for (const learner of learners.filter(({ name }) => !withoutForm.includes(name))) {
    for (const task of learner.tags.tasks) {
      it(`${learner.name}, ${task}`, async () => {
        const data = training(task);
        const resource = learner.tags.resource && { resource: 12 };
        for (const further of [{}, ...(variants[learner.name] ?? [])]) {
          const params = { ...learner.defaults(data.info), ...small(learner, data), ...further };
          const model = await fitted(learner, data, resource, params);
          await assertSame(model, data.features);
          await assertSame(model, strange(task));
          model.dispose?.();
        }
      });
    }
  }
});
