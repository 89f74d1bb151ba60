import type { Trial } from '../../../shared/trial.ts';
import { createRandom } from '../../random.ts';
import type { Pruner } from '../pruner.ts';
import type { StudyView } from '../study-view.ts';
import { lastStep, sameCurve } from './reports.ts';
import { asStop, rungsReached, rungWords, stopAtRung } from './rungs.ts';

export interface HyperbandOptions {
  /** Step of the first rung of the most eager bracket. */
  readonly grace?: number;
  readonly reduction?: number;
}

/**
 * Hyperband as a pruner (Li et al. 2018; trials are dealt to brackets as in Optuna's HyperbandPruner): each trial belongs to one bracket
 * of asynchronous successive halving, compared only with its own. Bracket b has its first rung at grace x reduction^b, and gets trials in
 * proportion to ceil(B reduction^s / (s + 1)), s = B - 1 - b, for B brackets. Which one a trial is in follows from the seed and its
 * number alone. Until a trial has been completed, or the number of steps is expected, nobody knows the brackets and nothing is stopped.
 */
export function hyperbandPruner({ grace = 1, reduction = 3 }: HyperbandOptions = {}): Pruner {
  return {
    name: 'hyperband',
    stopsDiverged: true,
    shouldPrune(study, trial) {
      const steps = wholeLength(study, trial);
      if (steps === undefined) return undefined;
      const shares = bracketShares(steps, grace, reduction);
      const bracket = bracketOf(study, trial.number, shares);
      const rungs = rungsReached(trial, { grace: grace * reduction ** bracket, reduction });
      if (rungs.length === 0) return undefined;
      const rivals = study.trials.filter(
        (other) => sameCurve(other, trial) && bracketOf(study, other.number, shares) === bracket,
      );
      for (const rung of rungs) {
        const stop = stopAtRung(trial, rivals, rung, reduction, study.directions[0]);
        if (!stop) continue;
        const words = `At step ${rung} of bracket ${bracket} of ${shares.length} it ${rungWords(stop, reduction)}.`;
        return asStop('hyperband', words, stop);
      }
      return undefined;
    },
  };
}

/** Steps of a whole trial: as expected, else as the first complete one had, so that brackets stay once they are known. */
function wholeLength(study: StudyView, trial: Trial): number | undefined {
  if (study.expected.steps !== undefined) return study.expected.steps;
  const first = study.trials.find(
    (other) => other.state === 'complete' && other.intermediate.length > 0 && sameCurve(other, trial),
  );
  return first && lastStep(first);
}

/** How many of the trials each bracket gets, the most eager one first; not a share of 1. */
export function bracketShares(steps: number, grace: number, reduction: number): number[] {
  const count = Math.max(1, Math.floor(Math.log(steps / grace) / Math.log(reduction) + 1e-9) + 1);
  return Array.from({ length: count }, (_, b) => Math.ceil((count * reduction ** (count - 1 - b)) / (count - b)));
}

/** The brackets that trials have been dealt to, by study: a draw takes longer than all the rest of a comparison. */
const dealt = new WeakMap<StudyView, Map<string, number>>();

function bracketOf(study: StudyView, number: number, shares: readonly number[]): number {
  const brackets = dealt.get(study) ?? new Map<string, number>();
  dealt.set(study, brackets);
  const key = `${number} of ${shares}`;
  const bracket = brackets.get(key) ?? deal(study.seed, number, shares);
  brackets.set(key, bracket);
  return bracket;
}

function deal(seed: number, number: number, shares: readonly number[]): number {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const place = createRandom(seed).fork(`bracket of trial ${number}`).integer(total);
  let below = 0;
  return shares.findIndex((share) => {
    below += share;
    return place < below;
  });
}
