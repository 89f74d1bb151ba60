import type { DatasetInfo } from '../../shared/dataset.ts';
import { secondsWords } from '../../shared/results/numbers.ts';
import type { Trial } from '../../shared/trial.ts';
import { secondsToLearnErrorSize } from '../ensembles/error-size.ts';
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
/** Choosing, keeping and judging the final models, beside refitting, and the report of it all: seconds, also a row and a trial. */
const finishingSeconds = 1.5;
const finishingSecondsPerRow = 3e-5;
const finishingSecondsPerTrial = 2e-3;
/** Final models whose intervals one of two workers learns. */
const intervalsEach = 2;
/** Share of the budget by which a refit may end after it rather than not be made. */
const overrun = 0.05;
/** The final models never take more than this share of the budget from the search. */
const mostForFinishing = 0.3;

/** What a plan does not learn. */
interface Setting {
  readonly learners: ReadonlyMap<string, Learner>;
  /** Fits of one trial. */
  readonly folds: number;
  readonly budgetSeconds: number;
  readonly rows: number;
  /** To learn how wide the intervals of the final models must be, where they predict a number. */
  readonly intervalSeconds: number;
  /** All of the resource that trials may have less of; undefined where each has all. */
  readonly most: number | undefined;
  /** When the budget ends, in milliseconds as `performance.now` counts them. */
  readonly end: number;
}

/**
 * What fits in the time budget: how long a trial will take, whether to begin it, and how long the final models need at the end. It learns
 * from every fit of this run, and from those that an earlier run left in the store.
 */
export class TimePlan {
  readonly #costs: FitCosts;
  readonly #setting: Setting;

  /** null where time does not limit the run, or a script does the fitting. */
  static async of(
    { data, record, study, spent }: PreparedStudy,
    budgetSeconds: number | undefined,
    earlier: readonly StoredTrial[],
  ): Promise<TimePlan | null> {
    if (!data || !record.data || budgetSeconds === undefined) return null;
    const { validation } = data.development;
    const plan = new TimePlan(new FitCosts(record.data), {
      learners: new Map((await allLearners()).map((learner) => [learner.name, learner])),
      folds: 'folds' in validation ? validation.folds : 1,
      budgetSeconds,
      rows: record.data.rowCount,
      intervalSeconds: secondsForIntervals(record.data),
      most: study.resource?.max,
      end: performance.now() + 1000 * (budgetSeconds - spent.seconds),
    });
    for (const { trial, outcome } of earlier)
      if (trial.state === 'complete' && outcome.metrics.fit_time !== undefined)
        plan.observe(trial, outcome.metrics.fit_time, 1);
    return plan;
  }

  private constructor(costs: FitCosts, setting: Setting) {
    this.#costs = costs;
    this.#setting = setting;
  }

  /** A trial took so many seconds over so many folds. */
  observe(trial: Trial, seconds: number, folds: number): void {
    if (folds === 0) return;
    const { learner, config } = configurationOf(trial);
    const known = this.#setting.learners.get(learner);
    if (known) this.#costs.observe(known, config, seconds / folds / this.#shareOf(trial));
  }

  /** Why the trial should not be begun with so many seconds left for the search; undefined where it fits. */
  refusal(trial: Trial, secondsLeft: number): string | undefined {
    const whole = this.#fitSeconds(trial);
    const fit = whole === undefined ? undefined : whole * this.#shareOf(trial);
    const left = `${secondsWords(Math.max(0, secondsLeft))} of the search are left`;
    if (fit === undefined) {
      if (secondsLeft >= unknownShare * this.#setting.budgetSeconds) return undefined;
      return `Not begun: how long its first trial takes nobody knows, and only ${left}.`;
    }
    const needed = fit * this.#setting.folds;
    if (needed * margin <= secondsLeft) return undefined;
    return `Not begun: its fits would take about ${secondsWords(needed)}, and ${left}.`;
  }

  /**
   * Seconds to keep for refitting these trials on all rows, side by side, and for making the ensemble.
   * @param count of all trials so far
   */
  reserve(trials: readonly Trial[], count: number): number {
    const refits = trials.map((trial) => this.refitSeconds(trial) ?? 0);
    const perSize = finishingSecondsPerRow * this.#setting.rows + finishingSecondsPerTrial * count;
    const needed = finishingSeconds + perSize + this.#setting.intervalSeconds + Math.max(0, ...refits);
    return Math.min(needed, mostForFinishing * this.#setting.budgetSeconds);
  }

  /** Whether refitting the trial on all rows ends about when the budget does; what nobody knows is tried. */
  hasTimeToRefit(trial: Trial): boolean {
    const left = (this.#setting.end - performance.now()) / 1000;
    return (this.refitSeconds(trial) ?? 0) <= left + overrun * this.#setting.budgetSeconds;
  }

  /** A fit on all rows instead of all but a fold; undefined where nobody knows. */
  refitSeconds(trial: Trial): number | undefined {
    const fit = this.#fitSeconds(trial);
    return fit === undefined ? undefined : (fit * this.#setting.folds) / Math.max(1, this.#setting.folds - 1);
  }

  /** How much of a whole fit a trial is, of whatever it has less of: rows, rounds or folds. */
  #shareOf({ fidelity }: Trial): number {
    return fidelity === undefined || this.#setting.most === undefined ? 1 : fidelity / this.#setting.most;
  }

  /** Seconds of one fit with all of the resource. */
  #fitSeconds(trial: Trial): number | undefined {
    const { learner, config } = configurationOf(trial);
    const known = this.#setting.learners.get(learner);
    return known && this.#costs.expected(known, config);
  }
}

function secondsForIntervals({ task, rowCount, columns }: DatasetInfo): number {
  if (task !== 'regression') return 0;
  const features = columns.filter(({ role }) => role === 'feature');
  return intervalsEach * secondsToLearnErrorSize(rowCount, features.length);
}
