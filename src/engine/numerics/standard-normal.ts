import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Random } from '../random.ts';

/** Beyond this many standard deviations less than 1e-16 of the mass is left. */
const reach = 8.5;
const perUnit = 256;
const size = 2 * reach * perUnit + 2;
/** The distribution function and its slope at -reach, -reach + 1 / perUnit, ... */
const heights = Float64Array.from({ length: size }, (_, i) => normalCdf(i / perUnit - reach, 0, 1));
const slopes = Float64Array.from({ length: size }, (_, i) => density(i / perUnit - reach) / perUnit);

function density(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/**
 * The standard normal distribution function, by cubic Hermite interpolation of a table: absolute error below 1e-12, at a tenth of the
 * time of the exact function. TPE asks for it twice for each kernel, grid parameter and candidate.
 */
export function cumulative(z: number): number {
  const place = (z + reach) * perUnit;
  if (!(place > 0)) return 0;
  const i = Math.floor(place);
  if (i >= size - 1) return 1;
  const t = place - i;
  const s = 1 - t;
  return (
    s * s * (1 + 2 * t) * heights[i] +
    t * t * (1 + 2 * s) * heights[i + 1] +
    s * t * (s * slopes[i] - t * slopes[i + 1])
  );
}

/** A draw from the normal distribution of this mean and deviation, cut to [low, high], by inversion. */
export function sampleTruncated(mean: number, deviation: number, low: number, high: number, random: Random): number {
  const from = normalCdf(low, mean, deviation);
  const to = normalCdf(high, mean, deviation);
  const drawn = normalQuantile(from + random.uniform() * (to - from), mean, deviation);
  return Math.min(high, Math.max(low, drawn));
}
