import { secondsWords } from '../../shared/results/numbers.ts';

/** Judging a fitted model takes at most about this share of the time that fitting it took. */
const judgingShare = 0.05;

/**
 * Tells, each time a training reports how far it is, whether it should end with what it has: where another stretch as long as the
 * last one would leave no time to judge the model. A training that the end of the budget cut off would leave nothing at all.
 * @param secondsLeft of the search, from now on; null where time does not limit it
 * @param now milliseconds
 */
export function trainingDeadline(secondsLeft: number | null, now = () => performance.now()): () => boolean {
  if (secondsLeft === null) return () => false;
  const began = now();
  let last = began;
  return () => {
    const at = now();
    const stretch = at - last;
    last = at;
    return secondsLeft * 1000 - (at - began) < 2 * stretch + judgingShare * (at - began);
  };
}

/**
 * Folds take about the same time: why the rest of them would not end in time; null where they would.
 * @param seconds that the folds done took
 * @param secondsLeft of the search when the first began; null where time does not limit it
 */
export function foldsOutOfTime(
  seconds: number,
  done: number,
  folds: number,
  secondsLeft: number | null,
): string | null {
  const needed = (seconds / done) * (folds - done);
  if (secondsLeft === null || needed <= secondsLeft - seconds) return null;
  return `After ${done} of ${folds} folds the rest would take about ${secondsWords(needed)}, and ${secondsWords(Math.max(0, secondsLeft - seconds))} are left.`;
}
