import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { CodedColumn, Column, Table } from '../../data/table.ts';
import { kolmogorovSmirnov } from '../../statistics/kolmogorov-smirnov.ts';

/** Fewer rows of a level say nothing of what it is like. */
const fewestRows = 2;

/**
 * The codes in an order in which neighbours are alike, so that accumulated local effects step between rows that could be each other's
 * (Apley and Zhu 2020, on categorical predictors): two levels are as far apart as the other columns are distributed differently in them, by the distance
 * of Kolmogorov and Smirnov, or half the sum of absolute differences of shares; on a line by classical scaling.
 * @param codes those to be put in order
 * @param others columns that levels are compared by
 */
export function levelOrder(column: CodedColumn, codes: readonly number[], others: Table): number[] {
  if (codes.length < 3) return [...codes];
  const rowsOf = codes.map((code) => {
    const rows: number[] = [];
    column.codes.forEach((own, row) => {
      if (own === code) rows.push(row);
    });
    return rows;
  });
  const distances = codes.map(() => new Float64Array(codes.length));
  for (const other of others.columns) {
    const between = comparison(other, rowsOf);
    for (let a = 0; a < codes.length; a++)
      for (let b = 0; b < a; b++) {
        if (Math.min(rowsOf[a].length, rowsOf[b].length) < fewestRows) continue;
        const distance = between(a, b);
        distances[a][b] += distance;
        distances[b][a] += distance;
      }
  }
  const places = placesOnLine(distances);
  const order = [...codes.keys()].sort((a, b) => places[a] - places[b] || a - b);
  // A line has no direction: the level that stands first in the column comes in the first half.
  if (order.indexOf(0) > (codes.length - 1) / 2) order.reverse();
  return order.map((i) => codes[i]);
}

function comparison(other: Column, rowsOf: readonly (readonly number[])[]): (a: number, b: number) => number {
  if (other.kind === 'numeric') {
    const sorted = rowsOf.map((rows) =>
      Float64Array.from(rows, (row) => other.values[row])
        .filter((value) => !Number.isNaN(value))
        .sort(),
    );
    return (a, b) => kolmogorovSmirnov(sorted[a], sorted[b]).gap;
  }
  const shares = rowsOf.map((rows) => {
    const own = new Map<number, number>();
    for (const row of rows) own.set(other.codes[row], (own.get(other.codes[row]) ?? 0) + 1 / rows.length);
    return own;
  });
  return (a, b) => {
    let sum = 0;
    for (const code of new Set([...shares[a].keys(), ...shares[b].keys()]))
      sum += Math.abs((shares[a].get(code) ?? 0) - (shares[b].get(code) ?? 0));
    return sum / 2;
  };
}

/** The first coordinate of classical scaling (Torgerson 1952). */
function placesOnLine(distances: readonly Float64Array[]): number[] {
  const n = distances.length;
  const squares = distances.map((row) => row.map((distance) => distance * distance));
  const means = squares.map((row) => row.reduce((sum, value) => sum + value, 0) / n);
  const mean = means.reduce((sum, value) => sum + value, 0) / n;
  const centred = squares.map((row, a) => [...row].map((value, b) => -(value - means[a] - means[b] + mean) / 2));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(new Matrix(centred), {
    assumeSymmetric: true,
  });
  return eigenvectorMatrix.getColumn(realEigenvalues.indexOf(Math.max(...realEigenvalues)));
}
