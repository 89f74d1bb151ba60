import assert from 'node:assert/strict';
import { test } from 'node:test';
import { learners } from '../../../src/engine/learners/registry.ts';
import { badLearners } from './bad-learners.ts';
import { checks } from './conformance.ts';

for (const learner of learners) {
  for (const task of learner.tags.tasks) {
    for (const check of checks) {
      if (check.applies && !check.applies(learner)) continue;
      test(`${learner.name}, ${task}: ${check.name}`, () => check.run(learner, task));
    }
  }
}

for (const check of checks) {
  test(`the check '${check.name}' catches a learner that fails it`, async () => {
    const bad = badLearners[check.name];
    assert.ok(bad, 'there is a bad learner for every check');
    await assert.rejects(check.run(bad, 'binary'));
  });
}

test('names are unique and can be written in the experiment file', () => {
  const names = learners.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  for (const name of names) assert.match(name, /^[a-z][a-z0-9_]*$/);
});
