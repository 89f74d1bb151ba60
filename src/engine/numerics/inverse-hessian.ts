import { dot } from './dot.ts';
import type { Point } from './smooth-function.ts';

interface Step {
  readonly step: Float64Array;
  /** Of the gradient over the step. */
  readonly change: Float64Array;
  /** The inner product of both, which is positive. */
  readonly curvature: number;
}

interface Options {
  /** Steps that are remembered; default: 10. */
  readonly memory?: number;
  /** Least inner product of a step and its change, as a share of the change's square; default: any that is positive. */
  readonly leastShare?: number;
}

/**
 * The inverse Hessian that a minimiser's last steps stand for and that is never written down (limited-memory BFGS: Nocedal 1980; Nocedal
 * and Wright 2006, algorithm 7.4). Without steps it is the identity.
 */
export class InverseHessian {
  readonly #memory: number;
  readonly #leastShare: number;
  #steps: Step[] = [];

  constructor({ memory = 10, leastShare = 0 }: Options = {}) {
    this.#memory = memory;
    this.#leastShare = leastShare;
  }

  get isIdentity(): boolean {
    return this.#steps.length === 0;
  }

  forget(): void {
    this.#steps = [];
  }

  /** Steps along which the gradient did not grow teach nothing and are left out. */
  learn(from: Pick<Point, 'x' | 'gradient'>, to: Pick<Point, 'x' | 'gradient'>): void {
    const step = to.x.map((value, i) => value - from.x[i]);
    const change = to.gradient.map((value, i) => value - from.gradient[i]);
    const curvature = dot(step, change);
    const least = this.#leastShare > 0 ? this.#leastShare * dot(change, change) : 0;
    if (curvature > least) this.#steps.push({ step, change, curvature });
    if (this.#steps.length > this.#memory) this.#steps.shift();
  }

  /**
   * Multiplies a vector, [n], in place.
   * @param free [n], 1 or 0: what the steps say of the free coordinates alone is looked at; absent: all are free
   */
  multiply(vector: Float64Array, free?: Uint8Array): void {
    const steps = free ? restrictedTo(free, this.#steps) : this.#steps;
    const shares = new Float64Array(steps.length);
    for (let k = steps.length - 1; k >= 0; k--) {
      const { step, change, curvature } = steps[k];
      shares[k] = dot(step, vector) / curvature;
      addScaled(vector, -shares[k], change);
    }
    const last = steps.at(-1);
    if (!last) return;
    const scale = last.curvature / dot(last.change, last.change);
    for (let i = 0; i < vector.length; i++) vector[i] *= scale;
    for (const [k, { step, change, curvature }] of steps.entries()) {
      addScaled(vector, shares[k] - dot(change, vector) / curvature, step);
    }
  }
}

function restrictedTo(free: Uint8Array, steps: readonly Step[]): Step[] {
  const restricted = (values: Float64Array) => values.map((value, i) => value * free[i]);
  return steps
    .map(({ step, change }) => ({ step: restricted(step), change: restricted(change) }))
    .map(({ step, change }) => ({ step, change, curvature: dot(step, change) }))
    .filter(({ curvature }) => curvature > 0);
}

function addScaled(to: Float64Array, factor: number, from: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i] += factor * from[i];
}
