import type { Distribution } from '../../../../shared/space.ts';
import { isCategorical, size, valuesOf } from '../../../space/distribution.ts';
import { encodeValue } from '../../../space/encoding.ts';

/** Cells of a continuous range, and the most of a grid. */
const mostCells = 64;

/** A parameter's values in a few cells: one a value where there are few, else equal parts of the unit interval. */
export interface Cells {
  /** [cells] coordinates of their middles, ascending. */
  readonly middles: Float64Array;
  /** Whether neighbouring cells are alike; choices are not. */
  readonly ordered: boolean;
  cellOf(coordinate: number): number;
}

export function cellsOf(distribution: Distribution): Cells {
  const ordered = !isCategorical(distribution);
  if (size(distribution) > mostCells) return { middles: equalParts(), ordered, cellOf: (at) => partOf(at, mostCells) };
  const middles = Float64Array.from(valuesOf(distribution), (value) => encodeValue(distribution, value));
  return { middles, ordered, cellOf: (at) => nearest(middles, at) };
}

const equalParts = () => Float64Array.from({ length: mostCells }, (_, i) => (i + 0.5) / mostCells);
const partOf = (coordinate: number, parts: number) => Math.min(parts - 1, Math.max(0, Math.floor(coordinate * parts)));

function nearest(ascending: Float64Array, coordinate: number): number {
  let best = 0;
  for (let i = 1; i < ascending.length; i++) {
    if (Math.abs(ascending[i] - coordinate) < Math.abs(ascending[best] - coordinate)) best = i;
  }
  return best;
}
