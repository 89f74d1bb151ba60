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
