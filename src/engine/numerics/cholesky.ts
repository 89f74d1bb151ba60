import type { Turns } from './turns.ts';

/**
 * A symmetric positive definite matrix is K = L L' (Golub and Van Loan 2013, section 4.2). Matrices are [n x n], row by row, in the first
 * n^2 numbers of their array. Factors replace the lower triangle; the upper one is neither read nor written.
 */

/** L in the place of K. False where K is not positive definite; its array is then partly overwritten. */
export function cholesky(k: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    const left = eliminated(k, n, i);
    if (!(left > 0)) return false;
    k[i * n + i] = Math.sqrt(left);
  }
  return true;
}

/**
 * As `cholesky`, for large matrices and such as may be singular: squares of the diagonal are kept at `least` or above, so that what comes
 * out is the factor of a matrix nearby.
 */
export async function flooredCholesky(k: Float64Array, n: number, least: number, turns: Turns): Promise<void> {
  for (let i = 0; i < n; i++) {
    k[i * n + i] = Math.sqrt(Math.max(eliminated(k, n, i), least));
    await turns.after((i * i) / 2);
  }
}

/** Row i of L left of the diagonal, from the rows above it; returns the square of what belongs on the diagonal. */
function eliminated(k: Float64Array, n: number, i: number): number {
  const row = i * n;
  for (let j = 0; j < i; j++) {
    const other = j * n;
    let sum = k[row + j];
    for (let c = 0; c < j; c++) sum -= k[row + c] * k[other + c];
    k[row + j] = sum / k[other + j];
  }
  let left = k[row + i];
  for (let c = 0; c < i; c++) left -= k[row + c] * k[row + c];
  return left;
}

/** log |K| = 2 sum log L_ii. */
export function logDeterminant(l: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.log(l[i * n + i]);
  return 2 * sum;
}

/**
 * K^-1 = L'^-1 L^-1, both triangles.
 * @param scratch [n x n], receives (L^-1)' so that every inner loop runs along rows
 */
export function inverse(l: Float64Array, n: number, into: Float64Array, scratch: Float64Array): void {
  for (let j = 0; j < n; j++) {
    const column = j * n;
    scratch[column + j] = 1 / l[column + j];
    for (let i = j + 1; i < n; i++) {
      const row = i * n;
      let sum = 0;
      for (let c = j; c < i; c++) sum -= l[row + c] * scratch[column + c];
      scratch[column + i] = sum / l[row + i];
    }
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let c = i; c < n; c++) sum += scratch[i * n + c] * scratch[j * n + c];
      into[i * n + j] = sum;
      into[j * n + i] = sum;
    }
  }
}
