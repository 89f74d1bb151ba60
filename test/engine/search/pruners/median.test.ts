import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meansOverFolds } from '../../../../src/engine/search/pruner.ts';
import { medianPruner } from '../../../../src/engine/search/pruners/median.ts';
import { decide, ladder, trialOf } from './conformance.ts';

const pruner = medianPruner();

test('the best value so far is compared with the median at the very step', () => {
  // At step 2 the nine complete trials stand at 9 .. 17, median 13.
  assert.equal(decide(pruner, ladder, [99, 13]), undefined);
  assert.equal(
    decide(pruner, ladder, [99, 13.5])?.words,
    'At step 2 its best value 13.5 is worse than the median 13 of the 9 trials that reached it.',
  );
  // An earlier value that was better than today's median saves it.
  assert.equal(decide(pruner, ladder, [12, 99]), undefined);
});

test('the first five complete trials are only watched', () => {
  assert.equal(decide(pruner, ladder.slice(0, 4), [99]), undefined);
  assert.notEqual(decide(pruner, ladder.slice(0, 5), [99]), undefined);
  const running = ladder.slice(0, 5).map((trial) => trialOf(trial.number, [1], { state: 'running' }));
  assert.equal(decide(pruner, running, [99]), undefined);
});

test('a step that no complete trial reported is not judged', () => {
  assert.equal(
    decide(
      pruner,
      ladder,
      Array.from({ length: 10 }, () => 99),
    ),
    undefined,
  );
});

test('of means over folds the newest is compared: a first fold that was easy saves nobody', () => {
  const attributes = { curve: meansOverFolds };
  const folds = ladder.map((trial) => ({ ...trial, attributes }));
  assert.equal(decide(pruner, folds, [12, 13], { attributes }), undefined);
  assert.equal(
    decide(pruner, folds, [12, 99], { attributes })?.words,
    'At step 2 its value 99 is worse than the median 13 of the 9 trials that reached it.',
  );
});

test('pruned trials count where they were: the bar does not rise with every trial that passed it', () => {
  const stopped = ladder.map((trial) => trialOf(trial.number + ladder.length, [50], { state: 'pruned' }));
  assert.equal(decide(pruner, [...ladder, ...stopped], [30]), undefined);
  assert.notEqual(decide(pruner, ladder, [30]), undefined);
});
