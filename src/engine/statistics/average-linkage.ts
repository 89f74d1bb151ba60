/**
 * Agglomerative clustering with average linkage (Sokal and Michener 1958): the two clusters whose members are the most alike on average join
 * while that is at least `threshold`. Clusters as they were joined, so that neighbours in one are alike; those that joined nothing stay alone.
 * @param similarity [things][things], symmetric
 */
export function averageLinkage(similarity: readonly ArrayLike<number>[], threshold: number): number[][] {
  let clusters: number[][] = similarity.map((_, i) => [i]);
  for (;;) {
    const pair = closestPair(clusters, similarity);
    if (!pair || pair.similarity < threshold) return clusters;
    const joined = [...clusters[pair.first], ...clusters[pair.second]];
    clusters = clusters.filter((_, i) => i !== pair.first && i !== pair.second);
    clusters.push(joined);
  }
}

function closestPair(clusters: readonly number[][], similarity: readonly ArrayLike<number>[]) {
  let best: { first: number; second: number; similarity: number } | undefined;
  for (let second = 1; second < clusters.length; second++)
    for (let first = 0; first < second; first++) {
      const mean = meanSimilarity(clusters[first], clusters[second], similarity);
      if (!best || mean > best.similarity) best = { first, second, similarity: mean };
    }
  return best;
}

function meanSimilarity(a: readonly number[], b: readonly number[], similarity: readonly ArrayLike<number>[]): number {
  let sum = 0;
  for (const i of a) for (const j of b) sum += similarity[i][j];
  return sum / (a.length * b.length);
}
