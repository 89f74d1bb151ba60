import type { Judged } from '../../../shared/results/explanation-quality.ts';
import type { Random } from '../../random.ts';
import { mean } from '../../statistics/mean.ts';

/** A figure beside those of random explanations. goal: whether high or low ones are good. */
export function judged(value: number, random: ArrayLike<number>, goal: 'high' | 'low'): Judged {
  // What rounding parts is as good.
  const slack = 1e-9 * (Math.abs(value) + 1e-9);
  let asGood = 1;
  for (let i = 0; i < random.length; i++)
    if (goal === 'high' ? random[i] >= value - slack : random[i] <= value + slack) asGood++;
  return { value, random: mean(random), asGood: asGood / (random.length + 1) };
}

/** The same numbers dealt to the columns at random. */
export function shuffled(values: Float64Array, random: Random): Float64Array {
  const order = random.permutation(values.length);
  return values.map((_, i) => values[order[i]]);
}

/** Positions of the columns, those first that add most; equal ones in the table's order. */
export const byContribution = (values: Float64Array): Uint32Array =>
  Uint32Array.from(values.keys()).sort((a, b) => values[b] - values[a] || a - b);

/** Positions of the strongest columns of either sign. */
export const strongest = (values: Float64Array, count: number): Uint32Array =>
  byContribution(values.map(Math.abs)).slice(0, count);

/** Share of the strongest columns that two explanations have in common. */
export function sharedTop(a: Float64Array, b: Float64Array, count: number): number {
  const others = new Set(strongest(b, count));
  return strongest(a, count).reduce((sum, column) => sum + (others.has(column) ? 1 : 0), 0) / count;
}

/** Those that have the same sign in both besides (Krishna et al. 2022, sign agreement). */
export function signAgreement(a: Float64Array, b: Float64Array, count: number): number {
  const others = new Set(strongest(b, count));
  const agrees = (column: number) => others.has(column) && Math.sign(a[column]) === Math.sign(b[column]);
  return strongest(a, count).reduce((sum, column) => sum + (agrees(column) ? 1 : 0), 0) / count;
}

/** Those that are at the same place in both (Krishna et al. 2022, rank agreement). */
export function placeAgreement(a: Float64Array, b: Float64Array, count: number): number {
  const others = strongest(b, count);
  return strongest(a, count).reduce((sum, column, place) => sum + (others[place] === column ? 1 : 0), 0) / count;
}

/** Mean over all pairs. */
export function overPairs<T>(items: readonly T[], of: (a: T, b: T) => number): number {
  const pairs = items.flatMap((a, i) => items.slice(i + 1).map((b) => of(a, b)));
  return mean(pairs);
}

/** Euclidean distance as a share of the size of the first; 0 where both are nothing, 1 where the first alone is. */
export function relativeDistance(from: Float64Array, to: Float64Array): number {
  let [square, size] = [0, 0];
  from.forEach((value, i) => {
    square += (value - to[i]) ** 2;
    size += value ** 2;
  });
  return size > 0 ? Math.sqrt(square / size) : square > 0 ? 1 : 0;
}
