import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  conformalQuantile,
  fitIntervals,
  fitQuantileIntervals,
  fitSets,
  intervalsOf,
  quantileIntervalsOf,
  setsOf,
} from '../../../src/engine/ensembles/conformal.ts';
import type { SetScore } from '../../../src/engine/ensembles/conformal-scores.ts';
import { setScores } from '../../../src/engine/ensembles/conformal-scores.ts';
import { intervalCoverage, setCoverage } from '../../../src/engine/ensembles/coverage.ts';
import { crossIntervals, crossResiduals } from '../../../src/engine/ensembles/cross-conformal.ts';
import { mostProbable } from '../../../src/engine/metrics/classification.ts';
import { createRandom, type Random } from '../../../src/engine/random.ts';
import { drawForecast, foldsInTurn } from './forecasts.ts';

const alpha = 0.1;
const rounds = 60;

/** Mean coverage over many draws is at least what is promised: three standard errors of room. */
function holds(promised: number, coverages: readonly number[], what: string): void {
  const mean = coverages.reduce((a, b) => a + b, 0) / coverages.length;
  const spread = Math.sqrt(coverages.reduce((sum, c) => sum + (c - mean) ** 2, 0) / coverages.length ** 2);
  assert.ok(mean >= promised - 3 * spread, `${what}: ${mean} of ${promised}`);
}

const overDraws = (seed: number, draw: (random: Random) => number) =>
  Array.from({ length: rounds }, (_, round) => draw(createRandom(seed).fork(`${round}`)));

test('the quantile is the ceil((m + 1)(1 - alpha))-th smallest, none where the rows are too few', () => {
  const scores = Float64Array.from({ length: 19 }, (_, i) => 19 - i);
  assert.equal(conformalQuantile(scores, 0.1), 18);
  assert.equal(conformalQuantile(scores, 0.05), 19);
  assert.equal(conformalQuantile(scores, 0.04), null);
  assert.throws(() => conformalQuantile(scores, 0), RangeError);
  assert.throws(() => conformalQuantile(scores, 1), RangeError);
});

const line = (random: Random, rows: number) => {
  const x = Float64Array.from({ length: rows }, () => random.normal());
  return { x, y: x.map((value) => 2 * value + (1 + Math.abs(value)) * random.normal()) };
};

test('split intervals cover as promised, each group apart', () => {
  const groups = (x: Float64Array) => Int32Array.from(x, (value) => (Math.abs(value) > 1 ? 1 : 0));
  const wide = overDraws(1, (random) => {
    const [before, after] = [line(random, 99), line(random, 200)];
    const guess = (x: Float64Array) => x.map((value) => 2 * value);
    const fitted = fitIntervals(guess(before.x), before.y, alpha, groups(before.x), 2);
    const far = after.x.filter((value) => Math.abs(value) > 1);
    const truth = after.y.filter((_, row) => Math.abs(after.x[row]) > 1);
    return intervalCoverage(intervalsOf(fitted, guess(far), groups(far)), truth).coverage;
  });
  holds(1 - alpha, wide, 'the group with the larger errors');
});

test('conformalised quantiles cover as promised and are wider where the noise is', () => {
  const covered = overDraws(2, (random) => {
    const [before, after] = [line(random, 99), line(random, 200)];
    const band = (x: Float64Array) => ({
      low: x.map((value) => 2 * value - (1 + Math.abs(value))),
      high: x.map((value) => 2 * value + (1 + Math.abs(value))),
    });
    const fitted = fitQuantileIntervals(band(before.x), before.y, alpha);
    return intervalCoverage(quantileIntervalsOf(fitted, band(after.x)), after.y).coverage;
  });
  holds(1 - alpha, covered, 'CQR');
});

test('an interval that is narrowed past its middle is a point', () => {
  const given = { low: Float64Array.of(0), high: Float64Array.of(2) };
  const { low, high } = quantileIntervalsOf({ margins: [-5] }, given);
  assert.deepEqual([low[0], high[0]], [1, 1]);
});

test('CV+ covers at least 1 - 2 alpha, here about 1 - alpha, without rows set aside', () => {
  const covered = overDraws(3, (random) => {
    const [before, after] = [line(random, 80), line(random, 100)];
    const foldOf = foldsInTurn(80, 5);
    const slopes = [0, 1, 2, 3, 4].map((fold) => {
      let [xy, xx] = [0, 0];
      before.x.forEach((value, row) => {
        if (foldOf[row] === fold) return;
        xy += value * before.y[row];
        xx += value * value;
      });
      return xy / xx;
    });
    const out = before.x.map((value, row) => value * slopes[foldOf[row]]);
    const byFold = slopes.map((slope) => after.x.map((value) => slope * value));
    return intervalCoverage(crossIntervals(crossResiduals(out, before.y, foldOf, 5), byFold, alpha), after.y).coverage;
  });
  holds(1 - alpha, covered, 'CV+');
});

test('too few rows promise nothing: every value, every class', () => {
  const fitted = fitIntervals(Float64Array.of(1, 2), Float64Array.of(1, 3), 0.1);
  assert.deepEqual(fitted.margins, [null]);
  assert.equal(intervalsOf(fitted, Float64Array.of(5)).high[0], Number.POSITIVE_INFINITY);
  const cross = crossIntervals(
    crossResiduals(Float64Array.of(1, 2), Float64Array.of(1, 3), [0, 1], 2),
    [Float64Array.of(1), Float64Array.of(1)],
    0.1,
  );
  assert.deepEqual([cross.low[0], cross.high[0]], [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  const sets = fitSets(Float64Array.of(0.9, 0.1), Int32Array.of(0), 2, { kind: 'lac' }, 0.1);
  assert.deepEqual([...setsOf(sets, Float64Array.of(0.9, 0.1), 2).member], [1, 1]);
});

const scores: readonly SetScore[] = [{ kind: 'lac' }, { kind: 'aps' }, { kind: 'raps', penalty: 0.1, rank: 2 }];
for (const score of scores) {
  for (const isRandom of score.kind === 'lac' ? [false] : [false, true]) {
    test(`sets by ${score.kind}${isRandom ? ' broken by chance' : ''} cover as promised`, () => {
      const covered = overDraws(4, (random) => {
        const [before, after] = [drawForecast(random, 99, 4, 3), drawForecast(random, 200, 4, 3)];
        const chance = isRandom ? random : undefined;
        const fitted = fitSets(before.stated, before.codes, 4, score, alpha, { random: chance });
        const sets = setsOf(JSON.parse(JSON.stringify(fitted)), after.stated, 4, chance);
        return setCoverage(sets, after.codes).coverage;
      });
      holds(1 - alpha, covered, score.kind);
    });
  }
}

test('each class is covered as promised where it has a quantile of its own', () => {
  const covered = overDraws(5, (random) => {
    const [before, after] = [drawForecast(random, 150, 3, 2), drawForecast(random, 200, 3, 2)];
    const fitted = fitSets(before.stated, before.codes, 3, { kind: 'lac' }, alpha, { perClass: true });
    const rows = [...after.codes.keys()].filter((row) => after.codes[row] === 2);
    const stated = Float64Array.from(rows.flatMap((row) => [...after.stated.subarray(row * 3, row * 3 + 3)]));
    return setCoverage(
      setsOf(fitted, stated, 3),
      Int32Array.from(rows, () => 2),
    ).coverage;
  });
  holds(1 - alpha, covered, 'class 2');
});

test('without chance an adaptive set always holds the most probable class', () => {
  const { stated, codes } = drawForecast(createRandom(6), 200, 3, 3);
  for (const score of scores.slice(1)) {
    const { member } = setsOf(fitSets(stated, codes, 3, score, 0.5), stated, 3);
    mostProbable(stated, 3).forEach((k, row) => {
      assert.equal(member[row * 3 + k], 1);
    });
  }
});

test('a penalty on ranks counts from the rank after the last free one', () => {
  const [aps, raps] = [scores[1], scores[2]].map((score) => setScores(score, Float64Array.of(0.1, 0.4, 0.2, 0.3), 4));
  [0.9, 0, 0.7, 0.4].forEach((expected, k) => {
    assert.ok(Math.abs(aps[k] - expected) < 1e-12);
  });
  [1.1, 0, 0.8, 0.4].forEach((expected, k) => {
    assert.ok(Math.abs(raps[k] - expected) < 1e-12);
  });
});

test('chance is asked for both times or neither', () => {
  const fitted = fitSets(Float64Array.of(0.9, 0.1), Int32Array.of(0), 2, { kind: 'aps' }, 0.5);
  assert.throws(() => setsOf(fitted, Float64Array.of(0.9, 0.1), 2, createRandom(1)), RangeError);
});

test('coverage counts rows, sizes and how sure the share is', () => {
  const intervals = { low: Float64Array.of(0, 0, 0, 0), high: Float64Array.of(1, 1, 2, 4) };
  const { rows, coverage, interval, meanSize } = intervalCoverage(intervals, Float64Array.of(0.5, 1, 3, -1));
  assert.deepEqual([rows, coverage, meanSize], [4, 0.5, 2]);
  assert.ok(interval.low < 0.07 && interval.high > 0.93);
  assert.throws(() => intervalCoverage({ low: new Float64Array(), high: new Float64Array() }, new Float64Array()));
  const sets = { member: Uint8Array.of(1, 0, 0, 1, 1, 0), classCount: 3 };
  assert.deepEqual(
    [setCoverage(sets, Int32Array.of(0, 2)).coverage, setCoverage(sets, Int32Array.of(0, 2)).meanSize],
    [0.5, 1.5],
  );
});
