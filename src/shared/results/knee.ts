/**
 * Index of a front's knee: the point farthest below the hyperplane through the front's ends, the objectives scaled to the range that the
 * front has in each (Das 1999, "On characterizing the knee of the Pareto curve based on normal-boundary intersection"). In that scale
 * the plane through the ends is where the values sum to 1. Past the knee a little more of one objective costs much of another.
 *
 * Undefined where no point lies below the plane: the front has fewer than three points, or is straight or bulges the other way.
 * @param front [points x objectives], to be minimised, none dominating another
 */
export function kneeIndex(front: readonly (readonly number[])[]): number | undefined {
  if (front.length < 3) return undefined;
  const ranges = front[0].map((_, m) => {
    const values = front.map((point) => point[m]);
    return { best: Math.min(...values), worst: Math.max(...values) };
  });
  const scaled = (value: number, m: number) => {
    const { best, worst } = ranges[m];
    return worst > best ? (value - best) / (worst - best) : 0;
  };
  const sums = front.map((point) => point.reduce((sum, value, m) => sum + scaled(value, m), 0));
  const lowest = sums.indexOf(Math.min(...sums));
  return sums[lowest] < 1 - 1e-9 ? lowest : undefined;
}
