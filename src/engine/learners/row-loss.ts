import type { Target } from '../data/dataset.ts';

/** Log loss of the probabilities that were said of a row, or squared error of its value. */
export const rowLoss = (answer: ArrayLike<number>, target: Target, row: number): number =>
  target.kind === 'classes'
    ? -Math.log(Math.max(answer[target.codes[row]], Number.MIN_VALUE))
    : (answer[0] - target.values[row]) ** 2;
