import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bohbSampler } from '../../../../src/engine/search/samplers/bohb.ts';
import { createStudy } from '../../../../src/engine/search/study.ts';
import type { Trial } from '../../../../src/shared/trial.ts';

const resource = { name: 'epochs', min: 1, max: 9 };
const space = { x: { float: [0, 1] }, y: { float: [0, 1] } } as const;
const bowl = ({ params }: Trial) => (Number(params.x) - 0.3) ** 2 + (Number(params.y) - 0.6) ** 2;

function run(count: number, seed: number, options = {}) {
  const study = createStudy({ space, sampler: bohbSampler(options), resource, seed });
  for (let i = 0; i < count; i++) {
    const trial = study.ask();
    study.tell(trial, bowl(trial));
  }
  return study;
}

test('the model speaks once an amount of the resource has d + 3 trials, and learns from the largest such amount', () => {
  const { trials } = run(60, 1, { randomShare: 0 });
  const first = trials.find(({ why }) => why.surrogate);
  assert.ok(first);
  // d + 1 + 2 = 5 trials at 1 epoch are there after five.
  assert.equal(first.number, 5);
  assert.match(first.why.words, /at 1 epochs/);
  assert.match(trials.findLast(({ why }) => why.surrogate)?.why.words ?? '', /at 9 epochs/);
});

test('about one new configuration in three is drawn at random', () => {
  const drawn = [1, 2, 3, 4]
    .flatMap((seed) => run(150, seed).trials.slice(20))
    .filter(({ continues }) => continues === undefined);
  const share = drawn.filter(({ why }) => why.phase === 'explore').length / drawn.length;
  assert.ok(share > 0.22 && share < 0.45, String(share));
});

test('what it chooses by its model is better than what it draws', () => {
  const trials = [1, 2, 3].flatMap((seed) => run(100, seed).trials);
  const mean = (phase: string) => {
    const chosen = trials.filter(({ why }) => why.phase === phase).map(bowl);
    return chosen.reduce((sum, value) => sum + value, 0) / chosen.length;
  };
  assert.ok(mean('exploit') < mean('explore') / 2);
});
