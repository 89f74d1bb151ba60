import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { Dataset } from '../../../../src/engine/data/dataset.ts';
import { extraTrees } from '../../../../src/engine/learners/extra-trees.ts';
import { forest } from '../../../../src/engine/learners/forest.ts';
import type { Learner } from '../../../../src/engine/learners/learner.ts';
import { rules } from '../../../../src/engine/learners/rules/rules.ts';
import { tree } from '../../../../src/engine/learners/tree.ts';
import { createRandom } from '../../../../src/engine/random.ts';
import type { Params } from '../../../../src/shared/space.ts';
import { fitted } from '../conformance.ts';
import { coded, dataset, numeric } from '../toy-data.ts';

/** Each with few trees or rules: what is hard here is the data. */
const cases: readonly { learner: Learner; params: Params }[] = [
  { learner: tree, params: {} },
  { learner: forest, params: { trees: 10 } },
  { learner: extraTrees, params: { trees: 10 } },
  { learner: rules, params: { rules: 4 } },
];

/** Mean squared error of values, or mean squared difference from the second class's 0 or 1, on the training rows. */
async function squaredError({ learner, params }: (typeof cases)[number], data: Dataset): Promise<number> {
  const model = await fitted(learner, data, {}, { ...learner.defaults(data.info), ...params });
  const { values, kind } = await model.predict(data.features);
  const { target } = data;
  const truth = target.kind === 'values' ? target.values : Float64Array.from(target.codes);
  const answers = kind === 'values' ? values : values.filter((_, i) => i % 2 === 1);
  assert.ok(answers.every(Number.isFinite));
  return answers.reduce((sum, answer, row) => sum + (answer - truth[row]) ** 2 / truth.length, 0);
}

/** 200 rows of 10,000 columns; the target is the sign of one. */
const wide = wideData(200, 10_000);

function wideData(rows: number, width: number): Dataset {
  const random = createRandom(1);
  const columns = Array.from({ length: width }, (_, j) =>
    numeric(
      `c${j}`,
      Float64Array.from({ length: rows }, () => random.uniform() - 0.5),
    ),
  );
  const truth = columns[17].values.map((value) => Number(value > 0));
  return dataset('binary', columns, truth, 2);
}

for (const each of cases) {
  const { name } = each.learner;

  test(`${name}: 10,000 columns, one of which decides`, async () => {
    assert.ok((await squaredError(each, wide)) < 0.24);
  });

  test(`${name}: as many levels as rows say nothing, and hide nothing`, async () => {
    const rows = 100_000;
    const column = {
      kind: 'coded',
      name: 'code',
      type: 'category',
      levels: Array.from({ length: rows }, (_, i) => `level ${i}`),
      codes: Int32Array.from({ length: rows }, (_, i) => i),
    } as const;
    const random = createRandom(2);
    const x = Float64Array.from({ length: rows }, () => random.normal());
    const data = dataset(
      'binary',
      [column, numeric('x', x)],
      x.map((value) => Number(value > 0.5)),
      2,
    );
    assert.ok((await squaredError(each, data)) < 0.02);
  });

  test(`${name}: rows that are all the same get the frequency of the classes`, async () => {
    const rows = 90;
    const columns = [numeric('x', new Array(rows).fill(2)), coded('c', new Array(rows).fill('one'))];
    const truth = Array.from({ length: rows }, (_, row) => Number(row % 3 === 0));
    const data = dataset('binary', columns, truth, 2);
    const model = await fitted(each.learner, data);
    const { values } = await model.predict(data.features);
    // Bootstraps draw the classes not quite as often as they are.
    assert.ok(Math.abs(values[1] - 1 / 3) < 0.05, `${values[1]}`);
  });

  test(`${name}: targets of 1e300 are fitted in their own unit`, async () => {
    const x = Float64Array.from({ length: 300 }, (_, row) => (row * 37) % 300);
    const data = dataset(
      'regression',
      [numeric('x', x)],
      x.map((value) => (value > 150 ? 1e300 : -1e300)),
    );
    const model = await fitted(each.learner, data, {}, { ...each.learner.defaults(data.info), ...each.params });
    const { values } = await model.predict(data.features);
    assert.ok(values.every(Number.isFinite));
    const right = values.filter((value, row) => Math.sign(value) === Math.sign(x[row] > 150 ? 1 : -1));
    assert.ok(right.length > 290);
    assert.ok(Math.abs(values[x.indexOf(299)]) > 5e299);
  });

  test(`${name}: stops in the middle of a fit`, async () => {
    const random = createRandom(3);
    const rows = 4000;
    const columns = Array.from({ length: 20 }, (_, j) =>
      numeric(
        `c${j}`,
        Float64Array.from({ length: rows }, () => random.normal()),
      ),
    );
    const truth = Array.from({ length: rows }, () => random.integer(2));
    const data = dataset('binary', columns, truth, 2);
    const controller = new AbortController();
    let over = false;
    const fit = fitted(each.learner, data, { signal: controller.signal }).finally(() => {
      over = true;
    });
    await setImmediate();
    assert.equal(over, false);
    controller.abort();
    await assert.rejects(fit, { name: 'AbortError' });
  });
}
