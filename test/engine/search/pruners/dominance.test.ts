import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dominancePruner } from '../../../../src/engine/search/pruners/dominance.ts';
import { createStudy } from '../../../../src/engine/search/study.ts';
import type { Trial } from '../../../../src/shared/trial.ts';
import { trialOf, viewOf } from './conformance.ts';

const pruner = dominancePruner();
/** Losses at steps 1 and 2 and the second objective; the largest improvement from step 1 is 3, the front ends at (1, 9) and (5, 1). */
const front = [
  [4, 1, 9],
  [5, 3, 5],
  [6, 5, 1],
  [8, 7, 5],
  [9, 8, 9],
].map(([first, second, other], number) =>
  trialOf(number, [first, second], { state: 'complete', values: [second, other] }),
);

function decideTwo(values: readonly number[], trials: readonly Trial[] = front) {
  const trial = trialOf(trials.length, values, { state: 'running' });
  const view = { ...viewOf([...trials, trial]), directions: ['minimize', 'minimize'] as const };
  return pruner.shouldPrune(view, trial);
}

test('a trial that could still be the best on the other objective goes on, however poor it is on the first', () => {
  // 7.9 - 3 is below 5: with 1 on the second objective nothing would dominate it.
  assert.equal(decideTwo([7.9]), undefined);
});

test('one that even the largest improvement and the best other value would leave dominated is stopped', () => {
  const stop = decideTwo([8.1]);
  assert.deepEqual(stop?.compared, [2]);
  assert.equal(stop?.value, 8.1);
  assert.equal(stop?.threshold, 5);
  assert.match(
    stop?.words ?? '',
    /to 5.1, and the best that any trial had in the other objectives would leave it behind trial 2/,
  );
});

test('the first five trials are only watched', () => assert.equal(decideTwo([99], front.slice(0, 4)), undefined));

test('no trial of the final front is lost where others have had the best of the other objective and the same curve', async () => {
  const trials = 120;
  const objective = ({ params }: Trial) => [Number(params.x) + 1 / Number(params.layers), Number(params.layers)];
  const runWith = async (name: 'none' | 'auto') => {
    const study = createStudy({
      space: { x: { float: [0, 1] }, layers: { int: [1, 5] } },
      directions: ['minimize', 'minimize'],
      sampler: 'random',
      pruner: name,
      expected: { steps: 9 },
    });
    let steps = 0;
    await study.optimize(
      (trial, { report }) => {
        const values = objective(trial);
        for (let step = 1; step <= 9; step++, steps++) {
          if (report(step, values[0] + 0.1 / step) === 'prune') break;
        }
        return values;
      },
      { trials },
    );
    return {
      front: study.paretoFront.map(({ number }) => number),
      steps,
      pruned: study.trials.filter(({ state }) => state === 'pruned').length,
    };
  };
  const [whole, stopped] = [await runWith('none'), await runWith('auto')];
  assert.deepEqual(stopped.front, whole.front);
  assert.ok(stopped.pruned > 0 && stopped.steps < whole.steps, `${stopped.pruned} stopped`);
});
