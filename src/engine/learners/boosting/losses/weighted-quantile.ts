/** The least value that at least this share of the weight does not exceed; weights absent: all the same. values: at least one. */
export function weightedQuantile(values: Float64Array, level: number, weights?: Float64Array): number {
  if (!weights) {
    const sorted = values.slice().sort();
    return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(level * sorted.length) - 1))];
  }
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b]);
  const wanted = level * weights.reduce((a, b) => a + b, 0);
  let reached = 0;
  for (const i of order) {
    reached += weights[i];
    if (reached >= wanted * (1 - 1e-12)) return values[i];
  }
  return values[order[order.length - 1]];
}
