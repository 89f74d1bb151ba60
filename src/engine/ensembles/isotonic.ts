import { isotonicRegression } from '../numerics/isotonic-regression.ts';
import { firstAtLeast } from '../statistics/first-at-least.ts';

/** A rising curve through its corners, straight between them and level beyond; plain JSON. */
export interface IsotonicCurve {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** A rising curve for each class (for two classes of the second alone); plain JSON. */
export interface IsotonicMap {
  readonly kind: 'isotonic';
  readonly curves: readonly IsotonicCurve[];
  /** Least probability that it gives: a leaf of pure rows would otherwise be certain. */
  readonly floor: number;
}

/**
 * Least squares among the rising functions: equal x are pooled first. x, y: [points]; throws a RangeError for none.
 */
export function fitIsotonicCurve(x: Float64Array, y: Float64Array): IsotonicCurve {
  if (x.length === 0) throw new RangeError('an isotonic curve needs at least one point');
  const order = Uint32Array.from(x.keys()).sort((i, j) => x[i] - x[j]);
  const at: number[] = [];
  const means: number[] = [];
  const counts: number[] = [];
  for (let start = 0; start < order.length; ) {
    let [sum, end] = [0, start];
    while (end < order.length && x[order[end]] === x[order[start]]) sum += y[order[end++]];
    at.push(x[order[start]]);
    means.push(sum / (end - start));
    counts.push(end - start);
    start = end;
  }
  const { heights, blocks } = isotonicRegression(means, counts);
  // A level stretch is its two ends.
  const corners = [...at.keys()].filter((i) => blocks[i] === i || blocks[i + 1] !== blocks[i]);
  return { x: corners.map((i) => at[i]), y: corners.map((i) => heights[i]) };
}

/** The curve's height at each of these; straight between corners, level beyond. [points] */
export function isotonicHeights(curve: IsotonicCurve, at: Float64Array): Float64Array {
  const corners = Float64Array.from(curve.x);
  const last = corners.length - 1;
  return at.map((value) => {
    const above = firstAtLeast(corners, value);
    if (above === 0) return curve.y[0];
    if (above > last) return curve.y[last];
    const share = (value - corners[above - 1]) / (corners[above] - corners[above - 1]);
    return curve.y[above - 1] + share * (curve.y[above] - curve.y[above - 1]);
  });
}

/**
 * Isotonic calibration (Zadrozny and Elkan 2002): a curve from each class's probability to how often the class is true, one class
 * against the rest, then normalised.
 * @param probabilities [rows x classes]
 */
export function fitIsotonic(probabilities: Float64Array, codes: Int32Array, classCount: number): IsotonicMap {
  const fitted = classCount === 2 ? [1] : Array.from({ length: classCount }, (_, k) => k);
  const curves = fitted.map((k) =>
    fitIsotonicCurve(
      ofClass(probabilities, k, classCount),
      Float64Array.from(codes, (code) => (code === k ? 1 : 0)),
    ),
  );
  // One row more of each kind than was seen (Laplace), which is the least that so many rows can tell from never.
  return { kind: 'isotonic', curves, floor: 1 / (codes.length + 2) };
}

export function applyIsotonic(
  { curves, floor }: IsotonicMap,
  probabilities: Float64Array,
  classCount: number,
): Float64Array {
  const values = new Float64Array(probabilities.length);
  const clip = (height: number) => Math.min(1 - floor, Math.max(floor, height));
  if (classCount === 2) {
    isotonicHeights(curves[0], ofClass(probabilities, 1, 2)).forEach((height, row) => {
      values[row * 2 + 1] = clip(height);
      values[row * 2] = 1 - values[row * 2 + 1];
    });
    return values;
  }
  curves.forEach((curve, k) => {
    isotonicHeights(curve, ofClass(probabilities, k, classCount)).forEach((height, row) => {
      values[row * classCount + k] = clip(height);
    });
  });
  for (let base = 0; base < values.length; base += classCount) {
    const own = values.subarray(base, base + classCount);
    const total = own.reduce((sum, value) => sum + value, 0);
    for (let k = 0; k < classCount; k++) own[k] /= total;
  }
  return values;
}

const ofClass = (probabilities: Float64Array, k: number, classCount: number) =>
  Float64Array.from({ length: probabilities.length / classCount }, (_, row) => probabilities[row * classCount + k]);
