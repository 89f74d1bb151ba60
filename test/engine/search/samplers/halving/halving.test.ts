import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Sampler } from '../../../../../src/engine/search/sampler.ts';
import { ashaSampler } from '../../../../../src/engine/search/samplers/asha.ts';
import { hyperbandSampler } from '../../../../../src/engine/search/samplers/hyperband.ts';
import { successiveHalvingSampler } from '../../../../../src/engine/search/samplers/successive-halving.ts';
import { createStudy, type Study } from '../../../../../src/engine/search/study.ts';
import type { Trial } from '../../../../../src/shared/trial.ts';

const resource = { name: 'epochs', min: 1, max: 9 };
const studyOf = (sampler: Sampler, more = {}): Study =>
  createStudy({ space: { x: { float: [0, 1] } }, sampler, resource, ...more });
const x = ({ params }: Trial): number => Number(params.x);

function run(study: Study, count: number, value = x): Trial[] {
  return Array.from({ length: count }, () => {
    const trial = study.ask();
    return study.tell(trial, value(trial));
  });
}

const fidelities = (trials: readonly Trial[]) => trials.map(({ fidelity }) => fidelity);
const least = (trials: readonly Trial[], count: number) =>
  trials
    .toSorted((a, b) => x(a) - x(b))
    .slice(0, count)
    .map(({ number }) => number);

test('successive halving raises the best third of a rung, the best first, then begins again', () => {
  const trials = run(studyOf(successiveHalvingSampler()), 14);
  assert.deepEqual(fidelities(trials), [...Array(9).fill(1), 3, 3, 3, 9, 1]);
  assert.deepEqual(
    trials.slice(9, 12).map(({ continues }) => continues),
    least(trials.slice(0, 9), 3),
  );
  assert.equal(trials[12].continues, 9);
  assert.equal(trials[13].continues, undefined);
  assert.equal(trials[13].attributes['successive-halving.bracket'], 1);
});

test('a worker that would wait for a rung begins the next bracket, and the rung opens when its last trial is over', () => {
  const study = studyOf(hyperbandSampler());
  const first = Array.from({ length: 9 }, () => study.ask());
  const waiting = study.ask();
  assert.equal(waiting.attributes['hyperband.bracket'], 1);
  assert.equal(waiting.fidelity, 3);
  for (const trial of first.slice(0, 8)) study.tell(trial, x(trial));
  assert.equal(study.ask().attributes['hyperband.bracket'], 1);
  study.tell(first[8], x(first[8]));
  const raised = study.ask();
  assert.equal(raised.attributes['hyperband.rung'], 1);
  assert.equal(raised.continues, least(first, 1)[0]);
});

test('failed and pruned trials never go on, and the rung goes on without them', () => {
  const study = studyOf(successiveHalvingSampler());
  for (let i = 0; i < 9; i++)
    study.tell(study.ask(), i === 4 ? 1 : i % 2 ? { failed: 'lost' } : { pruned: 'hopeless' });
  const raised = study.ask();
  assert.equal(raised.continues, 4);
  study.tell(raised, 1);
  assert.equal(study.ask().fidelity, 9);
});

test('infeasible trials go on only after all feasible ones', () => {
  const study = studyOf(successiveHalvingSampler());
  for (let i = 0; i < 9; i++) study.tell(study.ask(), { values: [i], constraints: [i < 7 ? 7 - i : 0] });
  assert.deepEqual(
    run(study, 3).map(({ continues }) => continues),
    [7, 8, 6],
  );
});

test('of several objectives the first front goes on', () => {
  const study = studyOf(successiveHalvingSampler(), { directions: ['minimize', 'maximize'] });
  // 0, 4 and 8 are the front; each other trial is beaten by one of them.
  const values = [
    [0, 0],
    [1, -1],
    [2, -2],
    [6, 4],
    [5, 5],
    [7, 3],
    [9, 8],
    [10, 7],
    [8, 9],
  ];
  for (const pair of values) study.tell(study.ask(), pair);
  const raised = Array.from({ length: 3 }, () => study.ask().continues);
  assert.deepEqual(raised.toSorted(), [0, 4, 8]);
});

test('ASHA raises a trial as soon as it is in the best third of its rung, the highest rung first', () => {
  const trials = run(studyOf(ashaSampler()), 40);
  assert.deepEqual(fidelities(trials).slice(0, 4), [1, 1, 1, 3]);
  assert.equal(trials[3].continues, least(trials.slice(0, 3), 1)[0]);
  assert.ok(fidelities(trials).includes(9));
  for (const { number, continues, fidelity } of trials) {
    if (continues === undefined) continue;
    const rung = trials.filter((other) => other.number < number && other.fidelity === Number(fidelity) / 3);
    const rank = rung.filter((other) => x(other) < x(trials[continues])).length;
    assert.ok(rank < Math.floor(rung.length / 3), `rank ${rank} of ${rung.length}`);
  }
});

test('ASHA never waits: with none told it starts new configurations', () => {
  const study = studyOf(ashaSampler());
  const running = Array.from({ length: 50 }, () => study.ask());
  assert.deepEqual(new Set(fidelities(running)), new Set([1]));
});

test('a rung that was run at another amount, before the resource was changed, opens nothing', () => {
  const before = studyOf(successiveHalvingSampler());
  run(before, 9);
  const study = studyOf(successiveHalvingSampler(), {
    resource: { name: 'epochs', min: 2, max: 18 },
    trials: before.trials,
  });
  assert.equal(study.ask().fidelity, 2);
});

test('the reason of a promotion names the trial, its rank and both amounts', () => {
  const trials = run(studyOf(successiveHalvingSampler()), 10);
  const { why, continues } = trials[9];
  assert.equal(why.phase, 'promote');
  assert.equal(
    why.words,
    `Goes on with the configuration of trial ${continues}: it ranks 1 of 9 at 1 epochs, and the best 3 go on to 3 epochs.`,
  );
  assert.deepEqual(why.spokeFor, [continues]);
});
