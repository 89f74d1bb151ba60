import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cholesky, inverse } from '../../../../../src/engine/numerics/cholesky.ts';
import { createRandom } from '../../../../../src/engine/random.ts';
import { scatter } from '../../../../../src/engine/search/acquisition/candidate-search.ts';
import { localPrediction } from '../../../../../src/engine/search/acquisition/criterion.ts';
import { Cube } from '../../../../../src/engine/search/acquisition/cube.ts';
import { pairDistances } from '../../../../../src/engine/search/surrogates/gaussian-process/distances.ts';
import { fitGaussianProcess } from '../../../../../src/engine/search/surrogates/gaussian-process/fit.ts';
import { GaussianProcess } from '../../../../../src/engine/search/surrogates/gaussian-process/gaussian-process.ts';
import { hyperparameterCount } from '../../../../../src/engine/search/surrogates/gaussian-process/kernel.ts';
import { NegativeLogPosterior } from '../../../../../src/engine/search/surrogates/gaussian-process/likelihood.ts';
import { linearWarp, logWarp } from '../../../../../src/engine/search/surrogates/gaussian-process/output-warp.ts';
import { priorsOf } from '../../../../../src/engine/search/surrogates/gaussian-process/priors.ts';
import { describeSpace } from '../../../../../src/engine/space/description.ts';

const close = (got: number, wanted: number, within: number) =>
  assert.ok(Math.abs(got - wanted) <= within, `${got}, not ${wanted}`);

/** Numbers, choices, and a parameter that is not always there. */
const space = describeSpace({
  x: { float: [0, 1] },
  kind: { choice: ['a', 'b', 'c'] },
  n: { int: [1, 9], when: { kind: ['a', 'b'] } },
});
const cube = new Cube(space);
const points = scatter(cube, 24, createRandom(1));
const losses = Float64Array.from(points, ([x, kind, n]) => Math.sin(5 * x) + kind + (Number.isNaN(n) ? 0.3 : n ** 2));
const kernels = [false, true].map((additive) => ({ dimensions: 3, additive }));

function thetaOf(kernel: (typeof kernels)[number], seed = 2): Float64Array {
  const random = createRandom(seed);
  const theta = Float64Array.from({ length: hyperparameterCount(kernel) }, () => 0.7 * random.normal());
  theta[kernel.dimensions + 1] = Math.log(0.01);
  return theta;
}
const processOf = (kernel: (typeof kernels)[number], chosen: readonly number[] = [...points.keys()]) => {
  const warp = linearWarp(losses);
  const fit = { space, kernel, theta: thetaOf(kernel), warp };
  return new GaussianProcess(
    fit,
    chosen.map((i) => points[i]),
    Float64Array.from(chosen, (i) => warp.warp(losses[i])),
  );
};

test('a factor times its transpose is the matrix, and the inverse inverts it', () => {
  const n = 4;
  const k = Float64Array.of(4, 1, 0.5, 0.2, 1, 3, 0.7, 0.1, 0.5, 0.7, 2, 0.3, 0.2, 0.1, 0.3, 1);
  const l = k.slice();
  assert.ok(cholesky(l, n));
  const inverted = new Float64Array(n * n);
  inverse(l, n, inverted, new Float64Array(n * n));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let product = 0;
      for (let c = 0; c < n; c++) product += k[i * n + c] * inverted[c * n + j];
      close(product, i === j ? 1 : 0, 1e-12);
    }
  }
  assert.equal(cholesky(Float64Array.of(1, 2, 2, 1), 2), false);
});

for (const kernel of kernels) {
  describe(kernel.additive ? 'the additive kernel' : 'the joint kernel', () => {
    test('the gradient of the posterior is that of its values', () => {
      const warp = linearWarp(losses);
      const posterior = new NegativeLogPosterior(
        kernel,
        priorsOf(kernel),
        pairDistances(space, points),
        losses.map(warp.warp),
      );
      const theta = thetaOf(kernel);
      const gradient = new Float64Array(theta.length);
      const unused = new Float64Array(theta.length);
      posterior.evaluate(theta, gradient);
      for (const i of theta.keys()) {
        const at = (by: number) =>
          posterior.evaluate(
            theta.map((value, k) => (k === i ? value + by : value)),
            unused,
          );
        close((at(1e-5) - at(-1e-5)) / 2e-5, gradient[i], 1e-5 * Math.max(1, Math.abs(gradient[i])));
      }
    });

    test('a prediction has the slopes of its values', () => {
      const process = processOf(kernel);
      const local = localPrediction(3);
      const point = Float64Array.of(0.43, 0.5, 0.31);
      process.latentAt(point, local);
      for (const d of [0, 2]) {
        const at = (by: number) => process.latent([point.map((value, i) => (i === d ? value + by : value))]);
        const [up, down] = [at(1e-5), at(-1e-5)];
        close((up.mean[0] - down.mean[0]) / 2e-5, local.meanSlope[d], 1e-5);
        close((up.deviation[0] - down.deviation[0]) / 2e-5, local.deviationSlope[d], 1e-5);
      }
      const { mean, deviation } = process.latent([point]);
      close(local.mean, mean[0], 1e-10);
      close(local.deviation, deviation[0], 1e-8);
    });

    test('leave-one-out in closed form is what leaving each out gives', () => {
      const { warp } = processOf(kernel).fit.warp;
      const values = losses.map(warp);
      let [residual, total] = [0, 0];
      for (const i of points.keys()) {
        const without = processOf(
          kernel,
          [...points.keys()].filter((other) => other !== i),
        );
        residual += (values[i] - without.latent([points[i]]).mean[0]) ** 2;
        total += values[i] ** 2;
      }
      close(processOf(kernel).leaveOneOut(), 1 - residual / total, 1e-9);
    });

    test('draws have the mean and the deviation of the prediction', () => {
      const process = processOf(kernel);
      const places = scatter(cube, 3, createRandom(7));
      const random = createRandom(8);
      const draws = Array.from({ length: 4000 }, () => process.draw(places, random));
      const { mean, deviation } = process.latent(places);
      for (const i of places.keys()) {
        const average = draws.reduce((sum, draw) => sum + draw[i], 0) / draws.length;
        const spread = Math.sqrt(draws.reduce((sum, draw) => sum + (draw[i] - average) ** 2, 0) / draws.length);
        close(average, mean[i], (4 * deviation[i]) / Math.sqrt(draws.length));
        close(spread, deviation[i], 0.06 * deviation[i]);
      }
    });
  });
}

test('the weights of the observations make the mean', () => {
  const process = processOf(kernels[0]);
  const { warp } = process.fit.warp;
  const weights = process.weights(points[3]);
  close(
    weights.reduce((sum, weight, i) => sum + weight * warp(losses[i]), 0),
    process.latent([points[3]]).mean[0],
    1e-9,
  );
});

test('beliefs about running trials leave the mean and take the doubt where they are', () => {
  const process = processOf(kernels[0]);
  const [running] = scatter(cube, 1, createRandom(11));
  const [before, after] = [process, process.believing([running])].map((model) => model.latent([running]));
  close(after.mean[0], before.mean[0], 1e-6);
  assert.ok(after.deviation[0] < 0.3 * before.deviation[0] + 0.1);
});

describe('fitting', () => {
  const box = describeSpace({ x: { float: [0, 1] }, y: { float: [0, 1] }, idle: { float: [0, 1] } });
  const design = scatter(new Cube(box), 32, createRandom(3));
  const smooth = (point: Float64Array) => 100 + 3 * (point[0] - 0.4) ** 2 + Math.sin(4 * point[1]);
  test('foretells a smooth function in its own unit, and is about as unsure as it is wrong', () => {
    const process = fitGaussianProcess(box, design, Float64Array.from(design, smooth));
    const fresh = scatter(new Cube(box), 64, createRandom(4));
    const { mean, deviation } = process.predict(fresh);
    const errors = fresh.map((point, i) => Math.abs(mean[i] - smooth(point)));
    assert.ok(Math.max(...errors) < 0.2, String(Math.max(...errors)));
    assert.ok(errors.filter((error, i) => error < 3 * deviation[i] + 1e-3).length > 55);
    assert.ok(process.leaveOneOut() > 0.98);
  });
  test('a parameter that does nothing gets a long scale', () => {
    const { theta } = fitGaussianProcess(box, design, Float64Array.from(design, smooth)).fit;
    assert.ok(theta[3] < theta[1] - 1 && theta[3] < theta[2] - 1, String(theta));
  });
  test('of two warps the likelier is taken: enormous tails are drawn in', () => {
    const warpOf = (f: (point: Float64Array) => number) =>
      fitGaussianProcess(box, design, Float64Array.from(design, f), { warps: ['linear', 'log'] }).fit.warp.name;
    assert.equal(
      warpOf((point) => Math.exp(12 * smooth(point) - 1200)),
      'log',
    );
    assert.equal(warpOf(smooth), 'linear');
  });
  test('where every parameter steps, what is not smooth is taken for noise sooner', () => {
    const noiseOf = (steps: object) => {
      const rough = describeSpace({ x: { float: [0, 1], ...steps }, y: { float: [0, 1], ...steps } });
      const points = scatter(new Cube(rough), 24, createRandom(6));
      const losses = Float64Array.from(points, ([x, y], i) => x + y + 0.02 * ((i * 7) % 5));
      return fitGaussianProcess(rough, points, losses).noise;
    };
    assert.ok(noiseOf({ step: 0.001 }) > noiseOf({}));
  });
  for (const [name, values] of Object.entries({
    'a single loss': [3],
    'equal losses': [7, 7, 7, 7],
    'the largest numbers': [1e308, -1e308, 0, 5e-324],
    'the smallest numbers': [5e-324, 0, 5e-324],
    'losses that repeat at one point': [1, 2, 3, 2, 1],
  })) {
    test(`${name} give real predictions`, () => {
      const places = values.map((_, i) => (name.includes('repeat') ? design[0] : design[i]));
      const process = fitGaussianProcess(box, places, Float64Array.from(values));
      const { mean, deviation } = process.predict(design);
      assert.ok([...mean, ...deviation, process.noise, process.leaveOneOut()].every(Number.isFinite));
      assert.ok(deviation.every((value) => value >= 0));
    });
  }
});

describe('warps', () => {
  const many = Float64Array.of(5, 1, 2, 100, 3, 1e6);
  for (const warp of [linearWarp(many), logWarp(many)]) {
    test(`${warp.name}: there and back, rising, with its slope`, () => {
      for (const loss of [0.5, 1, 2.5, 90, 2e6]) {
        close(warp.unwarp(warp.warp(loss)), loss, 1e-6 * loss);
        assert.ok(warp.warp(loss + 1) > warp.warp(loss));
      }
      // Slopes are those of losses divided by the largest.
      const slope = ((warp.warp(90.01) - warp.warp(89.99)) / 0.02) * 1e6;
      close(Math.log(slope), warp.logSlope(90), 1e-4);
    });
  }
});

test('where there are only choices, each has an effect of its own beside the joint one', () => {
  const choices = describeSpace({ a: { choice: ['x', 'y', 'z'] }, b: { choice: [1, 2] } });
  const few = scatter(new Cube(choices), 6, createRandom(1));
  const own = Float64Array.from(few, (_, i) => i);
  assert.equal(fitGaussianProcess(choices, few, own).fit.kernel.additive, true);
  assert.equal(fitGaussianProcess(space, points, losses).fit.kernel.additive, false);
});
