import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BinnedColumn, BinnedRows } from '../../../../src/engine/data/encoders/bin-encoder.ts';
import { Histograms, histogramOffsets } from '../../../../src/engine/learners/boosting/histogram.ts';
import { type NodeSums, rootLimits } from '../../../../src/engine/learners/boosting/leaf-value.ts';
import { programsOver } from '../../../../src/engine/learners/boosting/programs/programs.ts';
import { bestSplit, type Split, type SplitOptions } from '../../../../src/engine/learners/boosting/split.ts';
import { ThresholdScan } from '../../../../src/engine/learners/boosting/threshold-scan.ts';
import { TrainingMemory } from '../../../../src/engine/learners/boosting/training-memory.ts';
import { createRandom, type Random } from '../../../../src/engine/random.ts';

const plain: SplitOptions = {
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
const edgeCounts = [0, 3, 40, 253];
const columns: readonly BinnedColumn[] = edgeCounts.map((count, i) => ({
  kind: 'numeric',
  name: `x${i}`,
  edges: Array.from({ length: count }, (_, edge) => edge),
}));
const rows = 300;

/** Random bins, the missing one among them for odd seeds, and the sums of the first rows. */
function problem(seed: number, options: SplitOptions) {
  const random = createRandom(seed);
  const lowest = seed % 2;
  const bins = Uint8Array.from(
    { length: rows * columns.length },
    (_, i) => 1 - lowest + random.integer(edgeCounts[i % columns.length] + 1 + lowest),
  );
  const data: BinnedRows = { rows, columns: columns.length, bins };
  const offsets = histogramOffsets(columns);
  const memory = new TrainingMemory(data, { outputs: 1, sumsBytes: offsets[columns.length], maxLeaves: 4 });
  const programs = programsOver(memory.memory, offsets.subarray(0, columns.length));
  const histograms = new Histograms(memory, programs, offsets, rows);
  memory.gradient.view.set(
    Float32Array.from({ length: rows }, (_, row) => Math.sin(bins[4 * row + 2]) + random.normal()),
  );
  memory.hessian.view.set(Float32Array.from({ length: rows }, () => 0.05 + random.uniform()));
  memory.order.view.set(random.permutation(rows));
  const features = Int32Array.from(columns, (_, i) => i);
  histograms.begin(0, features);
  const scan = new ThresholdScan(memory, programs, histograms, columns, offsets, options);
  const others = scan.begin(features);
  const end = 20 + random.integer(rows - 20);
  histograms.fill(0, end, memory.slots[0]);
  const node: NodeSums = { g: 0, h: 0, rows: 0 };
  const view = histograms.unpack(memory.slots[0], 1);
  const sums = [0, 1, 2].map((part) => [0, 1, 2, 3, 4].reduce((sum, bin) => sum + view[3 * bin + part], 0));
  Object.assign(node, { g: sums[0], h: sums[1], rows: sums[2] });
  return { scan, others, histograms, slot: memory.slots[0], node };
}

const oneByOne = ({ histograms, slot, node }: ReturnType<typeof problem>, options: SplitOptions, random: Random) =>
  columns.reduce<Split | undefined>((found, column, feature) => {
    const view = histograms.unpack(slot, feature);
    return bestSplit(column, feature, view, { sums: node, limits: rootLimits }, options, random, found?.gain) ?? found;
  }, undefined);

function assertSame(found: Split | undefined, expected: Split | undefined): void {
  const exact = ({ feature, threshold, missingLeft, leftSums }: Split) => [
    feature,
    threshold,
    missingLeft,
    leftSums.rows,
  ];
  assert.deepEqual(found && exact(found), expected && exact(expected));
  if (!found || !expected) return;
  assert.ok(Math.abs(found.gain - expected.gain) < 1e-9 * Math.max(1, expected.gain), `${found.gain}`);
  assert.ok(
    Math.abs(found.leftSums.g - expected.leftSums.g) < 1e-9 && Math.abs(found.leftSums.h - expected.leftSums.h) < 1e-9,
  );
}

test('the compiled scan finds what the columns say one by one', () => {
  for (const options of [
    plain,
    { ...plain, l2: 0, minLeafRows: 1 },
    { ...plain, minLeafRows: 60, minLeafHessian: 20 },
  ]) {
    for (let seed = 0; seed < 30; seed++) {
      const p = problem(seed, options);
      assert.equal(p.others.length, 0);
      assertSame(p.scan.best(p.slot, p.node, createRandom(1)), oneByOne(p, options, createRandom(1)));
    }
  }
});

test('random cuts of the compiled scan are cuts that the columns have, and vary', () => {
  const options = { ...plain, randomCuts: true };
  for (let seed = 0; seed < 6; seed++) {
    const p = problem(seed, options);
    const best = oneByOne(p, plain, createRandom(1))!;
    const drawn = Array.from({ length: 30 }, (_, i) => p.scan.best(p.slot, p.node, createRandom(i)));
    const places = new Set(drawn.map((split) => `${split?.feature} ${split?.threshold}`));
    assert.ok(places.size > 5, `${places.size} different cuts`);
    assert.ok(drawn.every((split) => !split || split.gain <= best.gain * (1 + 1e-12)));
    for (const split of drawn) {
      if (!split) continue;
      // The sums of the left side are those of the bins up to the threshold.
      const view = p.histograms.unpack(p.slot, split.feature);
      let count = split.missingLeft ? view[2] : 0;
      for (let bin = 1; bin <= split.threshold; bin++) count += view[3 * bin + 2];
      assert.equal(split.leftSums.rows, count);
    }
  }
});

test('penalties and monotone columns are left to the columns one by one', () => {
  for (const options of [
    { ...plain, l1: 1 },
    { ...plain, pathSmoothing: 1 },
    { ...plain, directions: new Int8Array(4) },
  ]) {
    const { others, scan, slot, node } = problem(1, options);
    assert.deepEqual([...others], [0, 1, 2, 3]);
    assert.equal(scan.best(slot, node, createRandom(1)), undefined);
  }
});
