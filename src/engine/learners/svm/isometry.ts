import type { EncodedMatrix } from '../../data/encoders/matrix-encoder.ts';
import { flooredCholesky } from '../../numerics/cholesky.ts';
import type { Pace } from '../pace.ts';

/** Pivots of the factor: rows that repeat others come out this close to them, squared, in units of the longest row's square. */
const least = 1e-12;

/**
 * The same rows in as many columns as there are rows, with the same products and distances: the Cholesky factor of the matrix of their
 * products. For machines that see their inputs through a kernel only, where there are more columns than rows.
 */
export async function isometric(x: EncodedMatrix, pace: Pace): Promise<EncodedMatrix> {
  const { rows, columns } = x;
  const products = new Float64Array(rows * rows);
  let longest = 0;
  for (let a = 0; a < rows; a++) {
    const own = x.values.subarray(a * columns, (a + 1) * columns);
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let j = 0, at = b * columns; j < columns; j++, at++) sum += own[j] * x.values[at];
      products[a * rows + b] = sum;
    }
    longest = Math.max(longest, products[a * rows + a]);
    await pace.after(a * columns);
  }
  await flooredCholesky(products, rows, least * longest, pace);
  const values = new Float32Array(rows * rows);
  for (let a = 0; a < rows; a++) {
    for (let b = 0; b <= a; b++) values[a * rows + b] = products[a * rows + b];
  }
  return { rows, columns: rows, values };
}
