import type { Optimizer } from './optimizer.ts';

export interface SgdOptions {
  /** Default: 0.01. */
  readonly rate?: number;
  /** Share of the last step that the next one keeps; default: 0.9. */
  readonly momentum?: number;
}

/** Stochastic gradient descent with momentum (Polyak 1964): v = momentum v - rate slope, value += v. */
export function sgd(count: number, { rate = 0.01, momentum = 0.9 }: SgdOptions = {}): Optimizer {
  const velocity = new Float64Array(count);
  return {
    step(values, slopes, now = rate) {
      for (let i = 0; i < count; i++) {
        velocity[i] = momentum * velocity[i] - now * slopes[i];
        values[i] += velocity[i];
      }
    },
  };
}
