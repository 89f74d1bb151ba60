import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyBeta, fitBeta } from '../../../src/engine/ensembles/beta-calibration.ts';
import { applyCalibration, calibrate } from '../../../src/engine/ensembles/calibration.ts';
import { applyIsotonic, fitIsotonic, fitIsotonicCurve } from '../../../src/engine/ensembles/isotonic.ts';
import { applyTemperature, fitTemperature } from '../../../src/engine/ensembles/temperature.ts';
import { calibrationError } from '../../../src/engine/metrics/calibration-error.ts';
import { logLoss } from '../../../src/engine/metrics/classification.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { drawForecast, foldsInTurn } from './forecasts.ts';

const near = (a: number, b: number, tolerance: number) =>
  assert.ok(Math.abs(a - b) <= tolerance, `${a}, not ${b} +- ${tolerance}`);

function sumToOne(values: Float64Array, classCount: number): void {
  for (let base = 0; base < values.length; base += classCount) {
    near(
      values.subarray(base, base + classCount).reduce((a, b) => a + b, 0),
      1,
      1e-12,
    );
  }
}

test('the temperature by which a model is too sure is found, and undoes it', () => {
  const { stated, codes, real } = drawForecast(createRandom(1), 4000, 3, 2);
  const map = fitTemperature(stated, codes, 3);
  near(map.temperature, 2, 0.15);
  const mapped = applyTemperature({ kind: 'temperature', temperature: 2 }, stated, 3);
  mapped.forEach((p, i) => {
    near(p, real[i], 1e-5);
  });
});

test('a beta map with a = b = 1 and c = 0 changes nothing, and a fitted one never falls', () => {
  const { stated, codes } = drawForecast(createRandom(2), 600, 2, 0.5);
  applyBeta({ kind: 'beta', a: 1, b: 1, c: 0 }, stated).forEach((p, i) => {
    near(p, stated[i], 1e-9);
  });
  const map = fitBeta(
    stated,
    codes.map((code) => 1 - code),
  );
  assert.ok(map.a >= 0 && map.b >= 0, 'a model that is wrong all along becomes a constant, not its opposite');
});

test('a beta map stays finite where every row is told apart', () => {
  const map = fitBeta(Float64Array.of(0.9, 0.1, 0.8, 0.2, 0.3, 0.7, 0.1, 0.9), Int32Array.of(0, 0, 1, 1));
  const mapped = applyBeta(map, Float64Array.of(1, 0, 0, 1));
  assert.ok(mapped.every((p) => Number.isFinite(p)));
});

test('an isotonic curve rises, keeps the mean and leaves what rises already', () => {
  const random = createRandom(3);
  for (let round = 0; round < 20; round++) {
    const x = Float64Array.from({ length: 40 }, () => random.integer(15) / 15);
    const y = x.map((value) => value + random.normal());
    const curve = fitIsotonicCurve(x, y);
    for (let i = 1; i < curve.x.length; i++) {
      assert.ok(curve.x[i] > curve.x[i - 1] && curve.y[i] >= curve.y[i - 1]);
    }
    const fitted = x.reduce((sum, at) => sum + curve.y[curve.x.findLastIndex((corner) => corner <= at)], 0);
    near(
      fitted,
      y.reduce((a, b) => a + b, 0),
      1e-9,
    );
  }
  assert.deepEqual(fitIsotonicCurve(Float64Array.of(1, 2, 3), Float64Array.of(0, 0.5, 1)).y, [0, 0.5, 1]);
  assert.deepEqual(fitIsotonicCurve(Float64Array.of(1, 2, 3), Float64Array.of(3, 2, 1)).y, [2, 2]);
});

test('isotonic probabilities are never certain and sum to 1, for two classes and more', () => {
  for (const classCount of [2, 4]) {
    const { stated, codes } = drawForecast(createRandom(4), 300, classCount, 3);
    const mapped = applyIsotonic(fitIsotonic(stated, codes, classCount), stated, classCount);
    sumToOne(mapped, classCount);
    assert.ok(mapped.every((p) => p > 0 && p < 1));
  }
});

test('a map is accepted only where it helps rows that it was not fitted on', () => {
  const folds = foldsInTurn(2400, 4);
  const tooSure = drawForecast(createRandom(5), 2400, 2, 3);
  const { map, losses } = calibrate(tooSure.stated, tooSure.codes, 2, folds);
  assert.ok(map);
  assert.deepEqual(Object.keys(losses), ['none', 'temperature', 'beta', 'isotonic']);
  const mapped = applyCalibration(JSON.parse(JSON.stringify(map)), tooSure.stated, 2);
  sumToOne(mapped, 2);
  assert.ok(logLoss(mapped, tooSure.codes, 2)! < logLoss(tooSure.stated, tooSure.codes, 2)!);
  assert.ok(calibrationError(mapped, tooSure.codes, 2)! < calibrationError(tooSure.stated, tooSure.codes, 2)! / 2);

  const honest = drawForecast(createRandom(6), 2400, 2, 1);
  const kept = calibrate(honest.stated, honest.codes, 2, folds);
  const least = Math.min(...Object.values(kept.losses));
  assert.equal(kept.map === undefined, least === kept.losses.none);
  assert.ok(kept.losses.isotonic! > kept.losses.none!, 'isotonic fits noise where nothing is to be mended');
});

test('few rows are left as they are', () => {
  const { stated, codes } = drawForecast(createRandom(7), 499, 3, 3);
  const { map, losses } = calibrate(stated, codes, 3, foldsInTurn(499, 5));
  assert.equal(map, undefined);
  assert.deepEqual(Object.keys(losses), ['none']);
  const some = drawForecast(createRandom(7), 1500, 3, 3);
  const { losses: tried } = calibrate(some.stated, some.codes, 3, foldsInTurn(1500, 5));
  assert.deepEqual(Object.keys(tried), ['none', 'temperature']);
});
