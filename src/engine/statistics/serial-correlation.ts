import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { ranks } from './rank-correlation.ts';

/** How alike a value is to the next one. */
export interface SerialCorrelation {
  /** About the correlation of a value's rank with that of the next: 0 where the order says nothing. */
  readonly correlation: number;
  /** One-sided: chance of values so alike in a random order. */
  readonly p: number;
}

const fewest = 20;

/**
 * The rank version of von Neumann's ratio (Bartels 1982), sum of squared steps over sum of squares, by its normal limit with variance
 * 20 / (5 n + 7). Nothing is said of fewer than 20 values.
 * @param values in their order, none NaN
 */
export function serialCorrelation(values: ArrayLike<number>): SerialCorrelation {
  const all = ranks(values);
  const n = all.length;
  const centre = (n + 1) / 2;
  let [steps, squares] = [0, 0];
  for (let i = 0; i < n; i++) {
    squares += (all[i] - centre) ** 2;
    if (i > 0) steps += (all[i] - all[i - 1]) ** 2;
  }
  if (n < fewest || squares === 0) return { correlation: 0, p: 1 };
  const ratio = steps / squares;
  return { correlation: 1 - ratio / 2, p: normalCdf((ratio - 2) / Math.sqrt(20 / (5 * n + 7)), 0, 1) };
}

/**
 * As `serialCorrelation`, of levels in no order: how many neighbours are equal, against the mean and variance of that number over all orders of the
 * rows (a join count, Moran 1948, along a line), by its normal limit. The correlation is the share of what chance leaves, as in Cohen's kappa.
 * @param codes in their order, none negative
 */
export function nominalSerialCorrelation(codes: Int32Array): SerialCorrelation {
  const n = codes.length;
  const counts = new Map<number, number>();
  let joins = 0;
  for (let i = 0; i < n; i++) {
    counts.set(codes[i], (counts.get(codes[i]) ?? 0) + 1);
    if (i > 0 && codes[i] === codes[i - 1]) joins++;
  }
  let [pairs, triples, fours, squares] = [0, 0, 0, 0];
  for (const k of counts.values()) {
    pairs += k * (k - 1);
    triples += k * (k - 1) * (k - 2);
    fours += k * (k - 1) * (k - 2) * (k - 3);
    squares += (k * (k - 1)) ** 2;
  }
  const [two, three, four] = [n * (n - 1), n * (n - 1) * (n - 2), n * (n - 1) * (n - 2) * (n - 3)];
  const equal = pairs / two;
  if (n < fewest || equal === 0 || equal === 1) return { correlation: 0, p: 1 };
  // Two steps share a row, or not: the chance that both join.
  const [touching, apart] = [triples / three, (fours + pairs * pairs - squares) / four];
  const steps = n - 1;
  const expected = steps * equal;
  const variance =
    expected + 2 * (n - 2) * touching + (steps * (steps - 1) - 2 * (n - 2)) * apart - expected * expected;
  if (!(variance > 0)) return { correlation: 0, p: 1 };
  return {
    correlation: (joins / steps - equal) / (1 - equal),
    p: normalCdf((expected - joins) / Math.sqrt(variance), 0, 1),
  };
}
