/** Moves weights down a slope, step by step; remembers what it needs of the steps before. */
export interface Optimizer {
  /** Changes `weights` in place. `slopes`: of the loss, one a weight. `rate`: of this step, where it is not that of the options. */
  step(weights: Float64Array, slopes: Float64Array, rate?: number): void;
}

export interface SgdOptions {
  /** Default: 0.01. */
  readonly rate?: number;
  /** Share of the last step that the next one keeps; default: 0.9. */
  readonly momentum?: number;
}

/** Stochastic gradient descent with momentum (Polyak 1964): v = momentum v - rate slope, weight += v. */
export function sgd(weightCount: number, { rate = 0.01, momentum = 0.9 }: SgdOptions = {}): Optimizer {
  const velocity = new Float64Array(weightCount);
  return {
    step(weights, slopes, now = rate) {
      for (let i = 0; i < weightCount; i++) {
        velocity[i] = momentum * velocity[i] - now * slopes[i];
        weights[i] += velocity[i];
      }
    },
  };
}

export interface AdamOptions {
  /** Default: 0.001. */
  readonly rate?: number;
  /** Decay of the running means of slopes and of their squares; defaults: 0.9 and 0.999. */
  readonly meanDecay?: number;
  readonly squareDecay?: number;
}

/** Adam (Kingma and Ba 2015, algorithm 1). */
export function adam(weightCount: number, options: AdamOptions = {}): Optimizer {
  const { rate = 0.001, meanDecay = 0.9, squareDecay = 0.999 } = options;
  const [means, squares] = [new Float64Array(weightCount), new Float64Array(weightCount)];
  let steps = 0;
  return {
    step(weights, slopes, now = rate) {
      steps++;
      const [meanShare, squareShare] = [1 - meanDecay ** steps, 1 - squareDecay ** steps];
      for (let i = 0; i < weightCount; i++) {
        means[i] = meanDecay * means[i] + (1 - meanDecay) * slopes[i];
        squares[i] = squareDecay * squares[i] + (1 - squareDecay) * slopes[i] ** 2;
        weights[i] -= (now * means[i]) / meanShare / (Math.sqrt(squares[i] / squareShare) + 1e-8);
      }
    },
  };
}
