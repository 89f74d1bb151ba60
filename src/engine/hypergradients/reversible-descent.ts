import type { Descent } from './momentum-descent.ts';
import type { TrainingProblem } from './training-problem.ts';

/** Weights and velocities are whole multiples of this: sums of whole numbers come back exactly. */
const unit = 2 ** -36;
/** Momentum is a fraction with this denominator. */
const denominator = 1024;
/** A buffer that reaches this size puts its low digits aside. */
const fullBuffer = 2 ** 38;
const digit = 2 ** 24;

/**
 * A training that runs backwards exactly, without a record of its states: velocities lose log2(1 / momentum) bits a step to the
 * multiplication, and just those bits are kept, in a buffer of mixed radix for each weight (Maclaurin et al. 2015, algorithm 3).
 * Momentum is rounded to a 1024th.
 */
export class ReversibleDescent {
  readonly #problem: TrainingProblem;
  readonly #lambda: Float64Array;
  readonly #rate: number;
  readonly #numerator: number;
  /** In units. */
  readonly #w: Float64Array;
  readonly #v: Float64Array;
  readonly #buffer: Float64Array;
  /** By weight: low digits of the buffer that were put aside, and the step at which they were. */
  readonly #aside: { readonly step: number; readonly digits: number }[][];
  readonly #gradient: Float64Array;
  #step = 0;

  constructor(problem: TrainingProblem, lambda: Float64Array, descent: Descent, start: Float64Array) {
    this.#problem = problem;
    this.#lambda = lambda;
    this.#rate = descent.rate;
    this.#numerator = Math.max(1, Math.min(denominator - 1, Math.round(descent.momentum * denominator)));
    this.#w = start.map((value) => Math.round(value / unit));
    this.#v = new Float64Array(start.length);
    this.#buffer = new Float64Array(start.length);
    this.#aside = Array.from(start, () => []);
    this.#gradient = new Float64Array(start.length);
  }

  /** As it is really used. */
  get momentum(): number {
    return this.#numerator / denominator;
  }

  get step(): number {
    return this.#step;
  }

  get w(): Float64Array {
    return this.#w.map((value) => value * unit);
  }

  get v(): Float64Array {
    return this.#v.map((value) => value * unit);
  }

  /** Bits kept so far, over all weights. */
  get bits(): number {
    let bits = 0;
    for (let i = 0; i < this.#w.length; i++) bits += Math.log2(1 + this.#buffer[i]) + 24 * this.#aside[i].length;
    return bits;
  }

  /** One step on. */
  forward(): void {
    const change = this.#velocityChange();
    for (let i = 0; i < this.#w.length; i++) {
      this.#decay(i);
      this.#v[i] -= change[i];
      this.#w[i] += Math.round(this.#rate * this.#v[i]);
    }
    this.#step++;
  }

  /** One step back: exactly the state before the last `forward`. */
  backward(): void {
    this.#step--;
    for (let i = 0; i < this.#w.length; i++) this.#w[i] -= Math.round(this.#rate * this.#v[i]);
    const change = this.#velocityChange();
    for (let i = 0; i < this.#w.length; i++) {
      this.#v[i] += change[i];
      this.#grow(i);
    }
  }

  /** (1 - gamma) dL/dw at the weights as they stand, in units. */
  #velocityChange(): Float64Array {
    const batch = this.#step % this.#problem.batchCount;
    this.#problem.trainingGradient(this.w, this.#lambda, batch, this.#gradient);
    return this.#gradient.map((slope) => Math.round(((1 - this.momentum) * slope) / unit));
  }

  /** v = v x numerator / denominator, what is lost goes to the buffer. */
  #decay(i: number): void {
    const [whole, lost] = divided(this.#v[i], denominator);
    const [rest, given] = divided(this.#buffer[i] * denominator + lost, this.#numerator);
    this.#v[i] = whole * this.#numerator + given;
    this.#buffer[i] = rest;
    if (rest < fullBuffer) return;
    const [high, low] = divided(rest, digit);
    this.#buffer[i] = high;
    this.#aside[i].push({ step: this.#step, digits: low });
  }

  /** The way back of `#decay`. */
  #grow(i: number): void {
    if (this.#aside[i].at(-1)?.step === this.#step) {
      this.#buffer[i] = this.#buffer[i] * digit + (this.#aside[i].pop()?.digits ?? 0);
    }
    const [whole, given] = divided(this.#v[i], this.#numerator);
    const [rest, lost] = divided(this.#buffer[i] * this.#numerator + given, denominator);
    this.#v[i] = whole * denominator + lost;
    this.#buffer[i] = rest;
  }
}

/** Quotient rounded down and remainder, of whole numbers below 2^52. */
function divided(value: number, by: number): [number, number] {
  let quotient = Math.floor(value / by);
  // The division may round up to a whole number that is one too many.
  if (quotient * by > value) quotient--;
  return [quotient, value - quotient * by];
}
