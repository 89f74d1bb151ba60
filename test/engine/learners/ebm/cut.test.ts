import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bestQuadrants, cutTable } from '../../../../src/engine/learners/ebm/cut.ts';
import { mergeBins } from '../../../../src/engine/learners/ebm/term.ts';
import { createRandom } from '../../../../src/engine/random.ts';

const options = { learningRate: 1, minLeafRows: 1, cuts: 1 };
/** Sums of cells that hold so many rows with this mean gradient. */
const sumsOf = (means: readonly number[], rows: readonly number[]) =>
  Float64Array.from(means.flatMap((mean, i) => [mean * rows[i], rows[i]]));

describe('cuts of a table', () => {
  it('numbers fall apart where that saves most, missing ones by themselves', () => {
    const rows = [4, 10, 10, 10, 10];
    const step = new Float64Array(5);
    const gain = cutTable(
      { kind: 'numeric', column: 0, bins: 5 },
      sumsOf([5, 1, 1, -1, -1], rows),
      Float64Array.from(rows),
      step,
      { ...options, learningRate: 0.5 },
    );
    assert.deepEqual([...step], [-2, -0.5, -0.5, 0.5, 0.5]);
    assert.ok(gain > 0);
  });

  it('a side with too few rows is not cut off', () => {
    const rows = [0, 3, 10, 10];
    const step = new Float64Array(4);
    const shape = { kind: 'numeric', column: 0, bins: 4 } as const;
    cutTable(shape, sumsOf([0, 9, 1, -1], rows), Float64Array.from(rows), step, { ...options, minLeafRows: 5 });
    assert.equal(step[1], step[2]);
    assert.notEqual(step[2], step[3]);
  });

  it('levels go together by what they ask for, in whatever order they stand', () => {
    const rows = [0, 0, 20, 20, 20, 20];
    const step = new Float64Array(6);
    const shape = { kind: 'coded', column: 0, bins: 6 } as const;
    cutTable(shape, sumsOf([0, 0, 1, -1, 1, -1], rows), Float64Array.from(rows), step, options);
    assert.deepEqual([...step], [0, 0, -1, 1, -1, 1]);
  });

  it('the first cut that saves anything may come anywhere when it is random', () => {
    const rows = new Array(12).fill(5);
    const means = rows.map((_, bin) => Math.sin(bin));
    const places = new Set<number>();
    for (let seed = 0; seed < 20; seed++) {
      const step = new Float64Array(12);
      const shape = { kind: 'numeric', column: 0, bins: 12 } as const;
      cutTable(shape, sumsOf(means, rows), Float64Array.from(rows), step, options, createRandom(seed));
      places.add(step.findIndex((value, bin) => bin > 0 && value !== step[bin + 1]));
    }
    assert.ok(places.size > 4, `${places.size} places`);
  });

  it('quadrants are judged by what no sum of the two columns can do', () => {
    const rows = Float64Array.from({ length: 16 }, () => 10);
    const table = (of: (line: number, column: number) => number) =>
      sumsOf(
        Array.from({ length: 16 }, (_, cell) => of(Math.floor(cell / 4), cell % 4)),
        [...rows],
      );
    const sum = bestQuadrants(
      4,
      table((line, column) => line - 2 * column),
      rows,
      1,
    );
    assert.ok(sum.gain < 1e-9, `a sum of two columns seems to interact by ${sum.gain}`);
    const both = table((line, column) => line + (line > 1 && column > 0 ? 3 : 0));
    const { first, second, gain } = bestQuadrants(4, both, rows, 1);
    assert.deepEqual([first, second], [1, 0]);
    // 40 and 120 rows, and their halves: (3)^2 / (1/20 + 1/60 + 1/20 + 1/60).
    assert.ok(Math.abs(gain - 9 / (2 / 20 + 2 / 60)) < 1e-9, `${gain}`);
  });
});

describe('merged bins', () => {
  it('hold about as many rows each; what training never had stands apart', () => {
    const weights = Float64Array.of(0, 10, 10, 10, 10, 40);
    const groups = mergeBins(0, [0, 1, 2, 3, 4, 5], weights, 4);
    assert.deepEqual([...groups.groupOf], [3, 0, 0, 1, 1, 2]);
    assert.deepEqual([groups.count, groups.hasEmpty], [4, true]);
  });

  it('leave a bin alone that is to be', () => {
    const groups = mergeBins(0, [0, 1, 2, 3], Float64Array.of(1, 10, 10, 10), 2, 0);
    assert.equal(groups.groupOf[0], 0);
    assert.ok(groups.groupOf.subarray(1).every((group) => group > 0));
    assert.equal(groups.hasEmpty, false);
  });
});
