import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hyperbandBrackets } from '../../../../../src/engine/search/samplers/halving/brackets.ts';
import { fidelityLevels } from '../../../../../src/engine/search/samplers/halving/levels.ts';

const epochs = (min: number, max: number, whole = true) => ({ name: 'epochs', min, max, whole });
const sizes = (rule: 'formula' | 'hpbandster') =>
  hyperbandBrackets(fidelityLevels(epochs(1, 81), 3), 3, rule).map((bracket) => [...bracket.sizes]);

test('levels are powers of eta below the whole, none under the least', () => {
  assert.deepEqual(fidelityLevels(epochs(1, 81), 3), [1, 3, 9, 27, 81]);
  assert.deepEqual(fidelityLevels(epochs(2, 81), 3), [3, 9, 27, 81]);
  assert.deepEqual(fidelityLevels(epochs(1, 100), 3), [1, 4, 11, 33, 100]);
  assert.deepEqual(fidelityLevels(epochs(3, 100), 3), [4, 11, 33, 100]);
  assert.deepEqual(fidelityLevels(epochs(0.1, 1, false), 2), [0.125, 0.25, 0.5, 1]);
  assert.deepEqual(fidelityLevels(epochs(5, 5), 3), [5]);
});

test("the formula's table for R = 81 and eta = 3 (Li et al. 2018, table 1, with their n of equation B = 5R)", () => {
  assert.deepEqual(sizes('formula'), [[81, 27, 9, 3, 1], [34, 11, 3, 1], [15, 5, 1], [8, 2], [5]]);
});

test("HpBandSter's table for the same", () => {
  assert.deepEqual(sizes('hpbandster'), [[81, 27, 9, 3, 1], [27, 9, 3, 1], [9, 3, 1], [6, 2], [5]]);
});

test('each bracket gives the last levels', () => {
  const brackets = hyperbandBrackets([1, 3, 9], 3, 'formula');
  assert.deepEqual(
    brackets.map(({ fidelities }) => fidelities),
    [[1, 3, 9], [3, 9], [9]],
  );
});
