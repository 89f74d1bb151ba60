import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { confidentLabels, noiseShare } from '../../../src/engine/checks/confident-learning.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { chiSquaredTail, independence } from '../../../src/engine/statistics/chi-squared.ts';
import { holm } from '../../../src/engine/statistics/holm.ts';
import { kolmogorovSmirnov } from '../../../src/engine/statistics/kolmogorov-smirnov.ts';
import { rankSum } from '../../../src/engine/statistics/rank-sum.ts';
import { nominalSerialCorrelation, serialCorrelation } from '../../../src/engine/statistics/serial-correlation.ts';

interface ConfidentCase {
  readonly classes: number;
  readonly labels: readonly number[];
  readonly probabilities: readonly number[];
  readonly thresholds: readonly number[];
  readonly counts: readonly (readonly number[])[];
  readonly noise: number;
  readonly issues: readonly number[];
  readonly margins: readonly number[];
}

interface Golden {
  readonly confident: readonly ConfidentCase[];
  readonly chiSquaredTail: readonly (readonly [value: number, degrees: number, p: number])[];
  readonly kolmogorovSmirnov: {
    readonly a: readonly number[];
    readonly b: readonly number[];
    readonly gap: number;
    readonly p: number;
  };
  readonly rankSum: {
    readonly values: readonly number[];
    readonly isFirst: readonly number[];
    readonly area: number;
    readonly p: number;
  };
  readonly independence: { readonly counts: readonly (readonly number[])[]; readonly p: number; readonly v: number };
}

/** Made by golden/data-checks.py from cleanlab and SciPy. */
const golden: Golden = JSON.parse(readFileSync(new URL('./golden/data-checks.golden.json', import.meta.url), 'utf8'));

const near = (actual: number, expected: number, tolerance: number, what = '') =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what} ${actual} is not ${expected}`);

describe('confident learning', () => {
  for (const example of golden.confident) {
    const labels = Int32Array.from(example.labels);
    const found = confidentLabels(labels, Float64Array.from(example.probabilities), example.classes);

    it(`has cleanlab's thresholds and counts for ${example.classes} classes`, () => {
      for (const [k, threshold] of example.thresholds.entries()) near(found.thresholds[k], threshold, 1e-9);
      assert.deepEqual(
        found.counts.map((row) => [...row]),
        example.counts,
      );
    });

    it(`suspects the labels that cleanlab does, in its order, of ${example.classes} classes`, () => {
      assert.deepEqual([...found.suspects], example.issues);
      // cleanlab's normalised margin is (margin + 1) / 2.
      for (const [row, margin] of example.margins.entries()) near((found.margins[row] + 1) / 2, margin, 1e-9);
    });

    it(`estimates cleanlab's share of wrong labels of ${example.classes} classes`, () => {
      near(noiseShare(found, labels), example.noise, 0.005);
    });
  }

  it('leaves out rows without probabilities and classes without rows', () => {
    const probabilities = Float64Array.from([
      0.9,
      0.1,
      0,
      Number.NaN,
      Number.NaN,
      Number.NaN,
      0.2,
      0.8,
      0,
      0.6,
      0.4,
      0,
    ]);
    const { thresholds, suspects, margins } = confidentLabels(Int32Array.from([0, 1, 1, 0]), probabilities, 3);
    assert.deepEqual([...thresholds], [0.75, 0.8, Number.POSITIVE_INFINITY]);
    assert.deepEqual(suspects, []);
    assert.ok(Number.isNaN(margins[1]));
  });
});

describe('tests of hypotheses', () => {
  it('chi-squared: the chances of SciPy', () => {
    for (const [value, degrees, p] of golden.chiSquaredTail)
      near(chiSquaredTail(value, degrees) / p, 1, 1e-6, `${value}, ${degrees}:`);
    assert.equal(chiSquaredTail(0, 3), 1);
  });

  it("independence: SciPy's chance and Cramer's V", () => {
    const { p, v } = independence(golden.independence.counts);
    near(p, golden.independence.p, 1e-9);
    near(v, golden.independence.v, 1e-9);
    assert.deepEqual(
      independence([
        [0, 5],
        [0, 9],
      ]),
      { p: 1, v: 0 },
    );
  });

  it("Kolmogorov-Smirnov: SciPy's distance, and its exact chance nearly", () => {
    const { a, b, gap, p } = golden.kolmogorovSmirnov;
    const found = kolmogorovSmirnov(Float64Array.from(a).sort(), Float64Array.from(b).sort());
    near(found.gap, gap, 1e-9);
    near(found.p, p, 0.15 * p);
  });

  it("rank sums: SciPy's area and chance, with ties", () => {
    const { values, isFirst, area, p } = golden.rankSum;
    const found = rankSum(values, isFirst);
    near(found.area, area, 1e-9);
    near(found.p, p, 1e-6);
  });

  it('Holm: by hand', () => {
    assert.deepEqual(holm([0.01, 0.04, 0.03]), [0.03, 0.06, 0.06]);
    assert.deepEqual(holm([]), []);
  });

  it('serial correlation: chances of random orders are even, and a sorted column is one', () => {
    const random = createRandom(5);
    let below = 0;
    for (let i = 0; i < 400; i++) {
      const { p } = serialCorrelation(Array.from({ length: 60 }, () => random.normal()));
      if (p < 0.1) below++;
    }
    assert.ok(below > 20 && below < 62, `${below} of 400 chances are below 0.1`);
    near(serialCorrelation(Array.from({ length: 100 }, (_, i) => i)).correlation, 1, 0.01);
  });

  it('serial correlation of levels: chances of random orders are even, levels that never repeat say nothing, blocks do', () => {
    const random = createRandom(6);
    let below = 0;
    for (let i = 0; i < 400; i++) {
      const { p } = nominalSerialCorrelation(
        Int32Array.from({ length: 90 }, () => Math.floor(3 * random.uniform() ** 2)),
      );
      if (p < 0.1) below++;
    }
    assert.ok(below > 20 && below < 62, `${below} of 400 chances are below 0.1`);
    assert.deepEqual(nominalSerialCorrelation(Int32Array.from({ length: 50 }, (_, i) => i)), { correlation: 0, p: 1 });
    const blocks = nominalSerialCorrelation(Int32Array.from({ length: 300 }, (_, i) => Math.floor(i / 100)));
    near(blocks.correlation, 1, 0.02);
    assert.ok(blocks.p < 1e-10);
  });
});
