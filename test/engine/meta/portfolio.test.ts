import assert from 'node:assert/strict';
import { test } from 'node:test';
import { learners } from '../../../src/engine/learners/registry.ts';
import { defaultsOrder, portfolio } from '../../../src/engine/meta/portfolio.ts';
import { contains } from '../../../src/engine/space/distribution.ts';
import { toy } from '../learners/toy-data.ts';

test('every entry is of a learner that there is, with values that its space contains where it is offered', () => {
  for (const { learner: name, params, suits } of portfolio) {
    const learner = learners.find((candidate) => candidate.name === name);
    assert.ok(learner, name);
    const infos = learner.tags.tasks.flatMap((task) =>
      [1000, 20_000].map((rowCount) => ({ ...toy(task).info, rowCount })),
    );
    const offered = infos.filter((info) => suits?.(info) !== false);
    assert.ok(offered.length > 0, name);
    for (const info of offered) {
      const { parameters } = learner.space(info);
      for (const [key, value] of Object.entries(params)) {
        const parameter = parameters.find((candidate) => candidate.name === key);
        const isThere = parameter && (isLimited(name, key) || contains(parameter.distribution, value));
        assert.ok(isThere, `${name}.${key} = ${value} for ${info.rowCount} rows, ${info.task}`);
      }
    }
  }
});

/** On few rows the largest tree of the space is smaller than an entry's, which is then moved inside. */
const isLimited = (learner: string, parameter: string) => learner === 'boosting' && parameter === 'leaves';

test('no two entries are the same', () => {
  const keys = portfolio.map(({ learner, params }) => JSON.stringify([learner, params]));
  assert.equal(new Set(keys).size, keys.length);
});

test('the order of the defaults names learners that there are, each once', () => {
  const names = learners.map(({ name }) => name);
  for (const name of defaultsOrder) assert.ok(names.includes(name), name);
  assert.equal(new Set(defaultsOrder).size, defaultsOrder.length);
});
