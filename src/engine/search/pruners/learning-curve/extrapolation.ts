import { nelderMead } from '../../../numerics/nelder-mead.ts';
import { cumulative } from '../../../numerics/standard-normal.ts';
import type { Random } from '../../../random.ts';
import { sampleEnsemble } from './ensemble-sampler.ts';
import { curveFamilies } from './families.ts';

export interface ExtrapolationOptions {
  /** Walkers of the ensemble; even. */
  readonly walkers?: number;
  /** Sweeps of all walkers, of which the second half counts. */
  readonly sweeps?: number;
}

/** Values that the mixture and its end are kept within: a curve from 0.1 to 0.8 (see `Curve`) may end better than all known, not wherever. */
const lowest = -0.2;
const highest = 1.2;
/** Standard deviation of the noise: never below what figures are printed with, never a curve of noise alone. */
const noiseRange = [Math.log(1e-3), Math.log(0.3)];

/** A rising learning curve, scaled so that it begins near 0.1 and what it has to reach is near 0.8. */
export interface Curve {
  /** >= 1, rising. */
  readonly steps: Float64Array;
  readonly values: Float64Array;
}

/** Weights first, then each family's parameters, the logarithm of the noise last. */
const count = curveFamilies.length;
const offsets = curveFamilies.map((_, k) =>
  curveFamilies.slice(0, k).reduce((sum, { start }) => sum + start.length, count),
);
const dimensions = offsets[count - 1] + curveFamilies[count - 1].start.length + 1;

/**
 * The chance that a curve is at least `threshold` at step `horizon` (Domhan et al. 2015, section 3): the curve is a weighted sum of eleven
 * families with normal noise; weights, parameters and noise are sampled together from their posterior by an ensemble of walkers,
 * started around each family's least-squares fit. Prior: flat where weights are not negative, the end is not below the first
 * value, and the end stays within reach.
 */
export function chanceToReach(
  curve: Curve,
  horizon: number,
  threshold: number,
  random: Random,
  { walkers = 2 * dimensions, sweeps = 200 }: ExtrapolationOptions = {},
): number {
  const logPosterior = (point: Float64Array): number => logDensity(point, curve, horizon);
  const starts = startingPoints(curve, walkers, logPosterior, random);
  let chance = 0;
  let samples = 0;
  sampleEnsemble(starts, logPosterior, sweeps, random, (points, sweep) => {
    if (sweep < sweeps / 2 || sweep % 5 !== 0) return;
    for (const point of points) {
      chance += cumulative((mixture(point, horizon) - threshold) / Math.exp(point[dimensions - 1]));
      samples++;
    }
  });
  return chance / samples;
}

/** The weighted sum of the families at a step. */
function mixture(point: Float64Array, step: number): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += point[k] * curveFamilies[k].at(step, point, offsets[k]);
  return sum;
}

function logDensity(point: Float64Array, { steps, values }: Curve, horizon: number): number {
  for (let k = 0; k < count; k++) if (!(point[k] >= 0)) return Number.NEGATIVE_INFINITY;
  const noise = point[dimensions - 1];
  if (!(noise >= noiseRange[0] && noise <= noiseRange[1])) return Number.NEGATIVE_INFINITY;
  const end = mixture(point, horizon);
  if (!(end >= lowest && end <= highest && end >= mixture(point, steps[0]))) return Number.NEGATIVE_INFINITY;
  const precision = Math.exp(-2 * noise);
  let log = -values.length * noise;
  for (let i = 0; i < values.length; i++) {
    const gap = values[i] - mixture(point, steps[i]);
    log -= 0.5 * gap * gap * precision;
  }
  return Number.isNaN(log) ? Number.NEGATIVE_INFINITY : log;
}

/**
 * Walkers around the least-squares fits: the better a family fits, the larger its weight. Where jitter leaves the prior's support the
 * walker is drawn closer; the flat mixture at its middle is always inside.
 */
function startingPoints(
  curve: Curve,
  walkers: number,
  logPosterior: (point: Float64Array) => number,
  random: Random,
): Float64Array[] {
  const centre = fittedCentre(curve);
  const inside = Number.isFinite(logPosterior(centre)) ? centre : flatCentre(curve);
  return Array.from({ length: walkers }, () => {
    for (let size = 0.02; ; size /= 2) {
      const point = inside.map((value) => value + size * (Math.abs(value) + 0.01) * random.normal());
      if (size < 1e-9) return inside.slice();
      if (Number.isFinite(logPosterior(point))) return point;
    }
  });
}

/** Each family by least squares, weighted by how well it fits. */
function fittedCentre({ steps, values }: Curve): Float64Array {
  const centre = new Float64Array(dimensions);
  const errors = curveFamilies.map(({ start, at }, k) => {
    const error = (parameters: Float64Array): number =>
      values.reduce((sum, value, i) => sum + (value - at(steps[i], parameters, 0)) ** 2, 0);
    const { point, value } = nelderMead(error, Float64Array.from(start), 300);
    centre.set(point, offsets[k]);
    return Number.isFinite(value) ? value / values.length : Number.POSITIVE_INFINITY;
  });
  const variance = Math.max(1e-5, Math.min(...errors));
  const weights = errors.map((error) => Math.exp(-0.5 * Math.min(40, error / variance - 1)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  centre.set(weights.map((weight) => weight / total));
  centre[dimensions - 1] = Math.min(noiseRange[1] - 0.1, Math.max(noiseRange[0] + 0.1, 0.5 * Math.log(variance)));
  return centre;
}

/** Power laws that stay at the curve's middle, other families switched off: where a fit would leave the prior's support. */
function flatCentre({ values }: Curve): Float64Array {
  const centre = new Float64Array(dimensions);
  for (const [k, { start }] of curveFamilies.entries()) centre.set(start, offsets[k]);
  const power = curveFamilies.findIndex(({ name }) => name === 'pow3');
  centre.fill(1e-6, 0, count);
  centre[power] = 1;
  centre.set([values.reduce((sum, value) => sum + value, 0) / values.length, 1e-3, 0.5], offsets[power]);
  centre[dimensions - 1] = Math.log(0.2);
  return centre;
}
