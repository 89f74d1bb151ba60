import type { Trial } from '../../../shared/trial.ts';
import { median } from '../../statistics/median.ts';
import { meansOverFolds, type Pruner } from '../pruner.ts';
import { toMinimize } from '../ranking.ts';
import type { StudyView } from '../study-view.ts';
import { reportAt, sameCurve, shown, standingOf } from './reports.ts';

export interface MedianOptions {
  /** Complete trials before anything is stopped; Optuna's default. */
  readonly startUpTrials?: number;
}

/**
 * Median stopping rule (Golovin et al. 2017, Vizier, section 3.2.2): a trial stops where the best it has reported up to a step is
 * worse than the median of what others reported at that very step; where steps are folds, where its newest value is.
 *
 * The others are all that have ended and reached the step, pruned ones too. Among complete trials alone, each of which has passed
 * the test, the median only ever falls: after some hundred trials nearly all are stopped at the first fold, by its noise, the best
 * with them.
 */
export function medianPruner({ startUpTrials = 5 }: MedianOptions = {}): Pruner {
  return {
    name: 'median',
    stopsDiverged: true,
    shouldPrune(study, trial) {
      const direction = study.directions[0];
      const { step } = trial.intermediate[trial.intermediate.length - 1];
      const { complete, others } = rivalsAt(study, trial, step);
      if (complete < startUpTrials || others.length === 0) return undefined;
      const middle = median(others.map(({ value }) => toMinimize(value, direction)));
      const own = standingOf(trial, direction);
      if (own <= middle) return undefined;
      const [value, threshold] = [own, middle].map((loss) => toMinimize(loss, direction));
      const which = trial.attributes.curve === meansOverFolds ? 'value' : 'best value';
      const words = `At step ${step} its ${which} ${shown(value)} is worse than the median ${shown(threshold)} of the ${others.length} trials that reached it.`;
      return { pruner: 'median', words, step, value, threshold, compared: nearest(others, threshold) };
    },
  };
}

interface Rival {
  readonly number: number;
  readonly value: number;
}

/** What ended trials of the same curve reported at a step, and how many of that curve are complete. */
function rivalsAt(study: StudyView, trial: Trial, step: number): { complete: number; others: Rival[] } {
  let complete = 0;
  const others: Rival[] = [];
  for (const other of study.trials) {
    if ((other.state !== 'complete' && other.state !== 'pruned') || !sameCurve(other, trial)) continue;
    if (other.state === 'complete') complete++;
    const report = reportAt(other.intermediate, step);
    if (report) others.push({ number: other.number, value: report.value });
  }
  return { complete, others };
}

/** Numbers of the three trials whose values at the step are closest to the median. */
const nearest = (others: readonly Rival[], threshold: number): number[] =>
  others
    .map(({ number, value }) => ({ number, gap: Math.abs(value - threshold) }))
    .sort((a, b) => a.gap - b.gap || a.number - b.number)
    .slice(0, 3)
    .map(({ number }) => number);
