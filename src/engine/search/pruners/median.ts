import type { Direction } from '../../../shared/metrics.ts';
import type { Trial } from '../../../shared/trial.ts';
import { meansOverFolds, type Pruner } from '../pruner.ts';
import { toMinimize } from '../ranking.ts';

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
      const rivals = study.trials.filter(
        ({ state, attributes }) =>
          (state === 'complete' || state === 'pruned') && attributes.curve === trial.attributes.curve,
      );
      if (rivals.filter(({ state }) => state === 'complete').length < startUpTrials) return undefined;
      const { step } = trial.intermediate[trial.intermediate.length - 1];
      const others = rivals.flatMap(({ intermediate }) => intermediate.filter((report) => report.step === step));
      if (others.length === 0) return undefined;
      const middle = median(others.map(({ value }) => toMinimize(value, direction)));
      const own = standingOf(trial, direction);
      if (own <= middle) return undefined;
      const [value, threshold] = [own, middle].map((loss) => toMinimize(loss, direction));
      const [shown, typical] = [value, threshold].map((given) => Number(given.toPrecision(4)));
      const which = trial.attributes.curve === meansOverFolds ? 'value' : 'best value';
      const words = `At step ${step} its ${which} ${shown} is worse than the median ${typical} of the ${others.length} trials that reached it.`;
      return { pruner: 'median', words, step, value, threshold, compared: nearest(rivals, step, threshold) };
    },
  };
}

/** Numbers of the three trials whose values at the step are closest to the median. */
const nearest = (rivals: readonly Trial[], step: number, threshold: number): number[] =>
  rivals
    .flatMap(({ number, intermediate }) =>
      intermediate
        .filter((report) => report.step === step)
        .map(({ value }) => ({ number, gap: Math.abs(value - threshold) })),
    )
    .sort((a, b) => a.gap - b.gap || a.number - b.number)
    .slice(0, 3)
    .map(({ number }) => number);

/** What it would end with if it ended now, smaller is better. */
function standingOf({ intermediate, attributes }: Trial, direction: Direction): number {
  const losses = intermediate.map(({ value }) => toMinimize(value, direction));
  return attributes.curve === meansOverFolds ? losses[losses.length - 1] : Math.min(...losses);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
