import normalCdf from '@stdlib/stats-base-dists-normal-cdf';

/**
 * Chance that Student's t with so many degrees of freedom (2 or more, not necessarily whole) is at least this: through the normal
 * deviate of Hill (1970, algorithm 395), whose error is below 1e-4 from 2 degrees on and falls fast.
 */
export function studentTail(t: number, degrees: number): number {
  const a = degrees - 0.5;
  const b = 48 * a * a;
  const square = a * Math.log1p((t * t) / degrees);
  const correction = (((-0.4 * square - 3.3) * square - 24) * square - 85.5) / (0.8 * square * square + 100 + b);
  const deviate = ((correction + square + 3) / b + 1) * Math.sqrt(square);
  return normalCdf(t > 0 ? -deviate : deviate, 0, 1);
}
