import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BinnedColumn, BinnedRows } from '../../../../src/engine/data/encoders/bin-encoder.ts';
import { Histograms, histogramOffsets } from '../../../../src/engine/learners/boosting/histogram.ts';
import { programsOver } from '../../../../src/engine/learners/boosting/programs/programs.ts';
import { TrainingMemory } from '../../../../src/engine/learners/boosting/training-memory.ts';
import { createRandom } from '../../../../src/engine/random.ts';

const rows = 500;
const columns: readonly BinnedColumn[] = [3, 254, 17].map((edges, i) => ({
  kind: 'numeric',
  name: `x${i}`,
  edges: Array.from({ length: edges }, (_, edge) => edge),
}));

/** Rows of three columns with gradients of all sizes, and the compiled loops over them. */
function problem() {
  const random = createRandom(1);
  const bins = Uint8Array.from({ length: rows * 3 }, (_, i) => random.integer([5, 256, 19][i % 3]));
  const data: BinnedRows = { rows, columns: 3, bins };
  const offsets = histogramOffsets(columns);
  const memory = new TrainingMemory(data, { outputs: 1, sumsBytes: offsets[3], maxLeaves: 8 });
  const programs = programsOver(memory.memory, offsets.subarray(0, 3));
  memory.gradient.view.set(Float32Array.from({ length: rows }, () => random.normal() * 10 ** random.integer(5)));
  memory.hessian.view.set(Float32Array.from({ length: rows }, () => random.uniform()));
  memory.order.view.set(random.permutation(rows));
  return { data, memory, programs, histograms: new Histograms(memory, programs, offsets, rows) };
}

/** [bins x 3] by the definition. */
function sumsOf(
  { data, memory }: ReturnType<typeof problem>,
  feature: number,
  begin: number,
  end: number,
): Float64Array {
  const sums = new Float64Array(3 * 256);
  for (const row of memory.order.view.subarray(begin, end)) {
    const at = 3 * data.bins[row * 3 + feature];
    sums[at] += memory.gradient.view[row];
    sums[at + 1] += memory.hessian.view[row];
    sums[at + 2]++;
  }
  return sums;
}

function assertSums(p: ReturnType<typeof problem>, slot: number, feature: number, begin: number, end: number): void {
  const found = p.histograms.unpack(p.memory.slots[slot], feature);
  const expected = sumsOf(p, feature, begin, end);
  const bins = (columns[feature] as { edges: readonly number[] }).edges.length + 2;
  for (let at = 0; at < 3 * bins; at++) {
    assert.ok(Math.abs(found[at] - expected[at]) <= 1e-9 * Math.max(1, Math.abs(expected[at])), `${found[at]}`);
    if (at % 3 === 2) assert.equal(found[at], expected[at]);
  }
}

for (const listed of [[0, 1, 2], [1]]) {
  test(`sums by bin over ${listed.length === 3 ? 'all columns' : 'one of the columns'}`, () => {
    const p = problem();
    p.histograms.begin(0, Int32Array.from(listed));
    p.histograms.fill(0, rows, p.memory.slots[0]);
    p.histograms.fill(40, 77, p.memory.slots[1]);
    p.histograms.fill(99, 100, p.memory.slots[2]);
    for (const feature of listed) {
      assertSums(p, 0, feature, 0, rows);
      assertSums(p, 1, feature, 40, 77);
      assertSums(p, 2, feature, 99, 100);
    }
  });
}

test('parent minus child is the sibling, to the last bit', () => {
  const p = problem();
  p.histograms.begin(0, Int32Array.of(0, 1, 2));
  const [parent, child, sibling] = p.memory.slots;
  p.histograms.fill(0, rows, parent);
  p.histograms.fill(0, 180, child);
  p.histograms.fill(180, rows, sibling);
  p.histograms.subtract(parent, child);
  for (let feature = 0; feature < 3; feature++) {
    const difference = p.histograms.unpack(parent, feature).slice();
    const bins = (columns[feature] as { edges: readonly number[] }).edges.length + 2;
    assert.deepEqual(difference.subarray(0, 3 * bins), p.histograms.unpack(sibling, feature).subarray(0, 3 * bins));
  }
});

test('rows are parted by the bins that go left, their order kept', () => {
  const { data, memory, programs } = problem();
  const before = memory.order.view.slice();
  memory.goesLeft.view.fill(0).fill(1, 100, 200);
  const { order, parted, goesLeft, result } = memory;
  programs.part(order.at + 40, order.at + 4 * rows, memory.columns.at + rows, goesLeft.at, parted.at, result.at);
  const middle = (result.view[0] - order.at) / 4;
  const isLeft = (row: number) => data.bins[row * 3 + 1] >= 100 && data.bins[row * 3 + 1] < 200;
  const rest = before.subarray(10);
  assert.deepEqual(order.view.subarray(0, 10), before.subarray(0, 10));
  assert.deepEqual(order.view.subarray(10, middle), rest.filter(isLeft));
  assert.deepEqual(
    parted.view.subarray(0, rows - middle),
    rest.filter((row) => !isLeft(row)),
  );
});

test('gradients of 1e30 and of 0 are summed as well', () => {
  const p = problem();
  p.memory.gradient.view.fill(1e30);
  p.memory.hessian.view.fill(0);
  p.histograms.begin(0, Int32Array.of(0, 1, 2));
  p.histograms.fill(0, rows, p.memory.slots[0]);
  for (let feature = 0; feature < 3; feature++) assertSums(p, 0, feature, 0, rows);
});

test('sums by bin over more columns than straight code is written for', () => {
  const random = createRandom(5);
  const [count, many] = [2000, 200];
  const wide: readonly BinnedColumn[] = Array.from({ length: many }, (_, i) => ({
    kind: 'numeric',
    name: `w${i}`,
    edges: [1, 2, 3],
  }));
  const data: BinnedRows = {
    rows: count,
    columns: many,
    bins: Uint8Array.from({ length: count * many }, () => random.integer(5)),
  };
  const offsets = histogramOffsets(wide);
  const memory = new TrainingMemory(data, { outputs: 1, sumsBytes: offsets[many], maxLeaves: 2 });
  const histograms = new Histograms(memory, programsOver(memory.memory, offsets.subarray(0, many)), offsets, count);
  memory.gradient.view.set(Float32Array.from({ length: count }, () => random.normal()));
  memory.hessian.view.fill(1);
  memory.order.view.set(random.permutation(count));
  const features = Int32Array.from({ length: 150 }, (_, i) => i + 20);
  histograms.begin(0, features);
  histograms.fill(100, 1900, memory.slots[0]);
  for (const feature of [20, 99, 169]) {
    const expected = new Float64Array(15);
    for (const row of memory.order.view.subarray(100, 1900)) {
      const at = 3 * data.bins[row * many + feature];
      expected[at] += memory.gradient.view[row];
      expected[at + 1]++;
      expected[at + 2]++;
    }
    histograms
      .unpack(memory.slots[0], feature)
      .subarray(0, 15)
      .forEach((value, i) => {
        assert.ok(Math.abs(value - expected[i]) < 1e-9, `${value}, not ${expected[i]}`);
      });
  }
});
