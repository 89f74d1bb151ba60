import type { Column } from '../../data/table.ts';
import { firstAtLeast } from '../../statistics/first-at-least.ts';

/** Heights at points along a column. */
export interface Curve {
  /** [points] values, ascending, or places of levels. */
  readonly at: Float64Array;
  /** [points] code of each level. */
  readonly codes?: Int32Array;
  /** [outputs][points] */
  readonly values: readonly Float64Array[];
}

/**
 * [rows x outputs] the curve in each row, linear between points and level beyond them; rows whose value is missing, or a level that is not
 * looked at, lie at the mean.
 * @param centre less the mean over the rows that have a value; then those without have 0
 */
export function curveAtRows({ at, codes, values }: Curve, column: Column, centre = true): Float64Array {
  const outputs = values.length;
  const rows = column.kind === 'numeric' ? column.values.length : column.codes.length;
  const placeOf = new Map(codes ? Array.from(codes, (code, place) => [code, place]) : []);
  const places =
    column.kind === 'numeric'
      ? Float64Array.from(column.values, (value) => placeBetween(at, value))
      : Float64Array.from(column.codes, (code) => placeOf.get(code) ?? Number.NaN);
  const found = new Float64Array(rows * outputs).fill(Number.NaN);
  for (const [output, heights] of values.entries()) {
    let [sum, known] = [0, 0];
    places.forEach((place, row) => {
      if (Number.isNaN(place)) return;
      const below = Math.floor(place);
      const rest = place - below;
      const height = rest === 0 ? heights[below] : (1 - rest) * heights[below] + rest * heights[below + 1];
      found[row * outputs + output] = height;
      sum += height;
      known++;
    });
    const mean = known > 0 ? sum / known : 0;
    for (let i = output; i < found.length; i += outputs)
      found[i] = (Number.isNaN(found[i]) ? mean : found[i]) - (centre ? mean : 0);
  }
  return found;
}

/** 2.25: a quarter of the way from the third point to the fourth; NaN where the value is missing. */
export function placeBetween(at: Float64Array, value: number): number {
  if (!Number.isFinite(value)) return Number.NaN;
  const above = firstAtLeast(at, value);
  if (above === 0) return 0;
  if (above === at.length) return at.length - 1;
  return above - 1 + (value - at[above - 1]) / (at[above] - at[above - 1]);
}
