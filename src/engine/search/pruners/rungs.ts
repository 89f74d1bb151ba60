import type { Direction } from '../../../shared/metrics.ts';
import type { Stop, Trial } from '../../../shared/trial.ts';
import { toMinimize } from '../ranking.ts';
import { reportFrom } from './reports.ts';

export interface Ladder {
  /** Step of the first rung. */
  readonly grace: number;
  /** One in this many goes on from a rung, which lie at grace, grace x reduction, grace x reduction^2, ... */
  readonly reduction: number;
}

/** The rungs that the newest report is the first to reach. */
export function rungsReached({ intermediate }: Trial, { grace, reduction }: Ladder): number[] {
  const now = intermediate[intermediate.length - 1].step;
  const before = intermediate.length > 1 ? intermediate[intermediate.length - 2].step : Number.NEGATIVE_INFINITY;
  const rungs: number[] = [];
  for (let rung = grace; rung <= now; rung *= reduction) if (rung > before) rungs.push(rung);
  return rungs;
}

/** What of a stop the rung tells; who stopped it adds its name and words. */
export interface RungStop extends Omit<Stop, 'pruner' | 'words'> {
  readonly rank: number;
  readonly reached: number;
  readonly places: number;
}

/**
 * Asynchronous successive halving, stopping variant (Li et al. 2020, ASHA): undefined where the trial is among the best 1 / reduction of
 * all that have reached the rung so far, itself included; the best of fewer than `reduction` goes on. A trial counts with the value
 * that it reported first at or after the rung.
 * @param rivals trials it is compared with, itself among them
 */
export function stopAtRung(
  trial: Trial,
  rivals: readonly Trial[],
  rung: number,
  reduction: number,
  direction: Direction,
): RungStop | undefined {
  const own = lossAt(trial, rung, direction) as number;
  const reached: { number: number; loss: number }[] = [];
  let better = 0;
  for (const other of rivals) {
    const loss = lossAt(other, rung, direction);
    if (loss === undefined) continue;
    reached.push({ number: other.number, loss });
    if (loss < own) better++;
  }
  const places = Math.max(1, Math.floor(reached.length / reduction));
  if (better < places) return undefined;
  const best = reached.sort((a, b) => a.loss - b.loss).slice(0, places);
  return {
    step: rung,
    value: toMinimize(own, direction),
    threshold: toMinimize(best[places - 1].loss, direction),
    compared: best.slice(0, 3).map(({ number }) => number),
    rank: better + 1,
    reached: reached.length,
    places,
  };
}

function lossAt({ intermediate }: Trial, rung: number, direction: Direction): number | undefined {
  const report = reportFrom(intermediate, rung);
  return report && toMinimize(report.value, direction);
}

/** 'ranks 5 of 9; successive halving lets the best 3 go on (one in 3)' */
export const rungWords = ({ rank, reached, places }: RungStop, reduction: number): string =>
  `ranks ${rank} of ${reached}; successive halving lets the best ${places} go on (one in ${reduction})`;

/** A stop as it is kept. */
export const asStop = (pruner: string, words: string, { step, value, threshold, compared }: RungStop): Stop => ({
  pruner,
  words,
  step,
  value,
  threshold,
  compared,
});
