import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dominates } from '../../../../src/engine/search/pareto.ts';
import { dominancePruner } from '../../../../src/engine/search/pruners/dominance.ts';
import { createStudy } from '../../../../src/engine/search/study.ts';
import type { Trial } from '../../../../src/shared/trial.ts';
import { trialOf, viewOf } from './conformance.ts';

const pruner = dominancePruner({ spared: 0, optimism: 1 });
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

test('what is stopped in error had a better value on the other objective than all before it; what is spared finds such values', async () => {
  const objective = ({ params }: Trial) => [Number(params.x) + 1 / Number(params.layers), Number(params.layers)];
  const study = createStudy({
    space: { x: { float: [0, 1] }, layers: { int: [1, 5] } },
    directions: ['minimize', 'minimize'],
    sampler: 'random',
    pruner: 'auto',
    expected: { steps: 9 },
  });
  const report9 = (trial: Trial, report: (step: number, value: number) => string) => {
    for (let step = 1; step <= 9; step++) if (report(step, objective(trial)[0] + 0.1 / step) === 'prune') return;
  };
  await study.optimize(
    (trial, { report }) => {
      report9(trial, report);
      return objective(trial);
    },
    { trials: 120 },
  );
  const stopped = study.trials.filter(({ state }) => state === 'pruned');
  assert.ok(stopped.length > 20, `${stopped.length} stopped`);
  const front = study.paretoFront.map(objective);
  for (const trial of stopped.filter((one) => !front.some((point) => dominates(point, objective(one))))) {
    const before = study.trials.filter(({ number, state }) => number < trial.number && state === 'complete');
    assert.ok(
      before.every((other) => objective(other)[1] > objective(trial)[1]),
      `trial ${trial.number}`,
    );
  }
  assert.ok(study.paretoFront.some(({ params }) => params.layers === 1));
});
