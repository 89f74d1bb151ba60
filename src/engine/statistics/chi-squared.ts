import normalCdf from '@stdlib/stats-base-dists-normal-cdf';

/**
 * Chance of at least this value under a chi-squared distribution with so many degrees of freedom, a whole number: a finite sum
 * (Abramowitz and Stegun 1964, 26.4.4 and 26.4.5), its terms by their logarithms so that none overflows.
 */
export function chiSquaredTail(value: number, degrees: number): number {
  if (!(value > 0) || degrees < 1) return 1;
  const half = value / 2;
  const isEven = degrees % 2 === 0;
  // The term of a = 1 is e^-x, that of a = 3/2 is e^-x sqrt(x) / Gamma(3/2).
  let logTerm = isEven ? -half : -half + Math.log(half) / 2 - Math.log(Math.sqrt(Math.PI) / 2);
  let sum = isEven ? 0 : 2 * normalCdf(-Math.sqrt(value), 0, 1);
  for (let a = isEven ? 1 : 1.5; a <= degrees / 2; a++) {
    sum += Math.exp(logTerm);
    logTerm += Math.log(half) - Math.log(a);
  }
  return Math.min(1, sum);
}

/** Pearson's test that rows and columns of a table of counts are independent. Empty rows and columns count nothing. */
export interface Independence {
  readonly p: number;
  /** Cramer's V, 0 to 1. */
  readonly v: number;
}

/** @param counts [rows x columns] */
export function independence(counts: readonly ArrayLike<number>[]): Independence {
  const width = counts[0]?.length ?? 0;
  const columns = new Float64Array(width);
  const rows = counts.map((row) => {
    let sum = 0;
    for (let j = 0; j < width; j++) {
      sum += row[j];
      columns[j] += row[j];
    }
    return sum;
  });
  const total = rows.reduce((a, b) => a + b, 0);
  const [height, wide] = [rows.filter((sum) => sum > 0).length, columns.filter((sum) => sum > 0).length];
  if (height < 2 || wide < 2) return { p: 1, v: 0 };
  let statistic = 0;
  for (const [i, row] of counts.entries()) {
    for (let j = 0; j < width; j++) {
      const expected = (rows[i] * columns[j]) / total;
      if (expected > 0) statistic += (row[j] - expected) ** 2 / expected;
    }
  }
  const v = Math.sqrt(statistic / (total * Math.min(height - 1, wide - 1)));
  return { p: chiSquaredTail(statistic, (height - 1) * (wide - 1)), v: Math.min(1, v) };
}
