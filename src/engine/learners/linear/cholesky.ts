import type { Pace } from '../pace.ts';

/**
 * Replaces the lower triangle of a symmetric positive definite matrix, [n x n] row-major, by its factor L, A = L L'
 * (Golub and Van Loan 2013, section 4.2). Pivots are kept above `least`, so that a singular matrix is factored as one that is nearly so.
 */
export async function factorize(a: Float64Array, n: number, least: number, pace: Pace): Promise<void> {
  for (let i = 0; i < n; i++) {
    const rowI = a.subarray(i * n, i * n + i + 1);
    for (let j = 0; j <= i; j++) {
      const rowJ = j === i ? rowI : a.subarray(j * n, j * n + j + 1);
      let sum = rowI[j];
      for (let k = 0; k < j; k++) sum -= rowI[k] * rowJ[k];
      rowI[j] = j === i ? Math.sqrt(Math.max(sum, least)) : sum / rowJ[j];
    }
    await pace.after((i * i) / 2);
  }
}
