import type { Optimizer } from './optimizer.ts';

export interface AdamOptions {
  /** Default: 0.001. */
  readonly rate?: number;
  /** Decay of the running means of slopes and of their squares; defaults: 0.9 and 0.999. */
  readonly meanDecay?: number;
  readonly squareDecay?: number;
  /** Added to the root of the mean square, in the unit of the slopes; default: 1e-8. */
  readonly epsilon?: number;
}

/** Adam (Kingma and Ba 2015, algorithm 1) in double precision; networks on tfjs have theirs fused, in single precision. */
export function adam(count: number, options: AdamOptions = {}): Optimizer {
  const { rate = 0.001, meanDecay = 0.9, squareDecay = 0.999, epsilon = 1e-8 } = options;
  const [means, squares] = [new Float64Array(count), new Float64Array(count)];
  let steps = 0;
  return {
    step(values, slopes, now = rate) {
      steps++;
      const [meanShare, squareShare] = [1 - meanDecay ** steps, 1 - squareDecay ** steps];
      for (let i = 0; i < count; i++) {
        means[i] = meanDecay * means[i] + (1 - meanDecay) * slopes[i];
        squares[i] = squareDecay * squares[i] + (1 - squareDecay) * slopes[i] ** 2;
        values[i] -= (now * means[i]) / meanShare / (Math.sqrt(squares[i] / squareShare) + epsilon);
      }
    },
  };
}
