import type { Table } from '../data/table.ts';
import { associationsOf } from './association.ts';

/**
 * Columns that say much the same, by agglomerative clustering with average linkage (Sokal and Michener 1958) on
 * `1 - association`: two clusters join while the mean association between their columns is at least `threshold`.
 * Returns only the clusters of two or more, each as names in the table's order.
 */
export function correlatedGroups(table: Table, threshold: number): string[][] {
  const similarity = associations(table);
  let clusters: number[][] = table.columns.map((_, i) => [i]);
  for (;;) {
    const pair = closestPair(clusters, similarity);
    if (!pair || pair.similarity < threshold) break;
    const joined = [...clusters[pair.first], ...clusters[pair.second]];
    clusters = clusters.filter((_, i) => i !== pair.first && i !== pair.second);
    clusters.push(joined);
  }
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

function closestPair(clusters: readonly number[][], similarity: readonly Float64Array[]) {
  let best: { first: number; second: number; similarity: number } | undefined;
  for (let second = 1; second < clusters.length; second++)
    for (let first = 0; first < second; first++) {
      const mean = meanSimilarity(clusters[first], clusters[second], similarity);
      if (!best || mean > best.similarity) best = { first, second, similarity: mean };
    }
  return best;
}

function meanSimilarity(a: readonly number[], b: readonly number[], similarity: readonly Float64Array[]): number {
  let sum = 0;
  for (const i of a) for (const j of b) sum += similarity[i][j];
  return sum / (a.length * b.length);
}
