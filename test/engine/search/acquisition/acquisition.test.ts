import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { logCumulative, logImprovement } from '../../../../src/engine/numerics/log-normal.ts';
import { createRandom } from '../../../../src/engine/random.ts';
import { acquisitions, acquisitionValues, type Worth } from '../../../../src/engine/search/acquisition/acquisition.ts';

const close = (got: number, wanted: number, relative: number) =>
  assert.ok(Math.abs(got - wanted) <= relative * Math.abs(wanted), `${got}, not ${wanted}`);

test('logarithms of the normal distribution far in the tail', () => {
  // SciPy 1.15: scipy.stats.norm.logcdf.
  close(logCumulative(-3), -6.607726221510342, 1e-12);
  close(logCumulative(-40), -804.6084420137538, 1e-12);
  close(logCumulative(0), Math.log(0.5), 1e-12);
});

test('the logarithm of the improvement is one curve across its branches', () => {
  close(logImprovement(-2 - 1e-9), logImprovement(-2 + 1e-9), 1e-7);
  // By the asymptotic series: h(z) = phi(z) (1/z^2 - 3/z^4 + 15/z^6 - ...).
  const z = -1000;
  close(logImprovement(z), -0.5 * z * z - 0.5 * Math.log(2 * Math.PI) + Math.log(1 / z ** 2 - 3 / z ** 4), 1e-12);
  assert.equal(Number.isFinite(logImprovement(-1e150)), true);
});

test('expected improvement is the mean of what is improved', () => {
  const random = createRandom(5);
  let sum = 0;
  for (let i = 0; i < 200_000; i++) sum += Math.max(0, 1 - (1.3 + 0.7 * random.normal()));
  const [value] = acquisitionValues(
    acquisitions.ei,
    { mean: Float64Array.of(1.3), deviation: Float64Array.of(0.7) },
    1,
  );
  close(value, sum / 200_000, 0.01);
  const prediction = { mean: Float64Array.of(1.3), deviation: Float64Array.of(0.7) };
  close(acquisitionValues(acquisitions['log-ei'], prediction, 1)[0], Math.log(value), 1e-10);
});

for (const [name, acquisition] of Object.entries(acquisitions)) {
  describe(name, () => {
    const worth = (mean: number, deviation: number): Worth => {
      const into = { value: 0, byMean: 0, byDeviation: 0 };
      acquisition.worth(mean, deviation, 0.4, into);
      return into;
    };
    test('has the slopes of its values', () => {
      for (const [mean, deviation] of [
        [0.2, 0.5],
        [1, 0.3],
        [2, 0.1],
        [-1, 2],
      ]) {
        const { byMean, byDeviation } = worth(mean, deviation);
        const by = 1e-6;
        close((worth(mean + by, deviation).value - worth(mean - by, deviation).value) / (2 * by), byMean, 1e-4);
        close((worth(mean, deviation + by).value - worth(mean, deviation - by).value) / (2 * by), byDeviation, 1e-4);
      }
    });
    test('prefers a better mean, and stays a number where the model is sure', () => {
      assert.ok(worth(0.1, 0.2).value > worth(0.3, 0.2).value);
      const sure = { mean: Float64Array.of(3, 0.1), deviation: Float64Array.of(0, 0) };
      assert.ok([...acquisitionValues(acquisition, sure, 0.4)].every((value) => !Number.isNaN(value)));
    });
  });
}
