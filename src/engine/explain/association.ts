import type { CodedColumn, Column, NumericColumn } from '../data/table.ts';
import { mean } from '../statistics/mean.ts';
import { correlation, ranks } from '../statistics/rank-correlation.ts';

/** Below this many rows where both are known, nothing is said about a pair. */
const fewestPairs = 10;

/**
 * How strongly two columns go together, 0 to 1, over the rows where both are known:
 * |Spearman's rho| for two numbers, bias-corrected Cramer's V (Bergsma 2013) for two categories,
 * the adjusted correlation ratio of the ranks (Kelley's epsilon) for one of each.
 * The corrections matter: without them any two columns with as many levels as rows look like one.
 * 0 where fewer than 10 rows know both, or a column is constant.
 */
export function association(a: Column, b: Column): number {
  const rows = knownInBoth(a, b);
  if (rows.length < fewestPairs) return 0;
  if (a.kind === 'numeric' && b.kind === 'numeric')
    return Math.abs(correlation(ranks(valuesAt(a, rows)), ranks(valuesAt(b, rows))));
  if (a.kind === 'coded' && b.kind === 'coded') return cramersV(codesAt(a, rows), codesAt(b, rows));
  const [numeric, coded] = a.kind === 'numeric' ? [a, b as CodedColumn] : [b as NumericColumn, a];
  return correlationRatio(ranks(valuesAt(numeric, rows)), codesAt(coded, rows));
}

/** `association` by position, ranking each column without missing values only once: wide tables have very many pairs. */
export function associationsOf(columns: readonly Column[]): (i: number, j: number) => number {
  const ranked = columns.map((column) =>
    column.kind === 'numeric' && column.values.length >= fewestPairs && !column.values.some(Number.isNaN)
      ? ranks(column.values)
      : null,
  );
  return (i, j) => {
    const [a, b] = [ranked[i], ranked[j]];
    return a && b ? Math.abs(correlation(a, b)) : association(columns[i], columns[j]);
  };
}

const isKnown = (column: Column, row: number): boolean =>
  column.kind === 'numeric' ? !Number.isNaN(column.values[row]) : column.codes[row] >= 0;

function knownInBoth(a: Column, b: Column): number[] {
  const length = a.kind === 'numeric' ? a.values.length : a.codes.length;
  const rows: number[] = [];
  for (let row = 0; row < length; row++) if (isKnown(a, row) && isKnown(b, row)) rows.push(row);
  return rows;
}

const valuesAt = (column: NumericColumn, rows: readonly number[]) =>
  Float64Array.from(rows, (row) => column.values[row]);
const codesAt = (column: CodedColumn, rows: readonly number[]) => Int32Array.from(rows, (row) => column.codes[row]);

/** Bergsma (2013), 'A bias-correction for Cramer's V and Tschuprow's T', equations 4 to 6. */
export function cramersV(a: Int32Array, b: Int32Array): number {
  const n = a.length;
  const countsA = countBy(a);
  const countsB = countBy(b);
  const cells = new Map<string, number>();
  for (let i = 0; i < n; i++) cells.set(`${a[i]},${b[i]}`, (cells.get(`${a[i]},${b[i]}`) ?? 0) + 1);
  let phi2 = -1;
  for (const [key, count] of cells) {
    const [levelA, levelB] = key.split(',').map(Number);
    phi2 += count ** 2 / (countsA.get(levelA)! * countsB.get(levelB)!);
  }
  const r = countsA.size;
  const k = countsB.size;
  const corrected = Math.max(0, phi2 - ((r - 1) * (k - 1)) / (n - 1));
  const smaller = Math.min(r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1)) - 1;
  return smaller > 0 ? Math.min(1, Math.sqrt(corrected / smaller)) : 0;
}

/** Kelley's epsilon: the correlation ratio eta, shrunk by what as many groups would explain by chance. */
export function correlationRatio(values: Float64Array, groups: Int32Array): number {
  const n = values.length;
  const overall = mean(values);
  const sums = new Map<number, { sum: number; count: number }>();
  let total = 0;
  for (let i = 0; i < n; i++) {
    const group = sums.get(groups[i]) ?? { sum: 0, count: 0 };
    sums.set(groups[i], { sum: group.sum + values[i], count: group.count + 1 });
    total += (values[i] - overall) ** 2;
  }
  if (total === 0 || sums.size < 2 || sums.size >= n) return 0;
  let between = 0;
  for (const { sum, count } of sums.values()) between += count * (sum / count - overall) ** 2;
  const epsilon2 = 1 - ((1 - between / total) * (n - 1)) / (n - sums.size);
  return Math.sqrt(Math.max(0, epsilon2));
}

function countBy(codes: Int32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}
