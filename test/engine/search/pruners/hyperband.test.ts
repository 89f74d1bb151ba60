import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bracketShares, hyperbandPruner } from '../../../../src/engine/search/pruners/hyperband.ts';
import { createStudy } from '../../../../src/engine/search/study.ts';
import { decide, trialOf } from './conformance.ts';

const steps = (length: number) => Array.from({ length }, (_, i) => i + 1);

test('brackets get trials in proportion to ceil(B eta^s / (s + 1))', () => {
  assert.deepEqual(bracketShares(81, 1, 3), [81, 34, 15, 8, 5]);
  assert.deepEqual(bracketShares(26, 1, 3), [9, 5, 3]);
  assert.deepEqual(bracketShares(1, 1, 3), [1]);
});

test('a trial is stopped only at the rungs of its own bracket, and brackets share the trials out', async () => {
  const study = createStudy({
    space: { x: { float: [0, 1] } },
    sampler: 'random',
    pruner: 'hyperband',
    expected: { steps: 27 },
  });
  await study.optimize(
    ({ params }, { report }) => {
      for (const step of steps(27)) if (report(step, Number(params.x)) === 'prune') return 0;
      return Number(params.x);
    },
    { trials: 200 },
  );
  const stops = study.trials.flatMap(({ stopped }) => stopped ?? []);
  const rungs = [0, 1, 2, 3].map((bracket) => {
    const own = stops.filter(({ words }) => words.includes(`of bracket ${bracket} of 4`));
    return [...new Set(own.map(({ step }) => step))].toSorted((a, b) => a - b);
  });
  assert.deepEqual(rungs, [[1, 3, 9, 27], [3, 9, 27], [9, 27], [27]]);
  const inFirst = stops.filter(({ step }) => step === 1).length;
  assert.ok(inFirst > 40 && inFirst < 120, `${inFirst} of 200 stopped at step 1`);
});

test('nothing is stopped before the number of steps is known', () => {
  const running = steps(20).map((value) => trialOf(value - 1, [value], { state: 'running' }));
  for (const count of [5, 10, 20]) assert.equal(decide(hyperbandPruner(), running.slice(0, count), [99]), undefined);
});
