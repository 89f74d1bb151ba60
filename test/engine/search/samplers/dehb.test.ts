import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../../src/engine/random.ts';
import { dehbSampler } from '../../../../src/engine/search/samplers/dehb.ts';
import { randOneBin } from '../../../../src/engine/search/samplers/halving/differential-evolution.ts';
import { subpopulation } from '../../../../src/engine/search/samplers/halving/subpopulation.ts';
import { createStudy } from '../../../../src/engine/search/study.ts';
import type { Trial } from '../../../../src/shared/trial.ts';

const resource = { name: 'epochs', min: 1, max: 9 };
const space = { x: { float: [0, 1] }, y: { float: [0, 1] }, kind: { choice: ['a', 'b'] } } as const;
const bowl = ({ params }: Trial) =>
  (Number(params.x) - 0.3) ** 2 + (Number(params.y) - 0.6) ** 2 + (params.kind === 'a' ? 0 : 0.1);

function run(count: number, seed = 1) {
  const study = createStudy({ space, sampler: dehbSampler(), resource, seed });
  for (let i = 0; i < count; i++) {
    const trial = study.ask();
    study.tell(trial, bowl(trial));
  }
  return study;
}

test('the first round promotes, the first bracket from random configurations; later rounds only evolve', () => {
  const { trials } = run(80);
  const phases = (bracket: number) =>
    trials.filter(({ attributes }) => attributes['dehb.bracket'] === bracket).map(({ why }) => why.phase);
  // Nine, three and one trial at 1, 3 and 9 epochs; then three and one; then three.
  assert.deepEqual(phases(0), [...Array(9).fill('explore'), ...Array(4).fill('promote')]);
  assert.deepEqual(phases(1), ['mutate', 'mutate', 'mutate', 'promote']);
  assert.deepEqual(phases(2), ['mutate', 'mutate', 'mutate']);
  assert.deepEqual(new Set(phases(3)), new Set(['mutate']));
});

test('a slot keeps the best trial that was made for it', () => {
  const study = run(120);
  const { members, ranked } = subpopulation(study, 1, 9);
  assert.equal(members.length, 9);
  for (const [slot, member] of members.entries()) {
    const made = study.trials.filter((trial) => trial.fidelity === 1 && trial.attributes['dehb.slot'] === slot);
    assert.equal(bowl(member as Trial), Math.min(...made.map(bowl)));
  }
  assert.deepEqual(
    ranked.map(bowl),
    ranked.map(bowl).toSorted((a, b) => a - b),
  );
});

test('rand/1/bin: every coordinate is the target or the mutant, at least one the mutant, none outside of the cube', () => {
  const random = createRandom(4);
  const pool = [0.2, 0.9, 0.1].map((value) => ({ point: Float64Array.of(value, value, value) }));
  const target = { point: Float64Array.of(0.5, 0.5, 0.5) };
  let mixed = 0;
  for (let i = 0; i < 200; i++) {
    const { point, from } = randOneBin(target, pool, 0.5, 0.5, random);
    const [a, b, c] = from.map((one) => one.point[0]);
    assert.equal(new Set([a, b, c]).size, 3);
    const mutant = a + 0.5 * (b - c);
    const moved = [...point].filter((value) => value !== 0.5);
    assert.ok(moved.length > 0);
    if (mutant >= 0 && mutant <= 1) for (const value of moved) assert.ok(Math.abs(value - mutant) < 1e-12);
    for (const value of point) assert.ok(value >= 0 && value <= 1);
    if (moved.length < 3) mixed++;
  }
  assert.ok(mixed > 50);
});

test('it ends nearer to the optimum than where it began', () => {
  for (const seed of [1, 2, 3]) {
    const { trials } = run(150, seed);
    const best = (some: readonly Trial[]) => Math.min(...some.filter(({ fidelity }) => fidelity === 9).map(bowl));
    assert.ok(best(trials) < best(trials.slice(0, 20)) / 2);
  }
});
