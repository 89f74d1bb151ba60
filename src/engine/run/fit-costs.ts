import type { DatasetInfo } from '../../shared/dataset.ts';
import type { Params } from '../../shared/space.ts';
import type { Learner } from '../learners/learner.ts';

/** Fits that the estimate of a learner remembers; early ones also paid for a cold start. */
const remembered = 8;

/**
 * How long fits take, learnt while the search runs: the seconds of one unit of a learner's own `work`, as a running mean of their
 * logarithms (a fit that took twice as long as expected weighs as much as one that took half).
 */
export class FitCosts {
  readonly #info: DatasetInfo;
  /** By learner: mean logarithm of seconds a unit of work, and how many fits it is of. */
  readonly #rates = new Map<string, { mean: number; count: number }>();

  constructor(info: DatasetInfo) {
    this.#info = info;
  }

  /** One fit, with judging and keeping its model, took so many seconds. */
  observe(learner: Learner, params: Params, seconds: number): void {
    const rate = Math.log(Math.max(seconds, 1e-3) / this.#work(learner, params));
    const { mean, count } = this.#rates.get(learner.name) ?? { mean: rate, count: 0 };
    const weight = 1 / Math.min(count + 1, remembered);
    this.#rates.set(learner.name, { mean: mean + weight * (rate - mean), count: count + 1 });
  }

  /** Seconds that one fit will take; undefined while no fit of this learner has been seen. */
  expected(learner: Learner, params: Params): number | undefined {
    const rate = this.#rates.get(learner.name);
    return rate && Math.exp(rate.mean) * this.#work(learner, params);
  }

  #work(learner: Learner, params: Params): number {
    const { rowCount, columns } = this.#info;
    return Math.max(
      learner.work?.(this.#info, { ...learner.defaults(this.#info), ...params }) ?? rowCount * columns.length,
      1,
    );
  }
}
