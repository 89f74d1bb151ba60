import type { EncodedMatrix } from '../../data/encoders/matrix-encoder.ts';

export type Kernel = { readonly kind: 'linear' } | { readonly kind: 'rbf'; readonly gamma: number };

/** Decision values are a sum over support vectors: sum c_i k(v_i, x) - rho. */
export interface Expansion {
  /** Rows of the vectors' matrix. */
  readonly places: Int32Array;
  readonly coefficients: Float64Array;
  readonly rho: number;
}

/** k(v, x) of one row with each of the vectors, [vectors], or with those at some places only: the others are 0. */
export function kernelRow(
  kernel: Kernel,
  vectors: EncodedMatrix,
  x: EncodedMatrix,
  row: number,
  places?: Int32Array,
): Float64Array {
  const { rows, columns: d, values } = vectors;
  const own = x.values.subarray(row * d, (row + 1) * d);
  const products = new Float64Array(rows);
  const count = places ? places.length : rows;
  for (let at = 0; at < count; at++) {
    const place = places ? places[at] : at;
    let sum = 0;
    if (kernel.kind === 'linear') for (let j = 0, i = place * d; j < d; j++, i++) sum += values[i] * own[j];
    else for (let j = 0, i = place * d; j < d; j++, i++) sum += (values[i] - own[j]) ** 2;
    products[place] = kernel.kind === 'linear' ? sum : Math.exp(-kernel.gamma * sum);
  }
  return products;
}

export function decisionOf({ places, coefficients, rho }: Expansion, products: Float64Array): number {
  let sum = -rho;
  for (let i = 0; i < places.length; i++) sum += coefficients[i] * products[places[i]];
  return sum;
}

/** Adds `factor` times the slope of the decision value by the inputs to `into`, [columns]. */
export function addDecisionSlope(
  kernel: Kernel,
  { places, coefficients }: Expansion,
  vectors: EncodedMatrix,
  products: Float64Array,
  own: Float32Array,
  factor: number,
  into: Float64Array,
): void {
  const d = vectors.columns;
  for (let i = 0; i < places.length; i++) {
    const from = places[i] * d;
    if (kernel.kind === 'linear') {
      for (let j = 0; j < d; j++) into[j] += factor * coefficients[i] * vectors.values[from + j];
      continue;
    }
    const weight = -2 * kernel.gamma * factor * coefficients[i] * products[places[i]];
    for (let j = 0; j < d; j++) into[j] += weight * (own[j] - vectors.values[from + j]);
  }
}
