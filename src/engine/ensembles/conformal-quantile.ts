/**
 * The ceil((m + 1)(1 - alpha))-th smallest of m scores (Vovk, Gammerman and Shafer 2005; Lei et al. 2018, algorithm 2); null where m
 * is too small for the level. At least a share 1 - alpha of new scores is not above it, if they are exchangeable with these.
 * Throws a RangeError unless 0 < alpha < 1.
 */
export function conformalQuantile(scores: Float64Array, alpha: number): number | null {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha must be between 0 and 1, not ${alpha}`);
  // (m + 1)(1 - alpha) as written can land a hair above a whole number.
  const rank = Math.ceil((scores.length + 1) * (1 - alpha) - 1e-9);
  return rank > scores.length ? null : scores.slice().sort()[Math.max(0, rank - 1)];
}
