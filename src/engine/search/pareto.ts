/** Points of objectives to be minimised; a dominates b where it is nowhere worse and somewhere better. */
type Points = readonly (readonly number[])[];

/** Indices of the points that none dominates, ascending; equal points stay together. O(n log n) for two objectives, else O(n^2). */
export function nonDominated(points: Points): number[] {
  const ranks = nonDominatedRanks(points, 1);
  return [...ranks.keys()].filter((i) => ranks[i] === 0);
}

/**
 * Front of each point: 0 for those that none dominates, 1 for those that only front 0 dominates, and so on (Deb et al. 2002,
 * section III-A). Points: [points x objectives], finite. Ranks from `fronts` on are all given as `fronts`.
 */
export function nonDominatedRanks(points: Points, fronts = Number.POSITIVE_INFINITY): Uint32Array {
  return points.length > 0 && points[0].length <= 2 ? ranksOfTwo(points, fronts) : ranksOfMany(points, fronts);
}

/** Sweep in the order of the first objective: a front dominates a point where its smallest second value so far does not exceed the point's. */
function ranksOfTwo(points: Points, fronts: number): Uint32Array {
  const second = (i: number) => points[i][1] ?? 0;
  const order = [...points.keys()].sort((a, b) => points[a][0] - points[b][0] || second(a) - second(b));
  const smallestSecond: number[] = [];
  const ranks = new Uint32Array(points.length);
  for (const [k, i] of order.entries()) {
    const before = order[k - 1];
    const same = k > 0 && points[before][0] === points[i][0] && second(before) === second(i);
    const rank = same ? ranks[before] : firstAbove(smallestSecond, second(i));
    if (rank < fronts) smallestSecond[rank] = second(i);
    ranks[i] = Math.min(rank, fronts);
  }
  return ranks;
}

/** Index of the first number above the value in an ascending list; its length where there is none. */
function firstAbove(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Front by front: in lexicographic order a point can only be dominated by an earlier one. */
function ranksOfMany(points: Points, fronts: number): Uint32Array {
  const ranks = new Uint32Array(points.length);
  let rest = [...points.keys()].sort((a, b) => lexicographic(points[a], points[b]));
  for (let front = 0; rest.length > 0 && front < fronts; front++) {
    const members: number[] = [];
    const dominated: number[] = [];
    for (const i of rest) (members.some((j) => dominates(points[j], points[i])) ? dominated : members).push(i);
    for (const i of members) ranks[i] = front;
    rest = dominated;
  }
  for (const i of rest) ranks[i] = fronts;
  return ranks;
}

export const dominates = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((value, i) => value <= b[i]) && a.some((value, i) => value < b[i]);

function lexicographic(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((value, k) => value !== b[k]);
  return i < 0 ? 0 : a[i] - b[i];
}

/**
 * Crowding distance of each point of one front (Deb et al. 2002, section III-B): the sum over the objectives of the gap between its
 * two neighbours as a share of the range; Infinity at the ends.
 */
export function crowdingDistance(points: Points): Float64Array {
  const distance = new Float64Array(points.length);
  for (let m = 0; m < (points[0]?.length ?? 0); m++) {
    const order = [...points.keys()].sort((a, b) => points[a][m] - points[b][m]);
    const range = points[order[order.length - 1]][m] - points[order[0]][m] || 1;
    distance[order[0]] = Number.POSITIVE_INFINITY;
    distance[order[order.length - 1]] = Number.POSITIVE_INFINITY;
    for (let k = 1; k < order.length - 1; k++) {
      distance[order[k]] += (points[order[k + 1]][m] - points[order[k - 1]][m]) / range;
    }
  }
  return distance;
}

/**
 * Indices of the points, best first: by front, and within one the least crowded first (Deb et al. 2002, section III-C). Points of one
 * objective are in order of their value. Equals stay in the order in which they came.
 */
export function crowdedOrder(points: Points): number[] {
  const order = [...points.keys()];
  if ((points[0]?.length ?? 0) <= 1) return order.sort((a, b) => points[a][0] - points[b][0]);
  const ranks = nonDominatedRanks(points);
  const crowding = new Float64Array(points.length);
  for (const members of Map.groupBy(order, (i) => ranks[i]).values()) {
    const distances = crowdingDistance(members.map((i) => points[i]));
    for (const [k, i] of members.entries()) crowding[i] = distances[k];
  }
  const least = (a: number, b: number) => (crowding[a] < crowding[b] ? 1 : crowding[a] > crowding[b] ? -1 : 0);
  return order.sort((a, b) => ranks[a] - ranks[b] || least(a, b));
}
