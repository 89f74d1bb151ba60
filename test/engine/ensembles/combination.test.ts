import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseCombination, combine } from '../../../src/engine/ensembles/combination.ts';
import { ensembleLogLoss, ensembleSquaredError } from '../../../src/engine/ensembles/ensemble-loss.ts';
import { metricValue } from '../../../src/engine/metrics/measure.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { classesOf, drawMembers, foldsInTurn, truthOf, valuesOf } from './forecasts.ts';

test('members with errors of their own are combined below the best of them, by what other folds chose', () => {
  const { members, codes } = drawMembers(createRandom(1), 600, 3, [1, 1, 1, 4]);
  const target = classesOf(codes, 3);
  const chosen = chooseCombination(members, target, foldsInTurn(600, 5), ensembleLogLoss, createRandom(2), 5);
  const alone = Math.min(...members.map((member) => metricValue('log_loss', member, target)!));
  assert.ok(metricValue('log_loss', chosen.crossFitted, target)! < alone);
  assert.ok(Math.abs(chosen.shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-9);
  assert.ok(chosen.shares.every((share) => share > 0));
});

test('what was chosen survives JSON and combines the members alone', () => {
  const { members, codes } = drawMembers(createRandom(3), 600, 2, [1, 2, 3]);
  const target = classesOf(codes, 2);
  const { combination, members: kept } = chooseCombination(
    members,
    target,
    foldsInTurn(600, 5),
    ensembleLogLoss,
    createRandom(4),
    3,
  );
  const own = kept.map((member) => members[member]);
  assert.deepEqual(combine(JSON.parse(JSON.stringify(combination)), own).values, combine(combination, own).values);
});

test('of probabilities that are too sure the ensemble is calibrated, or stacked', () => {
  const { members, codes } = drawMembers(createRandom(5), 1500, 2, [1, 1]);
  const sure = members.map((member) => ({
    ...member,
    values: member.values.map((_, i) => {
      const [p, q] = [member.values[i], member.values[i ^ 1]].map((value) => value ** 4);
      return p / (p + q);
    }),
  }));
  const target = classesOf(codes, 2);
  const chosen = chooseCombination(sure, target, foldsInTurn(1500, 5), ensembleLogLoss, createRandom(6), 3);
  const { combination } = chosen;
  assert.ok(combination.kind === 'stack' || combination.calibration !== undefined);
  const mended = metricValue('log_loss', chosen.crossFitted, target)!;
  assert.ok(mended < 0.95 * Math.min(...sure.map((member) => metricValue('log_loss', member, target)!)));
});

test('noise is given no part in predicting rows that it was not chosen by', () => {
  const random = createRandom(7);
  const truth = truthOf(Float64Array.from({ length: 200 }, () => random.normal()));
  const good = valuesOf(truth.values.map((value) => value + 0.5 * random.normal()));
  const noise = Array.from({ length: 20 }, () => valuesOf(truth.values.map(() => 3 * random.normal())));
  const chosen = chooseCombination([good, ...noise], truth, foldsInTurn(200, 5), ensembleSquaredError, random, 5);
  assert.equal(chosen.members[0], 0);
  assert.ok(chosen.shares[0] > 0.9, `the good one has ${chosen.shares[0]}`);
});

test('where choosing is a game of chance, the best candidate stands alone', () => {
  const random = createRandom(8);
  const truth = truthOf(Float64Array.from({ length: 40 }, (_, i) => (i === 7 ? 60 : random.normal())));
  // Of two that are as good on all other rows, one sees the one row that matters; without that row nobody can tell.
  const [seeing, blind] = [1, 0].map((sight) =>
    valuesOf(truth.values.map((value, i) => (i === 7 ? sight * 59 : value + (sight ? 0.9 : 0.3) * random.normal()))),
  );
  const chosen = chooseCombination([seeing, blind], truth, foldsInTurn(40, 5), ensembleSquaredError, random, 5);
  assert.deepEqual([...chosen.members], [0]);
  assert.deepEqual([...chosen.shares], [1]);
});

test('where every candidate is worse than chance, the ensemble still has a member', () => {
  const codes = Int32Array.from({ length: 50 }, (_, i) => i % 2);
  const values = Float64Array.from({ length: 100 }, (_, i) => (codes[i >> 1] === i % 2 ? 0.4 : 0.6));
  const misled = { kind: 'probabilities', classCount: 2, values } as const;
  const chosen = chooseCombination(
    [misled],
    classesOf(codes, 2),
    foldsInTurn(50, 5),
    ensembleLogLoss,
    createRandom(9),
    3,
  );
  assert.deepEqual([...chosen.members], [0]);
});

test('values whose squares are too large for a number are combined as others are', () => {
  const random = createRandom(10);
  const truth = Float64Array.from({ length: 200 }, () => random.normal());
  const noises = [1, 1.2].map((size) => truth.map((value) => 0.5 * value + 3 + 0.3 * size * random.normal()));
  const [plain, large] = [1, 2 ** 1000].map((unit) =>
    chooseCombination(
      noises.map((values) => valuesOf(values.map((value) => value * unit))),
      truthOf(truth.map((value) => value * unit)),
      foldsInTurn(200, 5),
      ensembleSquaredError,
      createRandom(11),
      3,
    ),
  );
  assert.deepEqual([...large.members], [...plain.members]);
  large.crossFitted.values.forEach((value, row) => {
    assert.ok(Math.abs(value / 2 ** 1000 - plain.crossFitted.values[row]) < 1e-6);
  });
  const own = large.members.map((member) => valuesOf(noises[member].map((value) => value * 2 ** 1000)));
  assert.ok(combine(large.combination, own).values.every(Number.isFinite));
});
