import { Matrix, solve } from 'ml-matrix';

/** Weighted sums of squares and products about the weighted means: all that a ridge needs to know of its samples. */
export interface Moments {
  /** [columns x columns] */
  readonly products: Matrix;
  /** [columns] with the response. */
  readonly withResponse: Float64Array;
  readonly responseSquares: number;
  readonly means: Float64Array;
  readonly responseMean: number;
}

/** A linear model: response = intercept + sum coefficient x column. */
export interface LinearFit {
  readonly coefficients: Float64Array;
  readonly intercept: number;
}

/**
 * @param design [samples x columns] row-major
 * @param response [samples]
 * @param weights [samples], not all 0
 */
export function moments(design: Float64Array, response: Float64Array, weights: Float64Array): Moments {
  const samples = response.length;
  const count = samples === 0 ? 0 : design.length / samples;
  let total = 0;
  let responseMean = 0;
  const means = new Float64Array(count);
  for (let i = 0; i < samples; i++) {
    total += weights[i];
    responseMean += weights[i] * response[i];
    for (let j = 0; j < count; j++) means[j] += weights[i] * design[i * count + j];
  }
  responseMean /= total;
  for (let j = 0; j < count; j++) means[j] /= total;
  const products = Matrix.zeros(count, count);
  const withResponse = new Float64Array(count);
  let responseSquares = 0;
  const centred = new Float64Array(count);
  for (let i = 0; i < samples; i++) {
    const residual = response[i] - responseMean;
    responseSquares += weights[i] * residual * residual;
    for (let j = 0; j < count; j++) centred[j] = design[i * count + j] - means[j];
    for (let j = 0; j < count; j++) {
      const scaled = weights[i] * centred[j];
      withResponse[j] += scaled * residual;
      for (let k = 0; k <= j; k++) products.set(j, k, products.get(j, k) + scaled * centred[k]);
    }
  }
  for (let j = 0; j < count; j++) for (let k = 0; k < j; k++) products.set(k, j, products.get(j, k));
  return { products, withResponse, responseSquares, means, responseMean };
}

/**
 * Ridge regression (Hoerl and Kennard 1970) on some columns, intercept not penalised:
 * minimises `sum w (y - b - x c)^2 + alpha |c|^2`. Coefficients of the other columns are 0.
 */
export function ridge(given: Moments, columns: readonly number[], alpha: number): LinearFit {
  const coefficients = new Float64Array(given.means.length);
  if (columns.length > 0) {
    const system = given.products.selection([...columns], [...columns]);
    // Without a penalty a constant column would leave the system singular; so small a one decides it and changes nothing else.
    for (let i = 0; i < columns.length; i++) system.set(i, i, system.get(i, i) + Math.max(alpha, 1e-9));
    const solution = solve(system, Matrix.columnVector(columns.map((column) => given.withResponse[column])));
    columns.forEach((column, i) => {
      coefficients[column] = solution.get(i, 0);
    });
  }
  const explained = coefficients.reduce((sum, coefficient, j) => sum + coefficient * given.means[j], 0);
  return { coefficients, intercept: given.responseMean - explained };
}

/** Weighted sum of squares that a fit leaves of its own samples. */
export function residualSquares(given: Moments, { coefficients }: LinearFit): number {
  const columns = [...coefficients.keys()].filter((j) => coefficients[j] !== 0);
  let left = given.responseSquares;
  for (const j of columns) {
    left -= 2 * coefficients[j] * given.withResponse[j];
    for (const k of columns) left += coefficients[j] * coefficients[k] * given.products.get(j, k);
  }
  return left;
}

/**
 * Weighted R2 of a fit on any samples: `1 - sum w (y - fit)^2 / sum w (y - mean)^2`.
 * Null where the response does not vary, because then there is nothing to explain.
 */
export function weightedR2(
  { coefficients, intercept }: LinearFit,
  design: Float64Array,
  response: Float64Array,
  weights: Float64Array,
): number | null {
  const { responseSquares } = moments(new Float64Array(0), response, weights);
  const largest = response.reduce((size, value) => Math.max(size, Math.abs(value)), 1e-300);
  // Rounding alone leaves some 1e-16 of the response.
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(responseSquares > total * (1e-9 * largest) ** 2)) return null;
  const count = coefficients.length;
  let left = 0;
  for (let i = 0; i < response.length; i++) {
    let fitted = intercept;
    for (let j = 0; j < count; j++) fitted += coefficients[j] * design[i * count + j];
    left += weights[i] * (response[i] - fitted) ** 2;
  }
  return 1 - left / responseSquares;
}
