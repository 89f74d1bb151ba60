import type { Direction } from '../../../shared/metrics.ts';
import type { Trial } from '../../../shared/trial.ts';
import { createRandom } from '../../random.ts';
import type { Pruner } from '../pruner.ts';
import { toMinimize } from '../ranking.ts';
import type { StudyView } from '../study-view.ts';
import { type Curve, chanceToReach, type ExtrapolationOptions } from './learning-curve/extrapolation.ts';
import { lastStep, sameCurve, shown, standingOf } from './reports.ts';

export interface LearningCurveOptions extends ExtrapolationOptions {
  /** Complete trials before anything is stopped. */
  readonly startUpTrials?: number;
  /** The chance below which a trial is stopped (Domhan et al. 2015, section 4: delta = 0.05). */
  readonly delta?: number;
}

/** Fewer reports say nothing of a curve's bend. */
const fewestReports = 5;
/** Reports that the model sees at most, evenly spread over all there are. */
const mostReports = 32;

/**
 * Predictive termination (Domhan et al. 2015, section 3.4): a trial stops where the chance that it ends better than the best trial so far
 * is below 5 %, by a model of its own learning curve alone. As the model is dear (a few tenths of a second), a trial is looked at
 * at its 5th report and each time they have become half as many again; the paper looks every 30 epochs.
 */
export function learningCurvePruner(options: LearningCurveOptions = {}): Pruner {
  const { startUpTrials = 5, delta = 0.05 } = options;
  return {
    name: 'learning-curve',
    stopsDiverged: true,
    shouldPrune(study, trial) {
      if (!isLookedAt(trial.intermediate.length)) return undefined;
      const direction = study.directions[0];
      const rivals = study.trials.filter(
        (other) => other.state === 'complete' && other.intermediate.length > 0 && sameCurve(other, trial),
      );
      if (rivals.length < startUpTrials) return undefined;
      const step = lastStep(trial);
      const horizon = study.expected.steps ?? rivals.reduce((most, other) => Math.max(most, lastStep(other)), 0);
      const best = rivals.reduce((one, other) => (endOf(other, direction) < endOf(one, direction) ? other : one));
      const target = endOf(best, direction);
      const own = standingOf(trial, direction);
      if (own <= target || step >= horizon) return undefined;
      const probability = chance(study, trial, horizon, target, options);
      if (probability >= delta) return undefined;
      const [value, threshold] = [own, target].map((loss) => toMinimize(loss, direction));
      const words = `At step ${step} its curve has a chance of ${shown(probability)} to end better at step ${horizon} than trial ${best.number} with ${shown(threshold)}.`;
      return { pruner: 'learning-curve', words, step, value, threshold, compared: [best.number], probability };
    },
  };
}

/** 5, 7, 10, 15, 22, 33, ... */
function isLookedAt(reports: number): boolean {
  let next = fewestReports;
  while (next < reports) next = Math.floor(1.5 * next);
  return next === reports;
}

const endOf = (trial: Trial, direction: Direction): number => standingOf(trial, direction);

function chance(
  study: StudyView,
  trial: Trial,
  horizon: number,
  target: number,
  options: ExtrapolationOptions,
): number {
  const losses = trial.intermediate.map(({ value }) => toMinimize(value, study.directions[0]));
  const worst = Math.max(...losses);
  // The scale that the families are fitted in: the worst report at 0.1, what is to be beaten at 0.8.
  const scale = (loss: number) => 0.1 + (0.7 * (worst - loss)) / (worst - target);
  const first = Math.min(1, trial.intermediate[0].step);
  const chosen = evenly(losses.length, mostReports);
  const curve: Curve = {
    // Families count steps from 1.
    steps: Float64Array.from(chosen, (i) => trial.intermediate[i].step - first + 1),
    values: Float64Array.from(chosen, (i) => scale(losses[i])),
  };
  const random = createRandom(study.seed).fork(`learning curve of trial ${trial.number} at ${lastStep(trial)}`);
  return chanceToReach(curve, horizon - first + 1, scale(target), random, options);
}

/** At most so many of 0 .. length - 1, evenly spread, with both ends. */
function evenly(length: number, most: number): number[] {
  const count = Math.min(length, most);
  return Array.from({ length: count }, (_, i) => Math.round((i * (length - 1)) / (count - 1)));
}
