import type { EncodedMatrix } from '../../data/encoders/matrix-encoder.ts';
import { flooredCholesky } from '../../numerics/cholesky.ts';
import type { Pace } from '../pace.ts';

export interface Gaussians {
  /** [classes x columns] */
  readonly means: Float64Array;
  /** Cholesky factors of the covariances, [classes x columns x columns], or [1 x columns x columns] where all share one. */
  readonly factors: Float64Array;
  /** [classes]: log prior - 1/2 log determinant. */
  readonly offsets: Float64Array;
}

/** Added to every variance of the standardised inputs: levels of one column sum to 1, which no covariance survives. */
const floor = 1e-6;

interface Scatter {
  /** Weight of the rows. */
  readonly weight: Float64Array;
  readonly means: Float64Array;
  /** [classes x columns x columns], lower triangles: sums of products of deviations from the class's mean. */
  readonly sums: Float64Array;
}

/**
 * Regularised discriminant analysis (Friedman 1989, equations 13 and 18): the covariance of a class is drawn towards the one that all
 * share by `pooling` (1: linear discriminant analysis, 0: quadratic), then towards a multiple of the identity by `shrinkage`.
 * @param rowWeights [rows], mean 1
 */
export async function fitGaussians(
  x: EncodedMatrix,
  codes: Int32Array,
  classes: number,
  rowWeights: Float64Array,
  { pooling, shrinkage }: { readonly pooling: number; readonly shrinkage: number },
  pace: Pace,
): Promise<Gaussians> {
  const d = x.columns;
  const { weight, means, sums } = await scatterOf(x, codes, classes, rowWeights, pace);
  const shared = new Float64Array(d * d);
  for (let i = 0; i < sums.length; i++) shared[i % (d * d)] += sums[i];
  const total = weight.reduce((a, b) => a + b, 0);
  const count = pooling === 1 ? 1 : classes;
  const factors = new Float64Array(count * d * d);
  const offsets = new Float64Array(classes);
  for (let k = 0; k < count; k++) {
    const covariance = factors.subarray(k * d * d, (k + 1) * d * d);
    // A class with one row has no covariance of its own.
    const share = weight[k] > 1 ? pooling : 1;
    const rows = (1 - share) * weight[k] + share * total;
    for (let i = 0; i < d * d; i++) covariance[i] = ((1 - share) * sums[k * d * d + i] + share * shared[i]) / rows;
    shrink(covariance, d, shrinkage);
    await flooredCholesky(covariance, d, floor, pace);
  }
  for (let k = 0; k < classes; k++) {
    // A class without rows is not impossible: it counts half a row.
    offsets[k] = Math.log(Math.max(weight[k], 0.5) / total);
    const from = (count === 1 ? 0 : k) * d * d;
    for (let i = 0; i < d; i++) offsets[k] -= Math.log(factors[from + i * d + i]);
  }
  return { means, factors, offsets };
}

function shrink(covariance: Float64Array, d: number, shrinkage: number): void {
  let trace = 0;
  for (let i = 0; i < d; i++) trace += covariance[i * d + i];
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) covariance[i * d + j] *= 1 - shrinkage;
    covariance[i * d + i] += (shrinkage * trace) / d + floor;
  }
}

async function scatterOf(
  { rows, columns: d, values }: EncodedMatrix,
  codes: Int32Array,
  classes: number,
  rowWeights: Float64Array,
  pace: Pace,
): Promise<Scatter> {
  const weight = new Float64Array(classes);
  const means = new Float64Array(classes * d);
  for (let row = 0; row < rows; row++) {
    weight[codes[row]] += rowWeights[row];
    for (let j = 0; j < d; j++) means[codes[row] * d + j] += rowWeights[row] * values[row * d + j];
  }
  const overall = new Float64Array(d);
  for (let i = 0; i < means.length; i++) overall[i % d] += means[i] / rows;
  for (let i = 0; i < means.length; i++) {
    const k = Math.floor(i / d);
    means[i] = weight[k] > 0 ? means[i] / weight[k] : overall[i % d];
  }
  const sums = new Float64Array(classes * d * d);
  const deviation = new Float64Array(d);
  for (let row = 0; row < rows; row++) {
    const k = codes[row];
    for (let j = 0; j < d; j++) deviation[j] = values[row * d + j] - means[k * d + j];
    for (let i = 0; i < d; i++) {
      const at = k * d * d + i * d;
      const factor = rowWeights[row] * deviation[i];
      for (let j = 0; j <= i; j++) sums[at + j] += factor * deviation[j];
    }
    await pace.after((d * d) / 2);
  }
  return { weight, means, sums };
}
