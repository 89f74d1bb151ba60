/**
 * A local minimum by the downhill simplex (Nelder and Mead 1965, with their coefficients 1, 2, 1/2, 1/2). The function may be NaN or
 * infinite away from the start.
 * @param evaluations after how many it ends
 */
export function nelderMead(
  f: (point: Float64Array) => number,
  start: Float64Array,
  evaluations: number,
): { point: Float64Array; value: number } {
  const value = (point: Float64Array): number => {
    const found = f(point);
    return Number.isNaN(found) ? Number.POSITIVE_INFINITY : found;
  };
  const vertex = (point: Float64Array) => ({ point, value: value(point) });
  const simplex = [vertex(start)];
  for (let i = 0; i < start.length; i++) simplex.push(vertex(start.with(i, start[i] * 1.2 + 0.05)));
  for (let used = simplex.length; used < evaluations; used += 2) {
    simplex.sort((a, b) => a.value - b.value);
    const worst = simplex[simplex.length - 1];
    const centre = start.map(
      (_, i) => simplex.slice(0, -1).reduce((sum, { point }) => sum + point[i], 0) / start.length,
    );
    const along = (share: number) => vertex(centre.map((middle, i) => middle + share * (worst.point[i] - middle)));
    const reflected = along(-1);
    if (reflected.value < simplex[0].value) {
      const expanded = along(-2);
      simplex[simplex.length - 1] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < simplex[simplex.length - 2].value) {
      simplex[simplex.length - 1] = reflected;
    } else {
      const contracted = along(reflected.value < worst.value ? -0.5 : 0.5);
      if (contracted.value < Math.min(worst.value, reflected.value)) simplex[simplex.length - 1] = contracted;
      else shrink(simplex, vertex);
    }
  }
  return simplex.reduce((best, other) => (other.value < best.value ? other : best));
}

interface Vertex {
  readonly point: Float64Array;
  readonly value: number;
}

/** Halves every edge towards the best vertex, which comes first. */
function shrink(simplex: Vertex[], vertex: (point: Float64Array) => Vertex): void {
  const best = simplex[0].point;
  for (let k = 1; k < simplex.length; k++) {
    simplex[k] = vertex(simplex[k].point.map((value, i) => best[i] + 0.5 * (value - best[i])));
  }
}
