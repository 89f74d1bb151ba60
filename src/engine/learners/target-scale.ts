import { priorOf } from './constant.ts';

/**
 * Mean and standard deviation of a target; deviation 1 where it does not vary.
 * @param weights [rows], mean 1: what each row counts; absent: all the same
 */
export function scaleOf(values: Float64Array, weights?: Float64Array): { mean: number; deviation: number } {
  const [mean] = priorOf({ kind: 'values', values }, weights);
  // Relative to the largest difference: squares of numbers beyond 1e154 are infinite.
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value - mean)), 0);
  if (largest < Number.MIN_VALUE / Number.EPSILON) return { mean, deviation: 1 };
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    squares += ((weights?.[i] ?? 1) * ((values[i] - mean) / largest) ** 2) / values.length;
  }
  return { mean, deviation: largest * Math.sqrt(squares) };
}
