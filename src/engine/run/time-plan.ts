import { secondsWords } from '../../shared/results/numbers.ts';
import type { Trial } from '../../shared/trial.ts';
import type { Learner } from '../learners/learner.ts';
import type { StoredTrial } from '../store/records.ts';
import { configurationOf } from './architecture-search.ts';
import { FitCosts } from './fit-costs.ts';
import { allLearners } from './learners.ts';
import type { PreparedStudy } from './prepare-study.ts';

/** A trial may take so much longer than expected and still end in time. */
const margin = 1.25;
/** Share of the budget that must be left for the first trial of a learner, whose time nobody knows. */
const unknownShare = 0.1;
/** Choosing, keeping and judging the final models, beside refitting: seconds, and seconds a row. */
const finishingSeconds = 0.8;
const finishingSecondsPerRow = 3e-5;
/** The final models never take more than this share of the budget from the search. */
const mostForFinishing = 0.3;

/**
 * What fits in the time budget: how long a trial will take, whether to begin it, and how long the final models need at the end. It learns
 * from every fit of this run, and from those that an earlier run left in the store.
 */
export class TimePlan {
  readonly #costs: FitCosts;
  readonly #learners: ReadonlyMap<string, Learner>;
  readonly #folds: number;
  readonly #budget: number;
  readonly #rows: number;

  static async of(
    { data, record }: PreparedStudy,
    budgetSeconds: number | undefined,
    earlier: readonly StoredTrial[],
  ): Promise<TimePlan | null> {
    if (!data || !record.data || budgetSeconds === undefined) return null;
    const { validation } = data.development;
    const learners = new Map((await allLearners()).map((learner) => [learner.name, learner]));
    const folds = 'folds' in validation ? validation.folds : 1;
    const plan = new TimePlan(new FitCosts(record.data), learners, folds, budgetSeconds, record.data.rowCount);
    for (const { trial, outcome } of earlier)
      if (trial.state === 'complete' && outcome.metrics.fit_time !== undefined)
        plan.observe(trial, outcome.metrics.fit_time * folds, folds);
    return plan;
  }

  private constructor(
    costs: FitCosts,
    learners: ReadonlyMap<string, Learner>,
    folds: number,
    budget: number,
    rows: number,
  ) {
    this.#costs = costs;
    this.#learners = learners;
    this.#folds = folds;
    this.#budget = budget;
    this.#rows = rows;
  }

  /** A trial took so many seconds over so many folds. */
  observe(trial: Trial, seconds: number, folds: number): void {
    if (trial.fidelity !== undefined || folds === 0) return;
    const { learner, config } = configurationOf(trial);
    const known = this.#learners.get(learner);
    if (known) this.#costs.observe(known, config, seconds / folds);
  }

  /** Why the trial should not be begun with so many seconds left for the search; undefined where it fits. */
  refusal(trial: Trial, secondsLeft: number): string | undefined {
    if (trial.fidelity !== undefined) return undefined;
    const fit = this.#fitSeconds(trial);
    const left = `${secondsWords(Math.max(0, secondsLeft))} of the search are left`;
    if (fit === undefined) {
      if (secondsLeft >= unknownShare * this.#budget) return undefined;
      return `Not begun: how long its first trial takes nobody knows, and only ${left}.`;
    }
    const needed = fit * this.#folds;
    if (needed * margin <= secondsLeft) return undefined;
    return `Not begun: its fits would take about ${secondsWords(needed)}, and ${left}.`;
  }

  /** Seconds to keep for refitting these trials on all rows, side by side, and for making the ensemble. */
  reserve(trials: readonly Trial[]): number {
    const refits = trials.map((trial) => this.refitSeconds(trial) ?? 0);
    const needed = finishingSeconds + finishingSecondsPerRow * this.#rows + Math.max(0, ...refits);
    return Math.min(needed, mostForFinishing * this.#budget);
  }

  /** A fit on all rows instead of all but a fold; undefined where nobody knows. */
  refitSeconds(trial: Trial): number | undefined {
    const fit = this.#fitSeconds(trial);
    return fit === undefined ? undefined : (fit * this.#folds) / Math.max(1, this.#folds - 1);
  }

  #fitSeconds(trial: Trial): number | undefined {
    const { learner, config } = configurationOf(trial);
    const known = this.#learners.get(learner);
    return known && this.#costs.expected(known, config);
  }
}
