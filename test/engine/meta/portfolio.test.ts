import assert from 'node:assert/strict';
import { test } from 'node:test';
import { learners } from '../../../src/engine/learners/registry.ts';
import { defaultsOrder, portfolio } from '../../../src/engine/meta/portfolio.ts';
import { contains } from '../../../src/engine/space/distribution.ts';
import { toy } from '../learners/toy-data.ts';

test('every entry is of a learner that there is, with values that its space contains', () => {
  const info = { ...toy('binary').info, rowCount: 20_000 };
  for (const { learner: name, params } of portfolio) {
    const learner = learners.find((candidate) => candidate.name === name);
    assert.ok(learner, name);
    const { parameters } = learner.space(info);
    for (const [key, value] of Object.entries(params)) {
      const parameter = parameters.find((candidate) => candidate.name === key);
      assert.ok(parameter && contains(parameter.distribution, value), `${name}.${key} = ${value}`);
    }
  }
});

test('no two entries are the same', () => {
  const keys = portfolio.map(({ learner, params }) => JSON.stringify([learner, params]));
  assert.equal(new Set(keys).size, keys.length);
});

test('the order of the defaults names learners that there are, each once', () => {
  const names = learners.map(({ name }) => name);
  for (const name of defaultsOrder) assert.ok(names.includes(name), name);
  assert.equal(new Set(defaultsOrder).size, defaultsOrder.length);
});
