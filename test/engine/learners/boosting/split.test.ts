import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BinnedColumn, type BinnedRows, binCount } from '../../../../src/engine/data/encoders/bin-encoder.ts';
import { leafValue, rootLimits } from '../../../../src/engine/learners/boosting/leaf-value.ts';
import {
  bestSplit,
  type OpenNode,
  type Split,
  type SplitOptions,
} from '../../../../src/engine/learners/boosting/split.ts';
import { inSet } from '../../../../src/engine/learners/trees/tree-nodes.ts';
import { createRandom } from '../../../../src/engine/random.ts';

const options: SplitOptions = {
  l1: 0,
  l2: 0.5,
  pathSmoothing: 0,
  minLeafRows: 5,
  minLeafHessian: 1e-3,
  randomCuts: false,
  levelSmoothing: 10,
  levelL2: 10,
  minGroupRows: 1,
};
const numericColumn: BinnedColumn = { kind: 'numeric', name: 'a', edges: [1, 2, 3, 4, 5, 6, 7, 8] };
const levelColumn = (count: number): BinnedColumn => ({
  kind: 'coded',
  name: 'c',
  levels: Array.from({ length: count }, (_, i) => `${i}`),
});

/** Rows of one column of random bins, with gradients that depend on the bin. */
function problem(seed: number, rows: number, draw: (random: ReturnType<typeof createRandom>) => number) {
  const random = createRandom(seed);
  const data: BinnedRows = { rows, columns: 1, bins: Uint8Array.from({ length: rows }, () => draw(random)) };
  const gradient = Float32Array.from(data.bins, (bin) => Math.sin(bin * 2) + random.normal());
  const hessian = Float32Array.from(data.bins, () => 0.1 + random.uniform());
  return { data, gradient, hessian };
}

/** Gradient, hessian and rows of each bin, interleaved. */
function histogramOf(column: BinnedColumn, p: ReturnType<typeof problem>): Float64Array {
  const sums = new Float64Array(3 * binCount(column));
  p.data.bins.forEach((bin, row) => {
    sums[3 * bin] += p.gradient[row];
    sums[3 * bin + 1] += p.hessian[row];
    sums[3 * bin + 2]++;
  });
  return sums;
}

const rootOf = (p: ReturnType<typeof problem>): OpenNode => ({ sums: sumsWhere(p, () => true), limits: rootLimits });

function splitOf(column: BinnedColumn, p: ReturnType<typeof problem>, given = options): Split | undefined {
  return bestSplit(column, 0, histogramOf(column, p), rootOf(p), given, createRandom(1));
}

function sumsWhere(p: ReturnType<typeof problem>, isIn: (bin: number) => boolean) {
  let [g, h, rows] = [0, 0, 0];
  p.data.bins.forEach((bin, row) => {
    if (!isIn(bin)) return;
    g += p.gradient[row];
    h += p.hessian[row];
    rows++;
  });
  return { g, h, rows };
}

function gainOf(p: ReturnType<typeof problem>, isLeft: (bin: number) => boolean, l2 = options.l2): number {
  const [left, right] = [sumsWhere(p, isLeft), sumsWhere(p, (bin) => !isLeft(bin))];
  if (Math.min(left.rows, right.rows) < options.minLeafRows) return Number.NEGATIVE_INFINITY;
  const score = (g: number, h: number) => (g * g) / (h + l2);
  return score(left.g, left.h) + score(right.g, right.h) - score(left.g + right.g, left.h + right.h);
}

const close = (a: number, b: number) => Math.abs(a - b) < 1e-6 * Math.max(1, Math.abs(b));

for (const missing of [true, false]) {
  test(`the best threshold ${missing ? 'with' : 'without'} missing rows is the best of all`, () => {
    for (let seed = 0; seed < 20; seed++) {
      const p = problem(seed, 200, (random) => random.integer(missing ? 10 : 9) + (missing ? 0 : 1));
      const split: Split = splitOf(numericColumn, p, options)!;
      const gains: number[] = [];
      for (let t = 0; t <= 9; t++) {
        gains.push(
          gainOf(p, (bin) => bin > 0 && bin <= t),
          gainOf(p, (bin) => bin === 0 || bin <= t),
        );
      }
      assert.ok(close(split.gain, Math.max(...gains)), `${split.gain}, not ${Math.max(...gains)}`);
      const isLeft = (bin: number) => (bin === 0 ? split.missingLeft : bin <= split.threshold);
      assert.ok(close(gainOf(p, isLeft), split.gain));
      assert.equal(sumsWhere(p, isLeft).rows, split.leftSums.rows);
    }
  });
}

test('few levels: each alone against the rest', () => {
  const column = levelColumn(2);
  for (let seed = 0; seed < 20; seed++) {
    const p = problem(seed, 120, (random) => random.integer(4));
    const split: Split = splitOf(column, p, options)!;
    const best = Math.max(...[0, 1, 2, 3].map((level) => gainOf(p, (bin) => bin === level)));
    assert.ok(close(split.gain, best), `${split.gain}, not ${best}`);
  }
});

test('many levels: as good as the best of all sets where levels are not smoothed (Fisher 1958)', () => {
  const column = levelColumn(7);
  const plain = { ...options, levelSmoothing: 0, levelL2: 0, l2: 0, minLeafRows: 1 };
  for (let seed = 0; seed < 10; seed++) {
    const p = problem(seed, 300, (random) => 2 + random.integer(7));
    const split: Split = splitOf(column, p, plain)!;
    let best = 0;
    for (let set = 1; set < 127; set++)
      best = Math.max(
        best,
        gainOf(p, (bin) => ((set >> (bin - 2)) & 1) === 1, 0),
      );
    assert.ok(close(split.gain, best), `${split.gain}, not ${best}`);
    assert.equal(sumsWhere(p, (bin) => inSet(split.left!, 0, bin)).rows, split.leftSums.rows);
  }
});

test('a leaf keeps its least rows, and noise without gain is not split', () => {
  const p = problem(1, 60, (random) => 1 + random.integer(9));
  const wide = { ...options, minLeafRows: 25 };
  const split: Split = splitOf(numericColumn, p, wide)!;
  assert.ok(split.leftSums.rows >= 25 && split.leftSums.rows <= 35);
  const flat = { ...p, gradient: p.gradient.slice().fill(0) };
  assert.equal(splitOf(numericColumn, flat, options), undefined);
});

test('random cuts vary and stay inside the occupied bins', () => {
  const p = problem(3, 200, (random) => 3 + random.integer(4));
  const sums = histogramOf(numericColumn, p);
  const random = createRandom(5);
  const cuts = Array.from(
    { length: 50 },
    () => bestSplit(numericColumn, 0, sums, rootOf(p), { ...options, randomCuts: true }, random)?.threshold,
  );
  const found = new Set(cuts.filter((cut) => cut !== undefined));
  assert.deepEqual([...found].sort(), [3, 4, 5]);
});

test('path smoothing draws a leaf to its parent, and an L1 penalty sets small sums to nothing', () => {
  const limits = { ...rootLimits, parent: 1 };
  const rule = { l1: 0, l2: 2, pathSmoothing: 5 };
  assert.ok(close(leafValue(-12, 4, 5, rule, limits), 0.5 * 2 + 0.5 * 1));
  assert.ok(close(leafValue(-12, 4, 5, { ...rule, pathSmoothing: 0, l1: 6 }, limits), 1));
  assert.ok(leafValue(5, 4, 5, { ...rule, pathSmoothing: 0, l1: 6 }, limits) === 0);
  assert.equal(leafValue(-12, 4, 5, { ...rule, pathSmoothing: 0 }, { ...limits, high: 0.25 }), 0.25);
});

test('a split against the direction of a monotone column is none', () => {
  const p = problem(7, 200, (random) => 1 + random.integer(9));
  // A negative gradient asks for a higher score: here the prediction falls with the bin.
  const falling = { ...p, gradient: Float32Array.from(p.data.bins, (bin) => bin - 5) };
  assert.equal(splitOf(numericColumn, falling, { ...options, directions: Int8Array.of(1) }), undefined);
  const split = splitOf(numericColumn, falling, { ...options, directions: Int8Array.of(-1) });
  assert.ok(close(split!.gain, splitOf(numericColumn, falling)!.gain));
});
