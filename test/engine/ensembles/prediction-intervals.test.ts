import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Column, type Table, takeRows } from '../../../src/engine/data/table.ts';
import { intervalCoverage } from '../../../src/engine/ensembles/coverage.ts';
import { intervalScore } from '../../../src/engine/ensembles/interval-score.ts';
import { type IntervalState, predictionIntervals } from '../../../src/engine/ensembles/prediction-intervals.ts';
import { createRandom, type Random } from '../../../src/engine/random.ts';
import { foldsInTurn, truthOf, valuesOf } from './forecasts.ts';

const numbers = (name: string, values: Float64Array): Column => ({ kind: 'numeric', name, type: 'number', values });
const never = new AbortController().signal;

/** Truths around what is predicted. errorOf: from the row's `hard`, in -2 .. 2, and a standard normal number */
function draw(random: Random, rowCount: number, errorOf: (hard: number, z: number) => number) {
  const hard = Float64Array.from({ length: rowCount }, () => 4 * random.uniform() - 2);
  const predicted = hard.map(() => 10 * random.normal());
  const truth = predicted.map((value, row) => value + errorOf(hard[row], random.normal()));
  const noise = hard.map(() => random.normal());
  const features: Table = { rowCount, columns: [numbers('prediction', noise), numbers('hard', hard)] };
  const target = truthOf(truth);
  return { features, prediction: valuesOf(predicted), target };
}
type Drawn = ReturnType<typeof draw>;

const known = ({ features, prediction, target }: Drawn) => ({
  prediction,
  target,
  foldOf: foldsInTurn(features.rowCount, 5),
  features: (places: ArrayLike<number>) => takeRows(features, places),
});

async function made(drawn: Drawn): Promise<IntervalState> {
  const state = await predictionIntervals.make(known(drawn), never);
  return JSON.parse(JSON.stringify(state));
}

describe('prediction intervals', () => {
  it('are as wide as the row is hard where errors differ, and hold about as much everywhere', async () => {
    const uneven = (hard: number, z: number) => Math.exp(0.7 * hard) * z;
    const state = await made(draw(createRandom(1), 1500, uneven));
    assert.ok(state.size);
    const fresh = draw(createRandom(2), 3000, uneven);
    const [, at90] = predictionIntervals.restore(state).check(fresh, fresh.target);
    assert.ok(Math.abs(at90.coverage - 0.9) < 0.02, `${at90.coverage}`);
    assert.ok(at90.sizes && at90.sizes.high > 5 * at90.sizes.low, JSON.stringify(at90.sizes));
    assert.equal(at90.quarters?.length, 4);
    for (const { coverage } of at90.quarters ?? []) assert.ok(Math.abs(coverage - 0.9) < 0.07, `${coverage}`);
    const evenly = predictionIntervals.restore({ reaches: state.reaches.map(() => ({ below: 4, above: 4 })) });
    assert.equal(evenly.check(fresh, fresh.target)[1].quarters, undefined);
  });

  it('are equally wide where errors are alike, and where the rows are few', async () => {
    for (const [seed, rows] of [
      [1, 800],
      [2, 120],
      [3, 30],
    ]) {
      const state = await made(draw(createRandom(seed), rows, (_, z) => z));
      assert.equal(state.size, undefined);
    }
    const few = await made(draw(createRandom(4), 12, (_, z) => z));
    assert.deepEqual(few.reaches[3], { below: null, above: null });
    const [column] = predictionIntervals.restore(few).columns(
      draw(createRandom(5), 1, () => 0),
      0.99,
      [],
    );
    assert.deepEqual([column.name, column.cell(0)], ['low_99', Number.NEGATIVE_INFINITY]);
  });

  it('reach further to the side on which errors are larger', async () => {
    const skewed = (_: number, z: number) => (z > 0 ? 6 * z : z);
    const state = await made(draw(createRandom(6), 1200, skewed));
    const { below, above } = state.reaches[1];
    assert.ok(below !== null && above !== null && above > 3 * below, JSON.stringify(state.reaches[1]));
    const fresh = draw(createRandom(7), 2000, skewed);
    const { coverage } = predictionIntervals.restore(state).check(fresh, fresh.target)[1];
    assert.ok(Math.abs(coverage - 0.9) < 0.03, `${coverage}`);
  });

  it('stand where there are no errors, extreme ones, texts, levels and missing values', async () => {
    const none = await made(draw(createRandom(8), 200, () => 0));
    assert.deepEqual(none.reaches[1], { below: 0, above: 0 });
    const drawn = draw(createRandom(9), 400, (hard, z) => Math.exp(hard) * z);
    const huge = { ...drawn, prediction: valuesOf(drawn.prediction.values.map((value) => 1e299 * value)) };
    const extreme = await made({ ...huge, target: truthOf(drawn.target.values.map((value) => 1e299 * value)) });
    assert.ok(extreme.reaches.slice(0, 3).every(({ below }) => below !== null && Number.isFinite(below)));
    const levels = ['soft', 'hard'];
    const codes = Int32Array.from({ length: 400 }, (_, row) => (row % 7 === 0 ? -1 : row % 2));
    const columns: Column[] = [
      { kind: 'coded', name: 'kind', type: 'category', levels, codes },
      { kind: 'coded', name: 'words', type: 'text', levels: ['a b', 'c'], codes },
      numbers('gaps', new Float64Array(400).fill(Number.NaN)),
    ];
    const target = truthOf(
      drawn.prediction.values.map((value, row) => value + (codes[row] === 1 ? 9 : 1) * Math.sin(row)),
    );
    const mixed = { features: { rowCount: 400, columns }, prediction: drawn.prediction, target };
    const { size } = await made(mixed);
    assert.deepEqual(size?.columns.map(({ name }) => name).toSorted(), ['kind', 'prediction']);
  });

  it('are learnt from some rows of many, whatever the folds', async () => {
    const many = await made(draw(createRandom(10), 25_000, (hard, z) => Math.exp(hard) * z));
    assert.ok(many.size);
  });
});

describe('the interval score', () => {
  it('is the width, and 2 / alpha of what a truth is outside', () => {
    const errors = Float64Array.of(0, 3, -2.5);
    const sizes = Float64Array.of(1, 1, 2);
    // Widths 3, 3 and 6; the second is 1 above, the third, down to -2, half below.
    const expected = (12 + 20 * 1 + 20 * 0.5) / 3;
    assert.ok(Math.abs(intervalScore(errors, sizes, { below: 1, above: 2 }, 0.1) - expected) < 1e-12);
    assert.equal(intervalScore(errors, sizes, { below: null, above: 2 }, 0.1), Number.POSITIVE_INFINITY);
  });
});

describe('coverage', () => {
  it('counts rows and sizes, and says how sure the share is', () => {
    const intervals = { low: Float64Array.of(0, 0, 0, 0), high: Float64Array.of(1, 1, 2, 4) };
    const { rows, coverage, interval, meanSize, quarters } = intervalCoverage(
      intervals,
      Float64Array.of(0.5, 1, 3, -1),
    );
    assert.deepEqual([rows, coverage, meanSize, quarters], [4, 0.5, 2, undefined]);
    assert.ok(interval.low < 0.07 && interval.high > 0.93);
    assert.throws(() => intervalCoverage({ low: new Float64Array(), high: new Float64Array() }, new Float64Array()));
  });

  it('of quarters goes from the narrowest intervals to the widest', () => {
    const high = Float64Array.from({ length: 80 }, (_, row) => 80 - row);
    const truth = high.map((top) => (top > 60 ? -1 : 0));
    const { quarters, sizes } = intervalCoverage({ low: new Float64Array(80), high }, truth);
    assert.deepEqual(
      quarters?.map(({ coverage }) => coverage),
      [1, 1, 1, 0],
    );
    assert.ok(sizes && sizes.low < 6 && sizes.high > 75);
  });
});
