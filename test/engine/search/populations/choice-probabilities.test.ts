import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../../src/engine/random.ts';
import {
  adaptProbabilities,
  drawChoice,
  evenProbabilities,
} from '../../../../src/engine/search/populations/choice-probabilities.ts';
import { describeSpace } from '../../../../src/engine/space/description.ts';
import type { Params } from '../../../../src/shared/space.ts';
import type { Trial } from '../../../../src/shared/trial.ts';

const space = describeSpace({ kind: { choice: ['a', 'b', 'c'] }, only: { choice: [1] }, x: { float: [0, 1] } });
const trial = (params: Params, number: number): Trial => ({
  number,
  state: 'complete',
  params,
  why: { sampler: 'cma-es', phase: 'explore', words: 'Drawn.' },
  intermediate: [],
  attributes: {},
});
const generation = ['a', 'b', 'c', 'c'].map((kind, i) => trial({ kind, only: 1 }, i));

test('probabilities move to the fitter half and still sum to 1', () => {
  const moved = adaptProbabilities(evenProbabilities(space), space, generation, 0.3).get('kind') as Float64Array;
  assert.ok(moved[0] > moved[1] && moved[1] > moved[2], `${moved}`);
  assert.ok(Math.abs(moved[0] + moved[1] + moved[2] - 1) < 1e-12);
});

test('no choice is given up, whatever a hundred generations say', () => {
  let probabilities = evenProbabilities(space);
  const same = [0, 1, 2, 3].map((i) => trial({ kind: 'a', only: 1 }, i));
  for (let i = 0; i < 100; i++) probabilities = adaptProbabilities(probabilities, space, same, 0.3);
  const kind = probabilities.get('kind') as Float64Array;
  const least = (1 - 0.73 ** 0.5) / 2;
  assert.ok(Math.abs(kind[1] - least) < 1e-9 && Math.abs(kind[2] - least) < 1e-9, `${kind}`);
  assert.deepEqual([...(probabilities.get('only') as Float64Array)], [1]);
});

test('a parameter that was nowhere active keeps its probabilities', () => {
  const inactive = generation.map(({ number }) => trial({ only: 1 }, number));
  const kept = adaptProbabilities(evenProbabilities(space), space, inactive, 0.3).get('kind') as Float64Array;
  for (const p of kept) assert.ok(Math.abs(p - 1 / 3) < 1e-12);
});

test('choices are drawn as often as they are probable', () => {
  const random = createRandom(2);
  const probabilities = new Map([['kind', Float64Array.of(0.6, 0.1, 0.3)]]);
  const counts: Record<string, number> = { a: 0, b: 0, c: 0 };
  for (let i = 0; i < 5000; i++) counts[String(drawChoice(probabilities, space.parameters[0], random))]++;
  assert.ok(Math.abs(counts.a - 3000) < 150 && Math.abs(counts.b - 500) < 100, JSON.stringify(counts));
});
