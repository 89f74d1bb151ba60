/** A curve by its points: heights y at x, each standing for `weight` rows. All [points]; x ascending. */
export interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly weight: Float64Array;
}

/** Of its variance a curve's approximation leaves at most this share, as in the paper. */
export const tolerance = 0.05;

/**
 * The least number of coefficients of a function in pieces, each level or straight, that explains 95 % of the curve's variance; the
 * first intercept does not count. A straight line has 1, a single step 1, a constant 0. Found exactly, over all ways to cut between
 * points (Molnar, Casalicchio and Bischl 2019, main effect complexity, algorithm 2, which searches piece by piece).
 * @param straight whether pieces may slope; levels in no order have level pieces only
 */
export function leastCoefficients(curve: Curve, straight: boolean): number {
  const points = curve.x.length;
  const left = residuals(curve, straight);
  const limit = tolerance * left.level(0, points) + 1e-12 * squares(curve);
  // best[c][end]: the least residual of the first `end` points with c coefficients.
  const best = [new Float64Array(points + 1).fill(Number.POSITIVE_INFINITY)];
  best[0][0] = 0;
  for (let coefficients = 1; coefficients <= 2 * points; coefficients++) {
    const row = new Float64Array(points + 1).fill(Number.POSITIVE_INFINITY);
    for (let end = 1; end <= points; end++) {
      for (let start = 0; start < end; start++) {
        const level = best[coefficients - 1][start] + left.level(start, end);
        const sloped = straight && coefficients >= 2 ? best[coefficients - 2][start] + left.sloped(start, end) : level;
        row[end] = Math.min(row[end], level, sloped);
      }
    }
    if (row[points] <= limit) return coefficients - 1;
    best.push(row);
  }
  return points === 0 ? 0 : points - 1;
}

const squares = ({ y, weight }: Curve) => y.reduce((sum, value, i) => sum + weight[i] * value * value, 0);

/** Squares that the best level, and the best straight line, leave of the points from `start` up to `end`. */
function residuals({ x, y, weight }: Curve, straight: boolean) {
  const running = (value: (i: number) => number) => {
    const sums = new Float64Array(x.length + 1);
    for (let i = 0; i < x.length; i++) sums[i + 1] = sums[i] + weight[i] * value(i);
    return (start: number, end: number) => sums[end] - sums[start];
  };
  // On a scale of their own: dates in milliseconds would leave nothing of the sums' digits.
  const [from, width] = [x[0] ?? 0, (x.at(-1) ?? 0) - (x[0] ?? 0) || 1];
  const at = (i: number) => (x[i] - from) / width;
  const count = running(() => 1);
  const sum = running((i) => y[i]);
  const square = running((i) => y[i] * y[i]);
  const level = (start: number, end: number) =>
    Math.max(0, square(start, end) - sum(start, end) ** 2 / count(start, end));
  if (!straight) return { level, sloped: level };
  const xs = running(at);
  const xx = running((i) => at(i) ** 2);
  const xy = running((i) => at(i) * y[i]);
  const sloped = (start: number, end: number) => {
    const total = count(start, end);
    const spread = xx(start, end) - xs(start, end) ** 2 / total;
    const joint = xy(start, end) - (xs(start, end) * sum(start, end)) / total;
    return spread > 1e-14 * total ? Math.max(0, level(start, end) - joint ** 2 / spread) : level(start, end);
  };
  return { level, sloped };
}
