/** Two rows. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly distance: number;
}

/** What the distances of all pairs tell. */
export interface NearPairs {
  /** [rows] the nearest other row, the first of equals. */
  readonly nearest: Int32Array;
  /** [rows] how far that is. */
  readonly distances: Float64Array;
  /** [kinds] for each row its nearest row that is apart from it, as far as there is one. */
  readonly apart: readonly (readonly Pair[])[];
}

/** apart: whether two rows differ in each of the kinds of outcome. Distances of each pair are taken once. */
export async function nearPairs(
  rows: number,
  distance: (a: number, b: number) => number,
  apart: readonly ((a: number, b: number) => boolean)[],
  pause: (steps: number) => Promise<unknown>,
): Promise<NearPairs> {
  const nearest = new Int32Array(rows).fill(-1);
  const distances = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  const rivals = apart.map(() => new Int32Array(rows).fill(-1));
  const far = apart.map(() => new Float64Array(rows).fill(Number.POSITIVE_INFINITY));
  for (let a = 1; a < rows; a++) {
    for (let b = 0; b < a; b++) {
      const between = distance(a, b);
      for (const [one, other] of [
        [a, b],
        [b, a],
      ])
        if (between < distances[one]) {
          distances[one] = between;
          nearest[one] = other;
        }
      for (const [kind, differs] of apart.entries()) {
        if (between >= far[kind][a] && between >= far[kind][b]) continue;
        if (!differs(a, b)) continue;
        for (const [one, other] of [
          [a, b],
          [b, a],
        ])
          if (between < far[kind][one]) {
            far[kind][one] = between;
            rivals[kind][one] = other;
          }
      }
    }
    await pause(a);
  }
  const pairs = rivals.map((own, kind) =>
    Array.from(own.keys())
      .filter((row) => own[row] >= 0)
      .map((row) => ({ a: row, b: own[row], distance: far[kind][row] })),
  );
  return { nearest, distances, apart: pairs };
}

/** The nearest pairs, none of whose rows has been named before. */
export function distinctPairs(pairs: readonly Pair[], most: number): Pair[] {
  const named = new Set<number>();
  const kept: Pair[] = [];
  for (const pair of pairs.toSorted((one, other) => one.distance - other.distance || one.a - other.a)) {
    if (kept.length === most) break;
    if (named.has(pair.a) || named.has(pair.b)) continue;
    named.add(pair.a).add(pair.b);
    kept.push(pair);
  }
  return kept;
}
