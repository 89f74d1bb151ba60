import { cholesky } from '../../../numerics/cholesky.ts';

/** Lower Cholesky factor of a covariance [n x n], with as much on its diagonal as rounding needs: ten times more until it succeeds. */
export function factorOf(covariance: Float64Array, n: number): Float64Array {
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(covariance[i * n + i]));
  for (let jitter = 1e-9 * largest; Number.isFinite(jitter); jitter = Math.max(Number.MIN_VALUE, 10 * jitter)) {
    const factor = covariance.slice();
    for (let i = 0; i < n; i++) factor[i * n + i] += jitter;
    if (cholesky(factor, n)) return factor;
  }
  throw new RangeError(`no jitter makes this ${n} x ${n} matrix positive definite`);
}
