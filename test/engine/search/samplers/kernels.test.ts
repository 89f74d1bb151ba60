import assert from 'node:assert/strict';
import { test } from 'node:test';
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { cumulative, sampleTruncated } from '../../../../src/engine/numerics/standard-normal.ts';
import { createRandom } from '../../../../src/engine/random.ts';
import {
  bandwidths,
  coordinatesOf,
  fromCoordinate,
  kernelsAround,
} from '../../../../src/engine/search/samplers/kernels.ts';
import { ParzenEstimator } from '../../../../src/engine/search/samplers/parzen-estimator.ts';
import { valuesOf } from '../../../../src/engine/space/distribution.ts';
import type { Distribution } from '../../../../src/shared/space.ts';

test('the tabled normal distribution agrees with the exact one to 1e-12', () => {
  for (let z = -9; z <= 9; z += 0.00731) assert.ok(Math.abs(cumulative(z) - normalCdf(z, 0, 1)) < 1e-12, String(z));
  assert.equal(cumulative(-40), 0);
  assert.equal(cumulative(40), 1);
});

test('truncated draws stay inside and have the truncated mean', () => {
  const random = createRandom(2);
  const draws = Array.from({ length: 20_000 }, () => sampleTruncated(0, 1, 0.5, 2, random));
  assert.ok(draws.every((value) => value >= 0.5 && value <= 2));
  // E = (density(0.5) - density(2)) / (cdf(2) - cdf(0.5)) = 1.0427; its standard error is 0.003.
  assert.ok(Math.abs(draws.reduce((sum, value) => sum + value, 0) / draws.length - 1.0427) < 0.012);
});

test('bandwidths: the larger gap to a neighbour, the ends only for a single observation, clipped', () => {
  const grid = { low: 0, high: 10, step: 1 };
  assert.deepEqual([...bandwidths(Float64Array.of(2, 7, 3), grid)], [2, 4, 4]);
  assert.deepEqual([...bandwidths(Float64Array.of(2), grid)], [8]);
  assert.deepEqual([...bandwidths(Float64Array.of(5, 5), grid)], [2.5, 2.5]);
  // On a continuous axis the least width falls with the power 1.5 of the kernels, down to a hundredth of the range.
  assert.deepEqual([...bandwidths(Float64Array.of(5, 5), { low: 0, high: 10 })], [1.25, 1.25]);
  assert.equal(bandwidths(new Float64Array(500).fill(5), { low: 0, high: 10 })[0], 0.1);
});

const estimators: readonly { name: string; distribution: Distribution; observed: number[] }[] = [
  { name: 'float', distribution: { type: 'float', low: -1, high: 3 }, observed: [0, 2.9, -1] },
  {
    name: 'log float',
    distribution: { type: 'float', low: Math.exp(-3), high: Math.E, log: true },
    observed: [-2, 0.5],
  },
];

for (const { name, distribution, observed } of estimators) {
  test(`the density of a ${name} integrates to 1 on its axis`, () => {
    const estimator = new ParzenEstimator(
      [distribution],
      [Float64Array.from(observed)],
      new Float64Array(observed.length).fill(1),
    );
    const [low, high] = distribution.type === 'float' && distribution.log ? [-3, 1] : [-1, 3];
    const cells = 20_000;
    let mass = 0;
    for (let i = 0; i < cells; i++) {
      const at = low + ((i + 0.5) / cells) * (high - low);
      mass += (Math.exp(estimator.logDensity(Float64Array.of(at))) * (high - low)) / cells;
    }
    assert.ok(Math.abs(mass - 1) < 1e-6, String(mass));
  });
}

test('the masses of grids, logarithmic grids and choices sum to 1, and draws follow them', () => {
  const distributions: Distribution[] = [
    { type: 'int', low: 0, high: 9 },
    { type: 'int', low: 1, high: 64, log: true },
    { type: 'float', low: 0, high: 1, step: 0.125 },
  ];
  for (const distribution of distributions) {
    const log = distribution.type === 'int' && distribution.log;
    const position = (value: number) => (log ? Math.log(value) : value);
    const values = valuesOf(distribution).map(Number);
    const observed = Float64Array.from([values[0], values[1], values[1]], position);
    const estimator = new ParzenEstimator([distribution], [observed], Float64Array.of(1, 1, 1));
    const masses = values.map((value) => Math.exp(estimator.logDensity(Float64Array.of(position(value)))));
    assert.ok(Math.abs(masses.reduce((sum, mass) => sum + mass, 0) - 1) < 1e-9);
    const random = createRandom(4);
    const draws = Array.from({ length: 10_000 }, () => estimator.sample(random)[0]);
    const share = draws.filter((draw) => Math.abs(draw - position(values[1])) < 1e-9).length / draws.length;
    assert.ok(Math.abs(share - masses[1]) < 0.02, `${share} drawn, ${masses[1]} expected`);
  }
  const choice: Distribution = { type: 'categorical', choices: ['a', 'b', 'c'] };
  const estimator = new ParzenEstimator([choice], [Float64Array.of(1)], Float64Array.of(1));
  // One observation, one prior: (1/2 + 1) / (1 + 3/2) at the observed choice, and 1/3, each with weight 1/2.
  const expected = [0.5 * (0.5 / 2.5 + 1 / 3), 0.5 * (1.5 / 2.5 + 1 / 3), 0.5 * (0.5 / 2.5 + 1 / 3)];
  for (const [i, mass] of expected.entries()) {
    assert.ok(Math.abs(Math.exp(estimator.logDensity(Float64Array.of(i))) - mass) < 1e-12);
  }
  const random = createRandom(9);
  const hits = Array.from({ length: 10_000 }, () => estimator.sample(random)[0]).filter((draw) => draw === 1).length;
  assert.ok(Math.abs(hits / 10_000 - expected[1]) < 0.02);
});

test('many parameters neither underflow nor make the shares wrong', () => {
  const distributions = Array.from({ length: 120 }, (): Distribution => ({ type: 'int', low: 0, high: 100_000 }));
  const columns = distributions.map(() => Float64Array.of(0, 50_000, 99_999));
  const estimator = new ParzenEstimator(distributions, columns, Float64Array.of(1, 1, 1));
  assert.ok(Number.isFinite(estimator.logDensity(new Float64Array(120).fill(25_000))));
  const shares = estimator.shares(new Float64Array(120).fill(50_000));
  assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-9);
  assert.ok(shares[1] > 0.99);
});

const ordinal: Distribution = { type: 'ordinal', choices: ['tiny', 'small', 'large', 'huge', 'vast'] };

test('ordered choices have the kernels of their places, and their masses sum to 1', () => {
  const toCoordinate = coordinatesOf(ordinal);
  const places = valuesOf(ordinal).map(toCoordinate);
  assert.deepEqual(places, [0, 1, 2, 3, 4]);
  assert.deepEqual(
    places.map((place) => fromCoordinate(ordinal, place)),
    valuesOf(ordinal),
  );
  const estimator = new ParzenEstimator([ordinal], [Float64Array.of(3, 3, 3)], Float64Array.of(1, 1, 1));
  const masses = places.map((place) => Math.exp(estimator.logDensity(Float64Array.of(place))));
  assert.ok(Math.abs(masses.reduce((sum, mass) => sum + mass, 0) - 1) < 1e-9);
  // Its neighbours gain, the far end does not.
  assert.ok(masses[3] > masses[2] && masses[2] > masses[1] && masses[4] > masses[0]);
});

test('kernels of a grid that are alike are computed once and give what each alone would', () => {
  const distribution: Distribution = { type: 'int', low: 0, high: 20 };
  const random = createRandom(6);
  const observed = Float64Array.from({ length: 300 }, () => random.integer(21));
  const together = kernelsAround(distribution, observed);
  const widths = bandwidths(observed, { low: -0.5, high: 20.5, step: 1 });
  for (const at of [0, 7, 20]) {
    const factors = new Float64Array(301).fill(1);
    together.weigh(at, new Float64Array(301), factors);
    for (let i = 0; i < 300; i++) {
      const mass = (from: number, to: number) =>
        normalCdf(to, observed[i], widths[i]) - normalCdf(from, observed[i], widths[i]);
      assert.ok(Math.abs(factors[i] - mass(at - 0.5, at + 0.5)) < 1e-9);
      assert.ok(Math.abs(together.constants[i] + Math.log(mass(-0.5, 20.5))) < 1e-9);
    }
  }
});
