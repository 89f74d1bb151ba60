import { priorOf } from './constant.ts';

/** Mean and standard deviation of a target; deviation 1 where it does not vary. */
export function scaleOf(values: Float64Array): { mean: number; deviation: number } {
  const [mean] = priorOf({ kind: 'values', values });
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2 / values.length;
  return { mean, deviation: squares > 0 ? Math.sqrt(squares) : 1 };
}
