import type { ReplayedTrial, SearchReplay } from '../../../shared/results/search-replay.ts';
import { atHighestFidelity, violation } from '../ranking.ts';
import type { StudyView } from '../study-view.ts';
import { inOrderOfEnds } from './ends.ts';

/** What a slider needs to redraw the search as it stood at any moment. @param names of the objectives */
export function replayOf({ trials, directions }: StudyView, names: readonly string[]): SearchReplay {
  const begun = trials.filter(({ state }) => state !== 'waiting');
  const start = begun.reduce((first, { startedAt }) => Math.min(first, startedAt ?? first), Number.POSITIVE_INFINITY);
  const seconds = (at: number | undefined) => (at === undefined ? null : (at - start) / 1000);
  const whole = new Set(atHighestFidelity(trials.filter(({ state }) => state === 'complete')));
  return {
    kind: 'search-replay',
    objectives: directions.map((direction, i) => ({ name: names[i], direction })),
    trials: trials.map(
      (trial): ReplayedTrial => ({
        trial: trial.number,
        state: trial.state,
        sampler: trial.why.sampler,
        phase: trial.why.phase,
        values: trial.values ?? null,
        feasible: violation(trial) === 0,
        whole: whole.has(trial),
        began: trial.state === 'waiting' ? null : seconds(trial.startedAt),
        ended: seconds(trial.endedAt),
      }),
    ),
    ends: inOrderOfEnds(trials).map(({ number }) => number),
  };
}
