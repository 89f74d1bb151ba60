import type { Pruner } from '../pruner.ts';
import { toMinimize } from '../ranking.ts';

export interface MedianOptions {
  /** Complete trials before anything is stopped; Optuna's default. */
  readonly startUpTrials?: number;
}

/**
 * Median stopping rule (Golovin et al. 2017, Vizier, section 3.2.2): a trial stops where the best it has reported up to a step is
 * worse than the median of what complete trials reported at that very step.
 */
export function medianPruner({ startUpTrials = 5 }: MedianOptions = {}): Pruner {
  return {
    name: 'median',
    stopsDiverged: true,
    shouldPrune(study, trial) {
      const direction = study.directions[0];
      const complete = study.trials.filter(
        (other) => other.state === 'complete' && other.attributes.curve === trial.attributes.curve,
      );
      const step = trial.intermediate[trial.intermediate.length - 1].step;
      const others = complete.flatMap(({ intermediate }) => intermediate.filter((report) => report.step === step));
      if (complete.length < startUpTrials || others.length === 0) return undefined;
      const middle = median(others.map(({ value }) => toMinimize(value, direction)));
      const own = Math.min(...trial.intermediate.map(({ value }) => toMinimize(value, direction)));
      if (own <= middle) return undefined;
      const [best, typical] = [own, middle].map((value) => Number(toMinimize(value, direction).toPrecision(4)));
      return `At step ${step} its best value ${best} is worse than the median ${typical} of ${others.length} complete trials.`;
    },
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
