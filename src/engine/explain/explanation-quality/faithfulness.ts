import type { MethodQuality } from '../../../shared/results/explanation-quality.ts';
import type { Random } from '../../random.ts';
import { correlation } from '../../statistics/rank-correlation.ts';
import { judged, shuffled } from './random-comparison.ts';

/** Coalitions one after the other, [coalitions x columns]: 1 where a column keeps the row's own value. */
export type Coalitions = Uint8Array;

/** Random sets of half of the columns that lose their value (Bhatt, Weller and Moura 2020 take sets of one size). */
export function randomSubsets(columns: number, count: number, random: Random): Coalitions {
  const members = new Uint8Array(columns * count).fill(1);
  const size = Math.max(1, columns >> 1);
  for (let i = 0; i < count; i++)
    for (const column of random.permutation(columns).subarray(0, size)) members[i * columns + column] = 0;
  return members;
}

/** Columns are taken away in this order: columns + 1 coalitions, the first of all. Backwards: given, the last of all. */
export function alongOrder(order: Uint32Array, way: 'deletion' | 'insertion'): Coalitions {
  const columns = order.length;
  const members = new Uint8Array(columns * (columns + 1)).fill(way === 'deletion' ? 1 : 0);
  order.forEach((column, place) => {
    for (let step = place + 1; step <= columns; step++) members[step * columns + column] = way === 'deletion' ? 0 : 1;
  });
  return members;
}

/** Area under the curve over the share of the columns, by trapezoids: the mean prediction on the way. */
export function areaUnder(values: Float64Array): number {
  let sum = 0;
  for (let i = 1; i < values.length; i++) sum += (values[i - 1] + values[i]) / 2;
  return sum / (values.length - 1);
}

/**
 * Correlation between the sum of what the left-out columns are said to add and what the prediction loses without them (Bhatt et al. 2020,
 * definition 2). subsets, losses: [subsets]; null where either does not vary.
 */
export function faithfulness(
  contributions: Float64Array,
  subsets: Coalitions,
  losses: Float64Array,
  shuffles: number,
  random: Random,
): MethodQuality['faithfulness'] {
  const columns = contributions.length;
  const varies = (values: Float64Array) => values.some((value) => Math.abs(value - values[0]) > 1e-12);
  const said = (values: Float64Array) => losses.map((_, i) => leftOut(values, subsets.subarray(i * columns)));
  if (columns < 2 || !varies(losses) || !varies(said(contributions))) return null;
  const randomOnes = Array.from({ length: shuffles }, () => correlation(said(shuffled(contributions, random)), losses));
  return judged(correlation(said(contributions), losses), randomOnes, 'high');
}

const leftOut = (contributions: Float64Array, members: Coalitions): number =>
  contributions.reduce((sum, value, column) => sum + (members[column] === 0 ? value : 0), 0);
