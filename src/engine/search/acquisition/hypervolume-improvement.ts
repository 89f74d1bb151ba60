import { density, logCumulative, logImprovement } from '../../numerics/log-normal.ts';
import { nonDominated } from '../pareto.ts';
import type { GaussianProcess } from '../surrogates/gaussian-process/gaussian-process.ts';
import { type Criterion, localPrediction } from './criterion.ts';

/** Points of the front as [first, second] losses, the first ascending, and the corner that the hypervolume is measured from. */
interface Front {
  readonly points: readonly (readonly number[])[];
  readonly corner: readonly [number, number];
}

/** E max(0, edge - loss) = s h(z) and its slopes by mean and deviation: -Phi(z), phi(z). */
interface Gain {
  value: number;
  byMean: number;
  byDeviation: number;
}

/**
 * The logarithm of the expected hypervolume improvement of two objectives with independent processes (Emmerich et al. 2011; the
 * strips of Yang et al. 2019, equation 12): what lies beyond the front is cut into strips along the first objective, in each of which
 * the improvement is a product, and so is its expectation.
 * @param losses [trials][2] warped losses of the feasible trials, at least one
 */
export function hypervolumeCriterion(
  models: readonly [GaussianProcess, GaussianProcess],
  losses: readonly (readonly number[])[],
): Criterion {
  const front = frontOf(losses);
  const dimensions = models[0].fit.kernel.dimensions;
  const [first, second] = [localPrediction(dimensions), localPrediction(dimensions)];
  const slopes = new Float64Array(4);
  return {
    name: 'log expected hypervolume improvement',
    values(points) {
      const [one, other] = models.map((model) => model.latent(points));
      return one.mean.map((mean, i) =>
        floored(improvement(front, mean, one.deviation[i], other.mean[i], other.deviation[i], slopes)),
      );
    },
    sloped(point, slope) {
      models[0].latentAt(point, first);
      models[1].latentAt(point, second);
      const value = improvement(front, first.mean, first.deviation, second.mean, second.deviation, slopes);
      for (let d = 0; d < dimensions; d++) {
        const change =
          slopes[0] * first.meanSlope[d] +
          slopes[1] * first.deviationSlope[d] +
          slopes[2] * second.meanSlope[d] +
          slopes[3] * second.deviationSlope[d];
        slope[d] = value > smallest ? change / value : 0;
      }
      return floored(value);
    },
  };
}

const smallest = 1e-300;
const floored = (value: number): number => Math.log(Math.max(smallest, value));

/** The corner lies a tenth of the range beyond the worst losses of all, so that the front's own ends may still move outwards. */
function frontOf(losses: readonly (readonly number[])[]): Front {
  const points = nonDominated(losses)
    .map((i) => losses[i])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const beyond = (m: 0 | 1): number => {
    const values = losses.map((loss) => loss[m]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return high + 0.1 * (high > low ? high - low : 1);
  };
  return { points, corner: [beyond(0), beyond(1)] };
}

/** The sum over the strips; `slopes` receives the derivatives by mean and deviation of the first, then of the second objective. */
function improvement(
  { points, corner }: Front,
  mean1: number,
  deviation1: number,
  mean2: number,
  deviation2: number,
  slopes: Float64Array,
): number {
  let total = 0;
  slopes.fill(0);
  let left: Gain = nothing;
  for (let i = 0; i <= points.length; i++) {
    const right = gain(i < points.length ? points[i][0] : corner[0], mean1, deviation1);
    const height = gain(i > 0 ? points[i - 1][1] : corner[1], mean2, deviation2);
    const width = right.value - left.value;
    total += width * height.value;
    slopes[0] += (right.byMean - left.byMean) * height.value;
    slopes[1] += (right.byDeviation - left.byDeviation) * height.value;
    slopes[2] += width * height.byMean;
    slopes[3] += width * height.byDeviation;
    left = right;
  }
  return total;
}

const nothing: Gain = { value: 0, byMean: 0, byDeviation: 0 };

function gain(edge: number, mean: number, deviation: number): Gain {
  const z = (edge - mean) / Math.max(1e-9, deviation);
  return {
    value: Math.max(1e-9, deviation) * Math.exp(logImprovement(z)),
    byMean: -Math.exp(logCumulative(z)),
    byDeviation: density(z),
  };
}
