import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createStudy } from '../../../../../src/engine/search/study.ts';

const space = { x: { float: [0, 1] } } as const;

test('trials recorded before there was a resource are whole, and rank beside those raised to all of it', () => {
  const before = createStudy({ space, sampler: 'random' });
  for (let i = 0; i < 5; i++) before.tell(before.ask(), 10);
  const resource = { name: 'epochs', min: 1, max: 9 };
  const study = createStudy({ space, sampler: 'hyperband', resource, trials: before.trials });
  for (let i = 0; i < 20; i++) study.tell(study.ask(), 1);
  assert.equal(study.best?.fidelity, 9);
  assert.equal(study.best?.values?.[0], 1);
});

test('an enqueued configuration gets all of the resource', () => {
  const study = createStudy({ space, sampler: 'asha', resource: { name: 'epochs', min: 1, max: 9 } });
  study.enqueue({ x: 0.5 }, 'A good start.');
  assert.equal(study.ask().fidelity, 9);
});
