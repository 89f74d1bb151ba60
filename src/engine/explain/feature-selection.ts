import { type Moments, residualSquares, ridge } from './weighted-ridge.ts';

/**
 * The columns that a local surrogate may use, lime's `auto`: all of them where they are no more than `count`; up to six by
 * forward selection on the weighted fit, more by the largest coefficients of a ridge with alpha 0.01.
 */
export function selectFeatures(given: Moments, count: number): number[] {
  const all = [...given.means.keys()];
  if (all.length <= count) return all;
  return count <= 6 ? forward(given, count) : largest(given, all, count);
}

/** Adds the column that leaves the least unexplained, one at a time. */
function forward(given: Moments, count: number): number[] {
  const chosen: number[] = [];
  while (chosen.length < count) {
    const rest = [...given.means.keys()].filter((column) => !chosen.includes(column));
    const left = rest.map((column) => residualSquares(given, ridge(given, [...chosen, column], 0)));
    chosen.push(rest[left.indexOf(Math.min(...left))]);
  }
  return chosen.sort((a, b) => a - b);
}

/** The explained row has 1 in every column, so |coefficient x value| is |coefficient|. */
function largest(given: Moments, all: readonly number[], count: number): number[] {
  const { coefficients } = ridge(given, all, 0.01);
  return [...all]
    .sort((a, b) => Math.abs(coefficients[b]) - Math.abs(coefficients[a]))
    .slice(0, count)
    .sort((a, b) => a - b);
}
