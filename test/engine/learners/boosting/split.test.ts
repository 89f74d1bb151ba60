import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BinnedColumn, BinnedRows } from '../../../../src/engine/data/encoders/bin-encoder.ts';
import {
  fillHistogram,
  histogramOffsets,
  subtractHistogram,
} from '../../../../src/engine/learners/boosting/histogram.ts';
import { bestSplit, type Split, type SplitOptions } from '../../../../src/engine/learners/boosting/split.ts';
import { partRows } from '../../../../src/engine/learners/trees/part-rows.ts';
import { createRandom } from '../../../../src/engine/random.ts';

const options: SplitOptions = {
  l2: 0.5,
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
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  return { data, gradient, hessian, order };
}

function histogramOf(column: BinnedColumn, p: ReturnType<typeof problem>, begin = 0, end = p.data.rows) {
  const offsets = histogramOffsets([column]);
  const sums = new Float64Array(offsets[1]);
  fillHistogram(p.data, Int32Array.of(0), offsets, p.order, begin, end, p.gradient, p.hessian, sums);
  return sums;
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
      const node = sumsWhere(p, () => true);
      const split: Split = bestSplit(
        numericColumn,
        0,
        histogramOf(numericColumn, p),
        0,
        node,
        options,
        createRandom(1),
      )!;
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
      const middle = partRows(p.data, p.order, 0, 200, split, new Uint32Array(200));
      assert.equal(middle, split.leftSums.rows);
      assert.ok([...p.order.subarray(0, middle)].every((row) => isLeft(p.data.bins[row])));
    }
  });
}

test('few levels: each alone against the rest', () => {
  const column = levelColumn(2);
  for (let seed = 0; seed < 20; seed++) {
    const p = problem(seed, 120, (random) => random.integer(4));
    const split: Split = bestSplit(
      column,
      0,
      histogramOf(column, p),
      0,
      sumsWhere(p, () => true),
      options,
      createRandom(1),
    )!;
    const best = Math.max(...[0, 1, 2, 3].map((level) => gainOf(p, (bin) => bin === level)));
    assert.ok(close(split.gain, best), `${split.gain}, not ${best}`);
  }
});

test('many levels: as good as the best of all sets where levels are not smoothed (Fisher 1958)', () => {
  const column = levelColumn(7);
  const plain = { ...options, levelSmoothing: 0, levelL2: 0, l2: 0, minLeafRows: 1 };
  for (let seed = 0; seed < 10; seed++) {
    const p = problem(seed, 300, (random) => 2 + random.integer(7));
    const split: Split = bestSplit(
      column,
      0,
      histogramOf(column, p),
      0,
      sumsWhere(p, () => true),
      plain,
      createRandom(1),
    )!;
    let best = 0;
    for (let set = 1; set < 127; set++)
      best = Math.max(
        best,
        gainOf(p, (bin) => ((set >> (bin - 2)) & 1) === 1, 0),
      );
    assert.ok(close(split.gain, best), `${split.gain}, not ${best}`);
    const middle = partRows(p.data, p.order, 0, 300, split, new Uint32Array(300));
    assert.equal(middle, split.leftSums.rows);
  }
});

test('a leaf keeps its least rows, and noise without gain is not split', () => {
  const p = problem(1, 60, (random) => 1 + random.integer(9));
  const wide = { ...options, minLeafRows: 25 };
  const split: Split = bestSplit(
    numericColumn,
    0,
    histogramOf(numericColumn, p),
    0,
    sumsWhere(p, () => true),
    wide,
    createRandom(1),
  )!;
  assert.ok(split.leftSums.rows >= 25 && split.leftSums.rows <= 35);
  const flat = { ...p, gradient: p.gradient.slice().fill(0) };
  assert.equal(
    bestSplit(
      numericColumn,
      0,
      histogramOf(numericColumn, flat),
      0,
      sumsWhere(flat, () => true),
      options,
      createRandom(1),
    ),
    undefined,
  );
});

test('random cuts vary and stay inside the occupied bins', () => {
  const p = problem(3, 200, (random) => 3 + random.integer(4));
  const sums = histogramOf(numericColumn, p);
  const node = sumsWhere(p, () => true);
  const random = createRandom(5);
  const cuts = Array.from(
    { length: 50 },
    () => bestSplit(numericColumn, 0, sums, 0, node, { ...options, randomCuts: true }, random)?.threshold,
  );
  const found = new Set(cuts.filter((cut) => cut !== undefined));
  assert.deepEqual([...found].sort(), [3, 4, 5]);
});

test('parent minus child is the sibling', () => {
  const p = problem(4, 100, (random) => random.integer(10));
  const [parent, child, sibling] = [
    histogramOf(numericColumn, p),
    histogramOf(numericColumn, p, 0, 40),
    histogramOf(numericColumn, p, 40, 100),
  ];
  subtractHistogram(parent, child);
  parent.forEach((value, i) => {
    assert.ok(Math.abs(value - sibling[i]) < 1e-9);
  });
});
