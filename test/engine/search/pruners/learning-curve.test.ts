import assert from 'node:assert/strict';
import { test } from 'node:test';
import { learningCurvePruner } from '../../../../src/engine/search/pruners/learning-curve.ts';
import type { Trial } from '../../../../src/shared/trial.ts';
import { decide, trialOf } from './conformance.ts';

const pruner = learningCurvePruner();
/** Losses that fall towards an end as a power of the step. */
const falling = (end: number, start: number, length: number, power = 0.7): number[] =>
  Array.from({ length }, (_, i) => end + (start - end) * (i + 1) ** -power);
const finished: Trial[] = [0.3, 0.35, 0.4, 0.42, 0.5, 0.6].map((end, number) => trialOf(number, falling(end, 1, 50)));

test('a curve that flattens far above the best is stopped, and says the chance', () => {
  const stop = decide(pruner, finished, falling(0.7, 1, 10, 1.5));
  assert.ok(stop);
  assert.ok(Number(stop.probability) < 0.05);
  assert.deepEqual(stop.compared, [0]);
  assert.match(
    stop.words,
    /^At step 10 its curve has a chance of .* to end better at step 50 than trial 0 with 0\.3\d+\.$/,
  );
});

test('a curve that falls steeply goes on though it is still above the best', () => {
  assert.equal(decide(pruner, finished, falling(0.1, 1, 10, 0.5)), undefined);
});

test('it looks at the 5th report and whenever there are half as many again', () => {
  const looked = Array.from({ length: 24 }, (_, i) => i + 1).filter((length) =>
    decide(pruner, finished, falling(0.9, 1, length, 2)),
  );
  assert.deepEqual(looked, [5, 7, 10, 15, 22]);
});

test('the scale of the losses does not matter', () => {
  const scaled = (values: readonly number[]) => values.map((value) => 1000 * value - 4);
  const others = finished.map(({ number, intermediate }) =>
    trialOf(number, scaled(intermediate.map(({ value }) => value))),
  );
  const curve = falling(0.7, 1, 10, 1.5);
  const [plain, large] = [decide(pruner, finished, curve), decide(pruner, others, scaled(curve))];
  assert.ok(plain && large);
  assert.ok(Math.abs(Number(plain.probability) - Number(large.probability)) < 0.02);
});

test('a flat curve and one of noise are survived', () => {
  assert.doesNotThrow(() => decide(pruner, finished, Array(10).fill(0.8)));
  assert.doesNotThrow(() => decide(pruner, finished, [0.9, 0.5, 0.95, 0.4, 1, 0.5, 0.9, 0.45, 1, 0.5]));
});
