import { studentTail } from './student-t.ts';

/** What a test needs to know of a sample. */
export interface Sums {
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
}

/** How much larger the mean of one sample is than that of another. */
export interface Welch {
  readonly t: number;
  /** Chance of such a t or a larger one where the means are equal. */
  readonly p: number;
  /** Difference of the means in standard deviations: sqrt(2) (m1 - m2) / sqrt(v1 + v2) (Chung et al. 2019, section 2.2). */
  readonly effect: number;
}

/** One-sided test of Welch (1947) of two samples of at least 2; samples without any spread are told apart by their means alone. */
export function welch(first: Sums, second: Sums): Welch {
  const [v1, v2] = [varianceOf(first), varianceOf(second)];
  const [m1, m2] = [first.sum / first.count, second.sum / second.count];
  const difference = Math.abs(m1 - m2) > 1e-12 * Math.abs(m1 + m2) ? m1 - m2 : 0;
  const [e1, e2] = [v1 / first.count, v2 / second.count];
  if (!(e1 + e2 > 0)) return difference > 0 ? { t: 1e6, p: 0, effect: 1e6 } : { t: 0, p: 1, effect: 0 };
  const t = difference / Math.sqrt(e1 + e2);
  const degrees = (e1 + e2) ** 2 / (e1 ** 2 / (first.count - 1) + e2 ** 2 / (second.count - 1));
  return { t, p: studentTail(t, degrees), effect: (Math.SQRT2 * difference) / Math.sqrt(v1 + v2) };
}

/** Sums of squares of nearly equal numbers lose their last digits: a spread within these is none. */
function varianceOf({ count, sum, squares }: Sums): number {
  const rest = squares - (sum * sum) / count;
  return rest > 1e-12 * squares ? rest / (count - 1) : 0;
}
