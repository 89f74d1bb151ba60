import { hyperparameterCount, type Kernel, places } from './kernel.ts';

/** A normal prior of one logarithm, and the range in which it is searched. */
interface LogNormal {
  readonly mean: number;
  readonly deviation: number;
  readonly low: number;
  readonly high: number;
}

/** Log-normal priors of all hyperparameters, in the order of the kernel's vector. */
export interface Priors {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * Losses have mean 0 and variance 1 when they get here. Length scales grow with the root of the number of parameters, so that the
 * typical distance keeps its weight (Hvarfner et al. 2024, section 4). Noise is small unless the observations insist, so that fine
 * structure is followed; where every parameter steps from value to value there is none to follow, and what no smooth function explains
 * is better taken for noise.
 * @param stepped whether no parameter is continuous
 */
export function priorsOf(kernel: Kernel, stepped = false): Priors {
  const { dimensions } = kernel;
  const at = places(kernel);
  const count = hyperparameterCount(kernel);
  const priors: Priors = {
    means: new Float64Array(count),
    deviations: new Float64Array(count),
    low: new Float64Array(count),
    high: new Float64Array(count),
  };
  const set = (from: number, places: number, { mean, deviation, low, high }: LogNormal) => {
    priors.means.fill(mean, from, from + places);
    priors.deviations.fill(deviation, from, from + places);
    priors.low.fill(low, from, from + places);
    priors.high.fill(high, from, from + places);
  };
  const scale = lengthScale(0.5 * Math.sqrt(dimensions), 2);
  set(at.variance, 1, { mean: 0, deviation: 1.5, low: Math.log(1e-3), high: Math.log(1e3) });
  set(at.scales, dimensions, scale);
  const noise = stepped ? { mean: Math.log(1e-2), deviation: 2 } : { mean: Math.log(1e-4), deviation: 3 };
  set(at.noise, 1, { ...noise, low: Math.log(1e-8), high: Math.log(1) });
  if (kernel.additive) {
    set(at.sideVariances, dimensions, { mean: Math.log(0.1), deviation: 2, low: Math.log(1e-5), high: Math.log(1e2) });
    set(at.sideScales, dimensions, lengthScale(0.5, 2));
  }
  return priors;
}

/** The prior of log w where the length scale w^-1/2 has this median. */
const lengthScale = (median: number, deviation: number): LogNormal => ({
  mean: -2 * Math.log(median),
  deviation,
  low: -2 * Math.log(100),
  high: -2 * Math.log(0.01),
});

/** -log of the priors up to a constant; its slopes are added to the gradient. */
export function addPriors({ means, deviations }: Priors, theta: Float64Array, gradient: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < means.length; i++) {
    const z = (theta[i] - means[i]) / deviations[i];
    sum += 0.5 * z * z;
    gradient[i] += z / deviations[i];
  }
  return sum;
}
