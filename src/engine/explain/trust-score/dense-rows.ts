/** [groups] positions of a group's rows that lie where the group is dense. */
export type DenseRows = readonly Uint32Array[];

/**
 * Of each group without the share of its rows that lie farthest from their k-th nearest row of the group (Jiang et al. 2018,
 * algorithm 1). A group of no more than k rows keeps them all. distance: of two rows
 */
export async function denseRows(
  groupOf: Int32Array,
  groups: number,
  { neighbours, leftOut }: { readonly neighbours: number; readonly leftOut: number },
  distance: (a: number, b: number) => number,
  pause: (steps: number) => Promise<unknown>,
): Promise<DenseRows> {
  const kept: Uint32Array[] = [];
  for (let group = 0; group < groups; group++) {
    const own = Uint32Array.from(groupOf.keys()).filter((row) => groupOf[row] === group);
    if (own.length <= neighbours || leftOut === 0) {
      kept.push(own);
      continue;
    }
    const radii = new Float64Array(own.length);
    for (const [i, row] of own.entries()) {
      // The row itself is at distance 0: the first of the sorted.
      radii[i] = Float64Array.from(own, (other) => distance(row, other)).sort()[neighbours];
      await pause(own.length);
    }
    const order = Uint32Array.from(own.keys()).sort((a, b) => radii[a] - radii[b] || a - b);
    const count = Math.max(1, Math.ceil((1 - leftOut) * own.length));
    kept.push(
      order
        .subarray(0, count)
        .map((i) => own[i])
        .sort(),
    );
  }
  return kept;
}
