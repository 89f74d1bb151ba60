import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dataset } from '../../../../src/engine/data/dataset.ts';
import { boosting } from '../../../../src/engine/learners/boosting/boosting.ts';
import { createRandom } from '../../../../src/engine/random.ts';
import type { Params } from '../../../../src/shared/space.ts';
import type { Task } from '../../../../src/shared/task.ts';
import { fitted } from '../conformance.ts';
import { dataset, numeric, tableOf, toy } from '../toy-data.ts';

/** A wave along 'age' that rises, a wave along 'hours per week' that falls, and their product with a third column. */
function waves(task: Task): Dataset {
  const random = createRandom(1);
  const columns = ['age', 'hours per week', 'third'].map((name) =>
    numeric(
      name,
      Array.from({ length: 800 }, () => 4 * random.uniform()),
    ),
  );
  const [age, hours, third] = columns.map(({ values }) => values);
  const score = Array.from(age, (value, i) => {
    const rising = value + 2 * Math.sin(4 * value);
    return rising - hours[i] + 2 * Math.cos(4 * hours[i]) + 0.5 * third[i] * Math.sin(3 * value) + random.normal();
  });
  const truth = task === 'regression' ? score.map((s) => s + 10) : score.map((s) => (s > 0 ? 1 : 0));
  return dataset(task, columns, truth, 2);
}

const paramsOf = (data: Dataset, params: Params) => ({ ...boosting.defaults(data.info), ...params });

/** Steps of the prediction along a column, over a grid of the two others. */
async function steps(data: Dataset, params: Params, along: string): Promise<number[]> {
  const model = await fitted(boosting, data, { resource: 80 }, paramsOf(data, params));
  const names = ['age', 'hours per week', 'third'];
  const found: number[] = [];
  for (const a of [0.3, 1.7, 3.1]) {
    for (const b of [0.5, 2.2, 3.8]) {
      const others = [a, b];
      let next = 0;
      const columns = names.map((name) => {
        const constant = name === along ? Number.NaN : others[next++];
        return numeric(
          name,
          Array.from({ length: 60 }, (_, i) => (name === along ? i / 15 : constant)),
        );
      });
      const { kind, values } = await model.predict(tableOf(columns));
      const chances = kind === 'values' ? [...values] : [...values].filter((_, i) => i % 2 === 1);
      for (let i = 1; i < chances.length; i++) found.push(chances[i] - chances[i - 1]);
    }
  }
  return found;
}

for (const [task, params] of [
  ['regression', {}],
  ['regression', { path_smoothing: 5, random_cuts: true }],
  ['regression', { loss: 'absolute' }],
  ['regression', { loss: 'quantile', quantile_level: 0.8 }],
  ['regression', { loss: 'poisson', l1: 0.5 }],
  ['binary', {}],
] as const) {
  test(`${task} with ${JSON.stringify(params)} rises with age and falls with hours where that is asked for`, async () => {
    const source = waves(task);
    const positive = { ...source, target: positiveTarget(source) };
    const monotone = 'age:+ hours per week:-';
    assert.ok((await steps(positive, { ...params, monotone }, 'age')).every((step) => step >= -1e-9));
    assert.ok((await steps(positive, { ...params, monotone }, 'hours per week')).every((step) => step <= 1e-9));
    assert.ok(
      (await steps(positive, params, 'age')).some((step) => step < -1e-3),
      'and would not without',
    );
  });
}

const positiveTarget = ({ target }: Dataset): Dataset['target'] =>
  target.kind === 'values' ? { kind: 'values', values: target.values.map((value) => Math.max(0, value)) } : target;

test('what cannot be kept monotone is said', async () => {
  const data = toy('binary');
  const cases = [
    ['x:', /cannot be read at "x:"/],
    ['x:+ height:-', /Column "height" .* not among the features/],
    ['color:+', /Column "color" .* holds category values/],
    ['x:+, x:-', /names column "x" twice/],
  ] as const;
  for (const [monotone, message] of cases) {
    await assert.rejects(fitted(boosting, data, {}, paramsOf(data, { monotone })), { name: 'UserError', message });
  }
  const several = toy('multiclass');
  await assert.rejects(fitted(boosting, several, {}, paramsOf(several, { monotone: 'x:+' })), /several classes/);
});
