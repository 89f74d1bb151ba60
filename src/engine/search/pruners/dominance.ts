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
  /** How many times the largest improvement that was seen is hoped for. */
  readonly optimism?: number;
  /** With several objectives: the share of trials, by lot, that are never stopped. */
  readonly spared?: number;
}

/**
 * Stops a trial that another would dominate even if all went well from now on: its first objective improved by twice as much as that of
 * any complete trial has from this step to its end, and it had the best value that any has had in each other objective. Steps tell of
 * the first objective alone, so this is all that can be known early: only a trial that outdoes every earlier one, in its improvement
 * (twice, for complete trials are those that rose early) or in another objective, can be stopped in error. As the latter would
 * otherwise never be seen to, one trial in five is spared where there are other objectives. Made for Vitrine.
 */
export function dominancePruner(options: DominanceOptions = {}): Pruner {
  const { startUpTrials = 5, optimism = 2, spared = 0.2 } = options;
  return {
    name: 'dominance',
    stopsDiverged: true,
    shouldPrune(study, trial) {
      const { directions } = study;
      const [direction] = directions;
      const rivals = rivalsOf(study, trial);
      if (rivals.length < startUpTrials) return undefined;
      const own = standingOf(trial, direction);
      const outcomes = rivals.map((other) => outcomeOf(other, directions));
      const ideal = idealOf(outcomes).slice(1);
      if (!outcomes.some((outcome) => dominates(outcome, [own, ...ideal]))) return undefined;
      if (directions.length > 1 && isSpared(study, trial, spared)) return undefined;
      const step = lastStep(trial);
      const rises = risesFrom(rivals, step, direction);
      if (rises.length < startUpTrials) return undefined;
      const hope = own - optimism * Math.max(0, ...rises);
      const better = [...rivals.keys()].filter((i) => dominates(outcomes[i], [hope, ...ideal]));
      if (better.length === 0) return undefined;
      const closest = better.toSorted((a, b) => outcomes[b][0] - outcomes[a][0]).slice(0, 3);
      const [value, threshold, hoped] = [own, outcomes[closest[0]][0], hope].map((loss) => toMinimize(loss, direction));
      const compared = closest.map((i) => rivals[i].number);
      const others = directions.length > 1 ? ' and the best that any trial had in the other objectives' : '';
      const words = `At step ${step} even ${optimism} times the largest improvement that a trial made from there, to ${shown(hoped)},${others} would leave it behind trial ${compared[0]}.`;
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

/** How much better trials ended than they stood at a step, of those that reached it; below 0 where means over folds grew worse. */
const risesFrom = (trials: readonly Trial[], step: number, direction: Direction): number[] =>
  trials
    .filter(({ intermediate }) => reportFrom(intermediate, step) !== undefined)
    .map((trial) => standingOf(trial, direction, step) - standingOf(trial, direction));

/** A trial's losses, the first one in the unit of its steps. */
const outcomeOf = (trial: Trial, directions: readonly Direction[]): number[] => [
  standingOf(trial, directions[0]),
  ...losses(trial, directions).slice(1),
];

const idealOf = (points: readonly (readonly number[])[]): number[] =>
  points[0].map((_, i) => points.reduce((least, point) => Math.min(least, point[i]), Number.POSITIVE_INFINITY));
