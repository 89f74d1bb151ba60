import { dot } from '../../numerics/dot.ts';
import type { Pace } from '../pace.ts';

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly iterations: number;
  /** False where the iterations ran out before the gradient was small enough. */
  readonly converged: boolean;
}

export interface MinimizeOptions {
  readonly maxIterations: number;
  /** Largest entry of the gradient at which the minimum counts as found. */
  readonly tolerance: number;
  /** Elementary steps of one evaluation, for the pace. */
  readonly work: number;
}

/** Pairs of steps and gradient changes that the curvature is estimated from. */
const memory = 10;
/** Sufficient decrease and curvature (Nocedal and Wright 2006, equations 3.6). */
const [decrease, curvature] = [1e-4, 0.9];

/**
 * Limited-memory BFGS (Nocedal 1980) for a smooth function. `evaluate` returns f(x) and writes its gradient.
 * x: [n], left as it is.
 */
export async function minimize(
  evaluate: (x: Float64Array, gradient: Float64Array) => number,
  start: Float64Array,
  options: MinimizeOptions,
  pace: Pace,
): Promise<Minimum> {
  const steps = new Steps();
  let at = evaluated(evaluate, start);
  for (let iteration = 0; iteration < options.maxIterations; iteration++) {
    const steepest = largest(at.gradient);
    if (steepest <= options.tolerance) return { x: at.x, value: at.value, iterations: iteration, converged: true };
    const direction = steps.direction(at.gradient);
    const first = steps.isEmpty ? Math.min(1, 1 / steepest) : 1;
    const next = await lineSearch(evaluate, at, direction, first, options.work, pace);
    if (!next) return { x: at.x, value: at.value, iterations: iteration, converged: false };
    steps.add(at, next);
    at = next;
  }
  return { x: at.x, value: at.value, iterations: options.maxIterations, converged: false };
}

export interface Point {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

export function evaluated(evaluate: (x: Float64Array, gradient: Float64Array) => number, x: Float64Array): Point {
  const gradient = new Float64Array(x.length);
  const value = evaluate(x, gradient);
  return { x, value, gradient };
}

/** The last steps and how the gradient changed over them: an inverse Hessian that is never written down. */
export class Steps {
  #kept: { readonly s: Float64Array; readonly y: Float64Array }[] = [];

  get isEmpty(): boolean {
    return this.#kept.length === 0;
  }

  clear(): void {
    this.#kept = [];
  }

  /** Steps along which the gradient did not grow teach nothing and are left out. */
  add(from: Point, to: Point): void {
    const s = to.x.map((value, i) => value - from.x[i]);
    const y = to.gradient.map((value, i) => value - from.gradient[i]);
    if (dot(s, y) > 0) this.#kept.push({ s, y });
    if (this.#kept.length > memory) this.#kept.shift();
  }

  /**
   * -H times the gradient (Nocedal and Wright 2006, algorithm 7.4), by what the steps say of the free coordinates alone.
   * @param free [n], 1 or 0; absent: all are free
   */
  direction(gradient: Float64Array, free?: Uint8Array): Float64Array {
    const restricted = (values: Float64Array) => (free ? values.map((value, i) => value * free[i]) : values);
    const pairs = this.#kept
      .map(({ s, y }) => ({ s: restricted(s), y: restricted(y) }))
      .map(({ s, y }) => ({ s, y, sy: dot(s, y) }))
      .filter(({ sy }) => sy > 0);
    const q = restricted(gradient).map((value) => -value);
    const alphas = pairs.map(() => 0);
    for (let i = pairs.length - 1; i >= 0; i--) {
      const { s, y, sy } = pairs[i];
      alphas[i] = dot(s, q) / sy;
      addScaled(q, -alphas[i], y);
    }
    const last = pairs.at(-1);
    if (last) {
      const scale = last.sy / dot(last.y, last.y);
      for (let i = 0; i < q.length; i++) q[i] *= scale;
    }
    pairs.forEach(({ s, y, sy }, i) => {
      addScaled(q, alphas[i] - dot(y, q) / sy, s);
    });
    return q;
  }
}

/** A step with sufficient decrease and curvature, by bisection (Lewis and Overton 2013, algorithm 2.6); undefined at the limit of precision. */
async function lineSearch(
  evaluate: (x: Float64Array, gradient: Float64Array) => number,
  from: Point,
  direction: Float64Array,
  first: number,
  work: number,
  pace: Pace,
): Promise<Point | undefined> {
  const slope = dot(from.gradient, direction);
  let [low, high, step] = [0, Number.POSITIVE_INFINITY, first];
  for (let trial = 0; trial < 40; trial++) {
    const point = evaluated(
      evaluate,
      from.x.map((value, i) => value + step * direction[i]),
    );
    await pace.after(work);
    const isLower = point.value <= from.value + decrease * step * slope;
    if (isLower && dot(point.gradient, direction) >= curvature * slope) return point;
    if (isLower) low = step;
    else high = step;
    step = high === Number.POSITIVE_INFINITY ? 2 * low : (low + high) / 2;
  }
  return undefined;
}

function addScaled(to: Float64Array, factor: number, from: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i] += factor * from[i];
}

/** The largest absolute value. */
export const largest = (values: Float64Array) => values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
