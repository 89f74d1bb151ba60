import type { Random } from '../../../random.ts';
import { factorOf } from './factor.ts';

/** Joint normal distribution of what the members of a basket would reach, and of what could be observed next. */
export interface Basket {
  /** [members] */
  readonly mean: Float64Array;
  /** [members x members] */
  readonly covariance: Float64Array;
  readonly observations: readonly Observation[];
}

/** A value that could be observed, noise included. */
export interface Observation {
  readonly mean: number;
  readonly variance: number;
  /** [members] covariances with what they would reach. */
  readonly cross: Float64Array;
}

const draws = 200;
/** Standard normal quantiles at 10, 30, 50, 70 and 90 %: what an observation might turn out as. */
const fantasies = [-1.2816, -0.5244, 0, 0.5244, 1.2816];

/**
 * By how many nats each observation is expected to lower the entropy of which member is the lowest (Hennig and Schuler 2012; Swersky et
 * al. 2014, section 4), by the same draws for all so that they can be compared. Never below 0.
 */
export function informationGains({ mean, covariance, observations }: Basket, random: Random): number[] {
  const n = mean.length;
  const normals = Array.from({ length: draws }, () => Float64Array.from({ length: n }, () => random.normal()));
  const before = entropyOfLowest(mean, covariance, normals);
  return observations.map(({ variance, cross }) => {
    const left = covariance.map((value, place) => value - (cross[Math.floor(place / n)] * cross[place % n]) / variance);
    const factor = factorOf(left, n);
    const deviation = Math.sqrt(variance);
    const after = fantasies.map((z) =>
      entropyWithFactor(
        mean.map((value, i) => value + (cross[i] / deviation) * z),
        factor,
        normals,
      ),
    );
    return Math.max(0, before - after.reduce((sum, entropy) => sum + entropy, 0) / fantasies.length);
  });
}

/** Entropy, in nats, of which of jointly normal numbers is the lowest. */
export const entropyOfLowest = (
  mean: Float64Array,
  covariance: Float64Array,
  normals: readonly Float64Array[],
): number => entropyWithFactor(mean, factorOf(covariance, mean.length), normals);

function entropyWithFactor(mean: Float64Array, factor: Float64Array, normals: readonly Float64Array[]): number {
  const n = mean.length;
  const counts = new Float64Array(n);
  for (const normal of normals) {
    let lowest = Number.POSITIVE_INFINITY;
    let place = 0;
    for (let i = 0; i < n; i++) {
      let value = mean[i];
      for (let j = 0; j <= i; j++) value += factor[i * n + j] * normal[j];
      if (value < lowest) {
        lowest = value;
        place = i;
      }
    }
    counts[place]++;
  }
  return counts.reduce(
    (sum, count) => (count > 0 ? sum - (count / normals.length) * Math.log(count / normals.length) : sum),
    0,
  );
}
