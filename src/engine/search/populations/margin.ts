import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Parameter } from '../../../shared/space.ts';
import type { Numeric } from '../../space/axis.ts';
import { numericAxis } from '../../space/axis.ts';
import type { SearchDistribution } from './covariance.ts';

/** Where the distribution's marginals stand and how much wider they are made than the covariance says: point = mean + stepSize * widths * step. */
export interface Margins {
  readonly mean: Float64Array;
  readonly widths: Float64Array;
}

/**
 * Keeps every grid parameter from freezing on one value (Hamano et al. 2022, "CMA-ES with margin", section 4): the probability of
 * leaving the mean's cell stays at least alpha on its open side at the ends of the grid, alpha / 2 on each side elsewhere; the mean and
 * the marginal's width are moved as little as that takes.
 * @param widths of the generation before
 * @param alpha 1 / (parameters * offspring)
 */
export function withMargin(
  { mean, stepSize, covariance }: SearchDistribution,
  widths: Float64Array,
  parameters: readonly Parameter[],
  alpha: number,
): Margins {
  const corrected = { mean: mean.slice(), widths: widths.slice() };
  const n = mean.length;
  for (const [i, { distribution }] of parameters.entries()) {
    const axis = numericAxis(distribution as Numeric);
    if (axis.step === undefined) continue;
    const unscaled = stepSize * Math.sqrt(covariance[i * n + i]);
    const position = axis.low + Math.min(1, Math.max(0, mean[i])) * (axis.high - axis.low);
    const [from, to] = axis.cell(axis.toValue(position));
    const toUnit = (place: number) => (place - axis.low) / (axis.high - axis.low);
    const [low, high] = [toUnit(from), toUnit(to)];
    const deviation = unscaled * widths[i];
    if (low <= 1e-12 || high >= 1 - 1e-12) corrected.mean[i] = pulledIn(mean[i], low, high, deviation, alpha);
    else [corrected.mean[i], corrected.widths[i]] = widened(mean[i], low, high, deviation, unscaled, alpha);
  }
  return corrected;
}

/** At an end: the mean comes so close to the only threshold that it is crossed with probability alpha (equation 18). */
function pulledIn(mean: number, low: number, high: number, deviation: number, alpha: number): number {
  const reach = deviation * normalQuantile(1 - alpha, 0, 1);
  return low <= 1e-12 ? Math.max(mean, high - reach) : Math.min(mean, low + reach);
}

/** Between two thresholds: mean and width for which both are crossed often enough (equations 19 to 24). */
function widened(
  mean: number,
  low: number,
  high: number,
  deviation: number,
  unscaled: number,
  alpha: number,
): [mean: number, width: number] {
  const below = normalCdf(low, mean, deviation);
  const above = 1 - normalCdf(high, mean, deviation);
  const within = 1 - below - above;
  if (below >= alpha / 2 && above >= alpha / 2) return [mean, deviation / unscaled];
  const [leastBelow, leastAbove] = [Math.max(alpha / 2, below), Math.max(alpha / 2, above)];
  const excess = (1 - leastBelow - leastAbove - within) / (leastBelow + leastAbove + within - 1.5 * alpha);
  const quantile = (p: number) => normalQuantile(1 - (p + excess * (p - alpha / 2)), 0, 1);
  const [toLow, toHigh] = [quantile(leastBelow), quantile(leastAbove)];
  const corrected = (low * toHigh + high * toLow) / (toLow + toHigh);
  return [corrected, (high - low) / (unscaled * (toLow + toHigh))];
}
