import type { Table } from '../data/table.ts';
import { averageLinkage } from '../statistics/average-linkage.ts';
import { associationsOf } from './association.ts';

/**
 * Columns that say much the same, by agglomerative clustering with average linkage (Sokal and Michener 1958) on
 * `1 - association`: two clusters join while the mean association between their columns is at least `threshold`.
 * Returns only the clusters of two or more, each as names in the table's order.
 */
export function correlatedGroups(table: Table, threshold: number): string[][] {
  const clusters = averageLinkage(associations(table), threshold);
  return clusters
    .filter((cluster) => cluster.length > 1)
    .map((cluster) => cluster.sort((i, j) => i - j))
    .sort((a, b) => a[0] - b[0])
    .map((cluster) => cluster.map((i) => table.columns[i].name));
}

/** [columns][columns], symmetric, 1 on the diagonal. */
function associations(table: Table): Float64Array[] {
  const count = table.columns.length;
  const between = associationsOf(table.columns);
  const matrix = table.columns.map((_, i) => new Float64Array(count).fill(0).fill(1, i, i + 1));
  for (let i = 0; i < count; i++) for (let j = 0; j < i; j++) matrix[i][j] = matrix[j][i] = between(i, j);
  return matrix;
}
