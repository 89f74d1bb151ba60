import type { Interval } from '../../shared/results/result.ts';

/** Linear interpolation between order statistics (Hyndman and Fan 1996, type 7), as NumPy's default; NaN of none. */
export function quantile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  const [rest, gap] = [position - below, sorted[above] - sorted[below]];
  // A gap between extreme numbers overflows; their weighted mean does not.
  return Number.isFinite(gap) ? sorted[below] + rest * gap : (1 - rest) * sorted[below] + rest * sorted[above];
}

/** The central share of a sample, between two quantiles that leave as much on either side. */
export function centralInterval(sample: Iterable<number>, share = 0.9): Interval {
  const sorted = Float64Array.from(sample).sort();
  return { low: quantile(sorted, (1 - share) / 2), high: quantile(sorted, (1 + share) / 2) };
}
