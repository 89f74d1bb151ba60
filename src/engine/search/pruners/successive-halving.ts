import type { Pruner } from '../pruner.ts';
import { sameCurve } from './reports.ts';
import { asStop, type Ladder, rungsReached, rungWords, stopAtRung } from './rungs.ts';

export type SuccessiveHalvingOptions = Partial<Ladder>;

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
      const rungs = rungsReached(trial, { grace, reduction });
      if (rungs.length === 0) return undefined;
      const rivals = study.trials.filter((other) => sameCurve(other, trial));
      for (const rung of rungs) {
        const stop = stopAtRung(trial, rivals, rung, reduction, study.directions[0]);
        if (stop) return asStop('successive-halving', `At step ${rung} it ${rungWords(stop, reduction)}.`, stop);
      }
      return undefined;
    },
  };
}
