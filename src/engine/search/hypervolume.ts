import { nonDominated } from './pareto.ts';

/** Points of objectives to be minimised, [points x objectives]. */
type Points = readonly (readonly number[])[];

/**
 * Volume that the points dominate, up to a reference point that is worse than what matters (Zitzler and Thiele 1998), in the product of
 * the objectives' units. Exact: by a sweep for two objectives, O(n log n); else by the algorithm of While, Bradstreet and Barone 2012
 * (WFG). Points that are not better than the reference in every objective add nothing.
 */
export function hypervolume(points: Points, reference: readonly number[]): number {
  return volumeOf(frontOf(points.filter((point) => isWithin(point, reference))), reference);
}

/** What each point adds to the hypervolume of all: 0 for those that others dominate or equal. O(n) hypervolumes. */
export function hypervolumeContributions(points: Points, reference: readonly number[]): Float64Array {
  const contributions = new Float64Array(points.length);
  const members = nonDominated(points).filter((i) => isWithin(points[i], reference));
  for (const i of members) {
    const others = members.filter((j) => j !== i).map((j) => points[j]);
    contributions[i] = exclusive(points[i], others, reference);
  }
  return contributions;
}

const isWithin = (point: readonly number[], reference: readonly number[]): boolean =>
  point.every((value, m) => value < reference[m]);

/** Of points that do not dominate one another and are better than the reference. */
function volumeOf(front: Points, reference: readonly number[]): number {
  if (front.length === 0) return 0;
  if (front.length === 1) return boxOf(front[0], reference);
  if (reference.length <= 2) return sweep(front, reference);
  // In order of the last objective, limited fronts lose their last dimension's spread early and become small.
  const order = front.toSorted((a, b) => b[b.length - 1] - a[a.length - 1]);
  return order.reduce((total, point, i) => total + exclusive(point, order.slice(i + 1), reference), 0);
}

/** What a point dominates and none of the others does: its box less the volume of the others, limited to that box. */
function exclusive(point: readonly number[], others: Points, reference: readonly number[]): number {
  const limited = others.map((other) => other.map((value, m) => Math.max(value, point[m])));
  return boxOf(point, reference) - volumeOf(frontOf(limited), reference);
}

const boxOf = (point: readonly number[], reference: readonly number[]): number =>
  point.reduce((volume, value, m) => volume * (reference[m] - value), 1);

/** Rectangles from the smallest first objective on, each as high as the second has come down. */
function sweep(front: Points, [right, top]: readonly number[]): number {
  if (top === undefined) return right - Math.min(...front.map(([value]) => value));
  const sorted = front.toSorted((a, b) => a[0] - b[0]);
  let lowest = top;
  let area = 0;
  for (const [x, y] of sorted) {
    if (y >= lowest) continue;
    area += (right - x) * (lowest - y);
    lowest = y;
  }
  return area;
}

const frontOf = (points: Points): Points => nonDominated(points).map((i) => points[i]);
