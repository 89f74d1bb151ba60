/**
 * Systems whose matrix is a lower triangle, as a Cholesky factor is: L is [n x n], row by row, in the first n^2 numbers of its array; what
 * stands above its diagonal is not read (Golub and Van Loan 2013, section 3.1).
 */

/** x becomes L^-1 x. */
export function solveLower(l: Float64Array, n: number, x: Float64Array): void {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    let sum = x[i];
    for (let k = 0; k < i; k++) sum -= l[row + k] * x[k];
    x[i] = sum / l[row + i];
  }
}

/** x becomes L'^-1 x. */
export function solveUpper(l: Float64Array, n: number, x: Float64Array): void {
  for (let i = n - 1; i >= 0; i--) {
    const row = i * n;
    const value = x[i] / l[row + i];
    x[i] = value;
    // Along rows of L, as they lie in memory.
    for (let k = 0; k < i; k++) x[k] -= l[row + k] * value;
  }
}
