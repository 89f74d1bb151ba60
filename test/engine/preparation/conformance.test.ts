import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { steps } from '../../../src/engine/preparation/registry.ts';
import { badSteps } from './bad-steps.ts';
import { configurations, stepChecks } from './conformance.ts';

for (const step of steps) {
  describe(`${step.name}`, () => {
    for (const need of ['linear', 'distances', 'native'] as const) {
      for (const params of configurations(step, need)) {
        for (const check of stepChecks)
          it(`${need}, ${JSON.stringify(params)}: ${check.name}`, () => check.run(step, params, need));
      }
    }
  });
}

for (const check of stepChecks) {
  it(`the check '${check.name}' catches a step that fails it`, () => {
    const bad = badSteps[check.name];
    assert.ok(bad, 'there is a bad step for every check');
    assert.throws(() => check.run(bad, { way: 'on' }, 'dense'));
  });
}

it('names are unique, and those of parameters too', () => {
  const names = steps.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
});
