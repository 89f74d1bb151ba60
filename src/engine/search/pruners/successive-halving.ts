import type { Trial } from '../../../shared/trial.ts';
import type { Pruner } from '../pruner.ts';
import { toMinimize } from '../ranking.ts';

export interface SuccessiveHalvingOptions {
  /** Step of the first rung. */
  readonly grace?: number;
  /** One in this many goes on from a rung, which lie at grace, grace x reduction, grace x reduction^2, ... */
  readonly reduction?: number;
}

/**
 * Asynchronous successive halving, stopping variant (Li et al. 2020, ASHA, algorithm 2): a trial that reaches a rung goes on only
 * where its value is among the best 1 / reduction of all that have reached it so far, itself included; the best of fewer than
 * `reduction` goes on.
 */
export function successiveHalvingPruner({ grace = 1, reduction = 3 }: SuccessiveHalvingOptions = {}): Pruner {
  return {
    name: 'successive-halving',
    stopsDiverged: true,
    shouldPrune(study, trial) {
      const rivals = study.trials.filter(({ attributes }) => attributes.curve === trial.attributes.curve);
      for (const rung of rungsReached(trial, grace, reduction)) {
        const direction = study.directions[0];
        const reached = rivals
          .map((other) => ({ number: other.number, loss: lossAt(other, rung, direction) }))
          .filter((other): other is { number: number; loss: number } => other.loss !== undefined)
          .sort((a, b) => a.loss - b.loss);
        const own = lossAt(trial, rung, direction) as number;
        const rank = 1 + reached.filter(({ loss }) => loss < own).length;
        const places = Math.max(1, Math.floor(reached.length / reduction));
        if (rank <= places) continue;
        return {
          pruner: 'successive-halving',
          words: reasonWords(rung, rank, reached.length, places, reduction),
          step: rung,
          value: toMinimize(own, direction),
          threshold: toMinimize(reached[places - 1].loss, direction),
          compared: reached.slice(0, Math.min(3, places)).map(({ number }) => number),
        };
      }
      return undefined;
    },
  };
}

/** The rungs that the newest report is the first to reach. */
function rungsReached({ intermediate }: Trial, grace: number, reduction: number): number[] {
  const now = intermediate[intermediate.length - 1].step;
  const before = intermediate.length > 1 ? intermediate[intermediate.length - 2].step : Number.NEGATIVE_INFINITY;
  const rungs: number[] = [];
  for (let rung = grace; rung <= now; rung *= reduction) if (rung > before) rungs.push(rung);
  return rungs;
}

/** The value first reported at or after a rung, turned so that smaller is better. */
function lossAt(
  { intermediate }: Trial,
  rung: number,
  direction: Parameters<typeof toMinimize>[1],
): number | undefined {
  const report = intermediate.find(({ step }) => step >= rung);
  return report && toMinimize(report.value, direction);
}

const reasonWords = (rung: number, rank: number, reached: number, places: number, reduction: number) =>
  `At step ${rung} it ranks ${rank} of ${reached}; successive halving lets the best ${places} go on (one in ${reduction}).`;
