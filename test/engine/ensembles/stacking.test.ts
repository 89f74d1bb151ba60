import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyStack, stackMembers } from '../../../src/engine/ensembles/stacking.ts';
import { metricValue } from '../../../src/engine/metrics/measure.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { classesOf, drawMembers, foldsInTurn, probabilitiesOf, truthOf, valuesOf } from './forecasts.ts';

test('members with errors of their own are stacked below the best of them', () => {
  for (const classCount of [2, 3]) {
    const { members, codes } = drawMembers(createRandom(1), 400, classCount, [1, 1, 1]);
    const target = classesOf(codes, classCount);
    const { stack, crossFitted } = stackMembers(members, target, foldsInTurn(400, 5));
    const alone = Math.min(...members.map((member) => metricValue('log_loss', member, target)!));
    assert.ok(metricValue('log_loss', crossFitted, target)! < alone);
    assert.ok(stack.weights.every((weight) => weight >= 0));
    const applied = applyStack(JSON.parse(JSON.stringify(stack)), members);
    assert.ok(metricValue('log_loss', applied, target)! < metricValue('log_loss', crossFitted, target)!);
  }
});

test('a row has no part in the stack that predicts it: its score is honest', () => {
  const random = createRandom(2);
  const rows = 40;
  const noise = Array.from({ length: 25 }, () => valuesOf(Float64Array.from({ length: rows }, () => random.normal())));
  const truth = truthOf(Float64Array.from({ length: rows }, () => random.normal()));
  const { stack, crossFitted } = stackMembers(noise, truth, foldsInTurn(rows, 4), { l1: 0, l2: 0 });
  assert.ok(metricValue('r2', applyStack(stack, noise), truth)! > 0.1, 'noise fits the rows that it was fitted on');
  assert.ok(metricValue('r2', crossFitted, truth)! < 0.05, 'and no others');
});

test('the one member that is right has all the weight, an opposite none', () => {
  const truth = truthOf([1, 5, 2, 8, 4, 9, 3, 7]);
  const { stack, crossFitted } = stackMembers(
    [valuesOf(truth.values), valuesOf(truth.values.map((value) => -value))],
    truth,
    foldsInTurn(8, 4),
    { l1: 0, l2: 0 },
  );
  assert.ok(Math.abs(stack.weights[0] - 1) < 1e-9);
  assert.equal(stack.weights[1], 0);
  assert.ok(metricValue('rmse', crossFitted, truth)! < 1e-9);
});

test('a constant member and a class without rows leave everything finite', () => {
  const constant = probabilitiesOf([0.5, 0.3, 0.2, 0.5, 0.3, 0.2, 0.5, 0.3, 0.2, 0.5, 0.3, 0.2], 3);
  const { stack, crossFitted } = stackMembers([constant], classesOf([0, 1, 0, 1], 3), foldsInTurn(4, 2));
  assert.ok([...stack.weights, ...stack.intercepts, ...crossFitted.values].every(Number.isFinite));
  const flat = stackMembers([valuesOf([2, 2, 2, 2])], truthOf([3, 3, 3, 3]), foldsInTurn(4, 2));
  assert.deepEqual([...flat.crossFitted.values], [3, 3, 3, 3]);
});

test('another number of members than was fitted is refused', () => {
  assert.throws(() => applyStack({ weights: [1, 1], intercepts: [0] }, [valuesOf([1])]), RangeError);
  assert.throws(() => stackMembers([], truthOf([1]), [0]), RangeError);
});
