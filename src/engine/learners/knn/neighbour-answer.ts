import type { Neighbours } from './neighbour-tree.ts';

/** What a model of neighbours says: the prior counts as one more neighbour. */
export interface NeighbourAnswer {
  /** [stored rows] class codes, or values. */
  readonly targets: Int32Array | Float64Array;
  readonly isRegression: boolean;
  /** How neighbours count: 'uniform' or 'distance'. */
  readonly weights: string;
}

/** Adds to `values`, from `base` on, what the neighbours and the prior say. */
export function addAnswer(
  { targets, isRegression, weights: kind }: NeighbourAnswer,
  prior: ArrayLike<number>,
  { places, distances }: Neighbours,
  values: Float64Array,
  base: number,
): void {
  const k = places.length;
  const weights = weightsOf(distances, kind);
  for (let output = 0; output < prior.length; output++) values[base + output] = prior[output] / (k + 1);
  for (let i = 0; i < k; i++) {
    const share = weights[i] / (k + 1);
    if (isRegression) values[base] += share * targets[places[i]];
    else values[base + targets[places[i]]] += share;
  }
}

/** Summing to k: all 1, or in inverse proportion to the distance (Dudani 1976), equal rows counting as very near ones. */
function weightsOf(squaredDistances: Float64Array, kind: string): Float64Array {
  if (kind === 'uniform') return new Float64Array(squaredDistances.length).fill(1);
  const inverse = squaredDistances.map((squared) => 1 / (Math.sqrt(squared) + 1e-3));
  const sum = inverse.reduce((a, b) => a + b, 0);
  return inverse.map((weight) => (weight * inverse.length) / sum);
}
