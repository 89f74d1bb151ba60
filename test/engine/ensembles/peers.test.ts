import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { applyBeta, fitBeta } from '../../../src/engine/ensembles/beta-calibration.ts';
import { conformalQuantile } from '../../../src/engine/ensembles/conformal-quantile.ts';
import { fitIsotonicCurve, isotonicHeights } from '../../../src/engine/ensembles/isotonic.ts';
import { intervalsWithin } from '../../../src/engine/ensembles/prediction-intervals.ts';
import { largestScore, setsWithin } from '../../../src/engine/ensembles/prediction-sets.ts';
import { stackMembers } from '../../../src/engine/ensembles/stacking.ts';
import { fitTemperature } from '../../../src/engine/ensembles/temperature.ts';
import { classesOf, foldsInTurn, probabilitiesOf, truthOf, valuesOf } from './forecasts.ts';

interface Goldens {
  readonly temperature: { classes: number; probabilities: number[]; codes: number[]; temperature: number }[];
  readonly isotonic: { x: number[]; y: number[]; at: number[]; heights: number[] };
  readonly beta: { probabilities: number[]; codes: number[]; calibrated: number[] };
  readonly stackOfClasses: {
    members: number[][];
    codes: number[];
    classes: number;
    l1: number;
    l2: number;
    weights: number[];
    intercepts: number[];
  };
  readonly stackOfValues: { members: number[][]; truth: number[]; l2: number; weights: number[]; intercept: number };
  readonly sets: { probabilities: number[]; codes: number[]; fresh: number[]; member: number[] };
  readonly intervals: { predicted: number[]; truth: number[]; fresh: number[]; low: number[]; high: number[] };
}

const goldens: Goldens = JSON.parse(readFileSync(new URL('peers.golden.json', import.meta.url), 'utf8'));
const floats = (values: number[]) => Float64Array.from(values);

function equal(measured: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  assert.equal(measured.length, expected.length);
  expected.forEach((value, i) => {
    const gap = Math.abs(measured[i] - value);
    assert.ok(gap <= tolerance * Math.max(1, Math.abs(value)), `[${i}]: ${measured[i]}, not ${value}`);
  });
}

for (const golden of goldens.temperature) {
  test(`the temperature of ${golden.classes} classes is scipy's`, () => {
    const { temperature } = fitTemperature(floats(golden.probabilities), Int32Array.from(golden.codes), golden.classes);
    equal([temperature], [golden.temperature], 1e-6);
  });
}

test("isotonic heights are scikit-learn's", () => {
  const { x, y, at, heights } = goldens.isotonic;
  equal(isotonicHeights(fitIsotonicCurve(floats(x), floats(y)), floats(at)), heights, 1e-10);
});

test("beta calibration is scikit-learn's logistic regression on both logarithms", () => {
  const { probabilities, codes, calibrated } = goldens.beta;
  const values = floats(probabilities);
  const mapped = applyBeta(fitBeta(values, Int32Array.from(codes)), values);
  equal(
    calibrated.map((_, row) => mapped[row * 2 + 1]),
    calibrated,
    1e-6,
  );
});

test("a stack of classes has scipy's bounded minimum", () => {
  const { members, codes, classes, l1, l2, weights, intercepts } = goldens.stackOfClasses;
  const { stack } = stackMembers(
    members.map((member) => probabilitiesOf(member, classes)),
    classesOf(codes, classes),
    foldsInTurn(codes.length, 3),
    { l1, l2 },
  );
  equal(stack.weights, weights, 1e-5);
  equal(stack.intercepts, intercepts, 1e-5);
  assert.equal(stack.weights[3], 0);
});

test("a stack of values has scipy's non-negative least squares", () => {
  const { members, truth, l2, weights, intercept } = goldens.stackOfValues;
  const { stack } = stackMembers(members.map(valuesOf), truthOf(truth), foldsInTurn(truth.length, 3), { l1: 0, l2 });
  equal(stack.weights, weights, 1e-9);
  equal(stack.intercepts, [intercept], 1e-9);
});

test("sets of the least ambiguous classes are mapie's", () => {
  const { probabilities, codes, fresh, member } = goldens.sets;
  const limit = largestScore(floats(probabilities), Int32Array.from(codes), 0.2);
  assert.deepEqual([...setsWithin(limit, floats(fresh), 4).member], member);
});

test("split intervals are mapie's", () => {
  const { predicted, truth, fresh, low, high } = goldens.intervals;
  const reach = conformalQuantile(
    floats(truth).map((value, row) => Math.abs(value - predicted[row])),
    0.15,
  );
  const ones = new Float64Array(fresh.length).fill(1);
  const intervals = intervalsWithin({ below: reach, above: reach }, floats(fresh), ones);
  equal(intervals.low, low, 1e-9);
  equal(intervals.high, high, 1e-9);
});
