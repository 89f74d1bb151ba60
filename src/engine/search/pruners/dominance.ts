import type { Direction } from '../../../shared/metrics.ts';
import type { Trial } from '../../../shared/trial.ts';
import { createRandom } from '../../random.ts';
import { dominates } from '../pareto.ts';
import type { Pruner } from '../pruner.ts';
import { losses, toMinimize, violation } from '../ranking.ts';
import type { StudyView } from '../study-view.ts';
import { lastStep, reportFrom, sameCurve, shown, standingOf } from './reports.ts';

export interface DominanceOptions {
  /** Complete trials before anything is stopped. */
  readonly startUpTrials?: number;
  /** With several objectives: the share of trials, by lot, that are never stopped. */
  readonly spared?: number;
}

/**
 * Stops a trial that another would dominate even if all went well from now on: its first objective improved by as much as that of any
 * trial has from this step to its end, and it had the best value that any trial has had in each other objective. Steps tell of the first
 * objective alone, so this is all that can be known early: only a trial that outdoes every earlier one, in its improvement or in
 * another objective, can be stopped in error. As those that do would otherwise never be seen to, one trial in five is spared. With
 * one objective it is the gentlest of the pruners. Made for Vitrine.
 */
export function dominancePruner({ startUpTrials = 5, spared = 0.2 }: DominanceOptions = {}): Pruner {
  return {
    name: 'dominance',
    stopsDiverged: true,
    shouldPrune(study, trial) {
      const { directions } = study;
      if (directions.length > 1 && isSpared(study, trial, spared)) return undefined;
      const step = lastStep(trial);
      const rivals = rivalsOf(study, trial);
      const seen = rivals.filter(({ intermediate }) => reportFrom(intermediate, step) !== undefined);
      if (seen.length < startUpTrials) return undefined;
      const own = standingOf(trial, directions[0]);
      const rise = Math.max(0, ...seen.map((other) => improvement(other, step, directions[0])));
      const outcomes = rivals.map((other) => outcomeOf(other, directions));
      const hoped = [own - rise, ...idealOf(outcomes).slice(1)];
      const better = rivals.filter((_, i) => dominates(outcomes[i], hoped));
      if (better.length === 0) return undefined;
      const [value, hope] = [own, own - rise].map((loss) => toMinimize(loss, directions[0]));
      const closest = better.toSorted((a, b) => outcomeOf(b, directions)[0] - outcomeOf(a, directions)[0]);
      const threshold = toMinimize(outcomeOf(closest[0], directions)[0], directions[0]);
      const others = directions.length > 1 ? ' and the best that any trial had in the other objectives' : '';
      const words = `At step ${step} even the largest improvement that any trial made from there, to ${shown(hope)},${others} would leave it behind trial ${closest[0].number}.`;
      const compared = closest.slice(0, 3).map(({ number }) => number);
      return { pruner: 'dominance', words, step, value, threshold, compared };
    },
  };
}

const isSpared = ({ seed }: StudyView, { number }: Trial, share: number): boolean =>
  createRandom(seed).fork(`whether trial ${number} is spared`).uniform() < share;

const rivalsOf = ({ trials }: StudyView, trial: Trial): Trial[] =>
  trials.filter(
    (other) =>
      other.state === 'complete' &&
      violation(other) === 0 &&
      other.intermediate.length > 0 &&
      sameCurve(other, trial) &&
      other.fidelity === trial.fidelity,
  );

/** How much better a trial ended than it stood at a step; below 0 where means over folds grew worse. */
const improvement = (trial: Trial, step: number, direction: Direction): number =>
  standingOf(trial, direction, step) - standingOf(trial, direction);

/** A trial's losses, the first one in the unit of its steps. */
const outcomeOf = (trial: Trial, directions: readonly Direction[]): number[] => [
  standingOf(trial, directions[0]),
  ...losses(trial, directions).slice(1),
];

const idealOf = (points: readonly (readonly number[])[]): number[] =>
  points[0].map((_, i) => points.reduce((least, point) => Math.min(least, point[i]), Number.POSITIVE_INFINITY));
