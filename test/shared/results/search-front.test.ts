import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { frontAt, searchFrontWords } from '../../../src/shared/results/search-front.ts';
import type { ReplayedTrial, SearchReplay } from '../../../src/shared/results/search-replay.ts';

const trial = (number: number, values: readonly number[] | null, more: Partial<ReplayedTrial> = {}): ReplayedTrial => ({
  trial: number,
  state: values ? 'complete' : 'failed',
  sampler: 'random',
  phase: 'explore',
  values,
  feasible: true,
  whole: true,
  began: number,
  ended: number + 1,
  ...more,
});

const replay: SearchReplay = {
  kind: 'search-replay',
  objectives: [
    { name: 'log_loss', direction: 'minimize' },
    { name: 'gain', direction: 'maximize' },
    { name: 'latency', direction: 'minimize' },
  ],
  trials: [
    trial(0, [0.9, 10, 1]),
    trial(1, [0.2, 8, 1]),
    trial(2, [0.1, 1, 1]),
    trial(3, [0.5, 7, 1]),
    trial(4, null),
    trial(5, [0.01, 20, 1], { feasible: false }),
    trial(6, [0.01, 20, 1], { whole: false }),
    trial(7, [0.9, 10, 5]),
  ],
  ends: [2, 0, 3, 1, 4, 5, 6, 7],
};
const numbers = (trials: readonly { trial: number }[]) => trials.map((each) => each.trial);

describe('the Pareto front of two objectives at a moment', () => {
  it('minimises the one and maximises the other, the best by the first one first', () => {
    const found = frontAt(replay, [0, 1], 8);
    assert.deepEqual(numbers(found.front), [2, 1, 0]);
    assert.deepEqual(numbers(found.dominated), [3, 7], 'the later of two equal ones is no second point of the front');
    assert.deepEqual(found.front[1].values, [0.2, 8]);
  });

  it('leaves out what breaks a constraint or had a part of the resource only', () => {
    assert.deepEqual(numbers(frontAt(replay, [0, 1], 8).unfit), [5, 6]);
  });

  it('knows of a moment only what had ended then', () => {
    assert.deepEqual(numbers(frontAt(replay, [0, 1], 0).front), []);
    assert.deepEqual(numbers(frontAt(replay, [0, 1], 3).front), [2, 3, 0]);
  });

  it('has its knee where a little more of one costs much of the other', () => {
    assert.equal(frontAt(replay, [0, 1], 8).knee, 1);
    assert.equal(frontAt(replay, [0, 1], 2).knee, null);
  });

  it('is of the two objectives that were chosen', () => {
    assert.deepEqual(numbers(frontAt(replay, [1, 2], 8).front), [0]);
  });

  it('says itself in words', () => {
    const words = searchFrontWords(frontAt(replay, [0, 1], 8), replay);
    assert.match(words, /^3 trials are on the Pareto front of log loss and gain: from trial 2 .* to trial 0 /);
    assert.match(words, /Its knee, .*, is trial 1 \(log loss 0.2 and gain 8\)\. 2 trials break/);
    assert.match(searchFrontWords(frontAt(replay, [0, 1], 0), replay), /no front yet/);
  });
});
