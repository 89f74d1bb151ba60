import { dot } from '../../../numerics/dot.ts';
/** The value at x; the gradient is written to. Infinity: cannot be there. */
export type Smooth = (x: Float64Array, gradient: Float64Array) => number;

export interface Bounds {
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
}

export interface LbfgsOptions {
  /** Default 50. */
  readonly iterations?: number;
  /** Ends where the step foretells less of a decrease than this; default 1e-5. */
  readonly tolerance?: number;
}

const memory = 8;
/** Share of the foretold decrease that a step must give (Armijo), and most halvings of one. */
const enough = 1e-4;
const halvings = 20;

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly curvature: number;
}

/**
 * A local minimum within bounds by limited-memory BFGS (Liu and Nocedal 1989; Nocedal and Wright 2006, algorithm 7.4) with projected
 * backtracking: coordinates that a bound holds back are left out of the direction (Bertsekas 1982). x is changed in place.
 * Gives back the value there.
 */
export function minimize(f: Smooth, x: Float64Array, bounds: Bounds, options: LbfgsOptions = {}): number {
  const { iterations = 50, tolerance = 1e-5 } = options;
  const n = x.length;
  const pairs: Pair[] = [];
  let gradient = new Float64Array(n);
  const next = new Float64Array(n);
  let nextGradient = new Float64Array(n);
  const direction = new Float64Array(n);
  let value = f(x, gradient);
  for (let iteration = 0; iteration < iterations && Number.isFinite(value); iteration++) {
    fillDirection(x, gradient, bounds, pairs, direction);
    let slope = dot(gradient, direction);
    if (!(slope < 0)) {
      if (pairs.length === 0) break;
      pairs.length = 0;
      continue;
    }
    if (-slope < tolerance) break;
    const found = backtrack(f, x, value, gradient, direction, bounds, next, nextGradient, pairs.length === 0);
    if (found === undefined) {
      if (pairs.length === 0) break;
      pairs.length = 0;
      continue;
    }
    remember(pairs, x, next, gradient, nextGradient);
    slope = value - found;
    x.set(next);
    value = found;
    [gradient, nextGradient] = [nextGradient, gradient];
    if (slope < tolerance * 1e-2) break;
  }
  return value;
}

/** The quasi-Newton direction of the coordinates that are free to move, 0 for the others. */
function fillDirection(
  x: Float64Array,
  gradient: Float64Array,
  { low, high }: Bounds,
  pairs: readonly Pair[],
  direction: Float64Array,
): void {
  const held = (i: number) => (x[i] <= low[i] && gradient[i] > 0) || (x[i] >= high[i] && gradient[i] < 0);
  for (let i = 0; i < x.length; i++) direction[i] = held(i) ? 0 : -gradient[i];
  const weights: number[] = [];
  for (let k = pairs.length - 1; k >= 0; k--) {
    const { step, change, curvature } = pairs[k];
    weights[k] = dot(step, direction) / curvature;
    for (let i = 0; i < x.length; i++) direction[i] -= weights[k] * change[i];
  }
  const last = pairs.at(-1);
  if (last) {
    const scale = last.curvature / dot(last.change, last.change);
    for (let i = 0; i < x.length; i++) direction[i] *= scale;
  }
  for (const [k, { step, change, curvature }] of pairs.entries()) {
    const weight = weights[k] - dot(change, direction) / curvature;
    for (let i = 0; i < x.length; i++) direction[i] += weight * step[i];
  }
  for (let i = 0; i < x.length; i++) if (held(i)) direction[i] = 0;
}

/** The value at the first of ever shorter projected steps that is good enough; undefined where none is. */
function backtrack(
  f: Smooth,
  x: Float64Array,
  value: number,
  gradient: Float64Array,
  direction: Float64Array,
  { low, high }: Bounds,
  next: Float64Array,
  nextGradient: Float64Array,
  first: boolean,
): number | undefined {
  let length = first ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
  for (let halving = 0; halving < halvings; halving++) {
    let foretold = 0;
    for (let i = 0; i < x.length; i++) {
      next[i] = Math.min(high[i], Math.max(low[i], x[i] + length * direction[i]));
      foretold += gradient[i] * (next[i] - x[i]);
    }
    const found = f(next, nextGradient);
    if (found <= value + enough * foretold && foretold < 0) return found;
    length *= 0.5;
  }
  return undefined;
}

function remember(
  pairs: Pair[],
  x: Float64Array,
  next: Float64Array,
  gradient: Float64Array,
  nextGradient: Float64Array,
): void {
  const step = next.map((value, i) => value - x[i]);
  const change = nextGradient.map((value, i) => value - gradient[i]);
  const curvature = dot(step, change);
  if (!(curvature > 1e-10 * dot(change, change))) return;
  pairs.push({ step, change, curvature });
  if (pairs.length > memory) pairs.shift();
}
