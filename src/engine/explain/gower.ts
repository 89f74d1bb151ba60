import type { Column, Table } from '../data/table.ts';

/** Distances between the rows of two tables. */
export interface Gower {
  /** 0 to 1: mean over the columns that both rows know; 1 where they know none in common. */
  distance(a: number, b: number): number;
}

/**
 * Gower's distance (1971): a number counts `|a - b| / range of the training part` (at most 1), anything else 0 or 1 for
 * same or different, and a column that either row does not know counts nothing. Constant columns count 0.
 * @param left,right tables with the same columns in the same order; levels are compared by name
 * @param train sets the ranges
 */
export function gower(left: Table, right: Table, train: Table): Gower {
  const parts = left.columns.map((column, c) => columnDistance(column, right.columns[c], train.columns[c]));
  return {
    distance(a, b) {
      let sum = 0;
      let known = 0;
      for (const part of parts) {
        const distance = part(a, b);
        if (Number.isNaN(distance)) continue;
        sum += distance;
        known++;
      }
      return known === 0 ? 1 : sum / known;
    },
  };
}

/** Distance of two cells; NaN where either is missing. Throws a RangeError where the columns do not belong together. */
function columnDistance(left: Column, right: Column, train: Column): (a: number, b: number) => number {
  if (left.name !== right.name || left.kind !== right.kind || train.kind !== left.kind)
    throw new RangeError(
      `column "${left.name}" (${left.kind}) cannot be compared with "${right.name}" (${right.kind})`,
    );
  if (left.kind === 'numeric' && right.kind === 'numeric' && train.kind === 'numeric') {
    const range = rangeOf(train.values);
    const [a, b] = [left.values, right.values];
    return (i, j) =>
      Number.isNaN(a[i]) || Number.isNaN(b[j])
        ? Number.NaN
        : range > 0
          ? Math.min(1, Math.abs(a[i] - b[j]) / range)
          : 0;
  }
  if (left.kind === 'coded' && right.kind === 'coded') {
    const [a, b] = [left.codes, right.codes];
    // The levels of one data set are one list; those of another are found by name.
    const same = left.levels === right.levels;
    const codeOf = same ? null : new Map(left.levels.map((level, code) => [level, code]));
    const translated = codeOf ? b.map((code) => (code < 0 ? -1 : (codeOf.get(right.levels[code]) ?? -2))) : b;
    return (i, j) => (a[i] === -1 || translated[j] === -1 ? Number.NaN : a[i] === translated[j] ? 0 : 1);
  }
  throw new RangeError(`column "${left.name}" is of no known kind`);
}

function rangeOf(values: Float64Array): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low;
}
