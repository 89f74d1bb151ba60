import type { Resource } from '../../study-view.ts';

/**
 * The amounts of a resource at which trials are compared, rising: max / eta^s, ..., max / eta, max with the largest s that does not go
 * below min (Li et al. 2018, algorithm 1: r_i = R eta^(i - s)). Rounded where only whole amounts make sense.
 */
export function fidelityLevels({ min, max, whole = true }: Resource, eta: number): number[] {
  // A ratio that is a power of eta must not lose a level to the dust of the logarithm.
  const most = Math.floor(Math.log(max / min) / Math.log(eta) + 1e-9);
  const levels = Array.from({ length: most + 1 }, (_, i) => max / eta ** (most - i));
  return levels.map((level) => Math.min(max, Math.max(min, whole ? Math.round(level) : level)));
}
