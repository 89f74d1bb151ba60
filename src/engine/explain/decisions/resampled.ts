import type { Interval } from '../../../shared/results/result.ts';
import type { Random } from '../../random.ts';
import { centralInterval } from '../../statistics/quantile.ts';

/** Rows drawn again and again with replacement, the same ones for all that is compared. [resamples][rows] */
export function drawRows(rows: number, resamples: number, random: Random): Uint32Array[] {
  return Array.from({ length: resamples }, () => Uint32Array.from({ length: rows }, () => random.integer(rows)));
}

/** 95 % interval of a number of the rows; draws that do not determine it are left out. */
export function resampledInterval(
  draws: readonly Uint32Array[],
  of: (rows: Uint32Array) => number | undefined,
): Interval | null {
  const values = draws.map(of).filter((value) => value !== undefined && Number.isFinite(value)) as number[];
  return values.length === 0 ? null : centralInterval(values, 0.95);
}

/** Mean of the values at these places. */
export function meanAt(values: Float64Array, rows: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < rows.length; i++) sum += values[rows[i]];
  return sum / rows.length;
}
