import { isOver, type Trial } from '../../../shared/trial.ts';
import { isBetter } from '../ranking.ts';
import type { StudyView } from '../study-view.ts';

/** The trials that have ended, in the order of their ends; in that of their numbers where no times were kept. */
export const inOrderOfEnds = (trials: readonly Trial[]): Trial[] =>
  trials.filter(isOver).sort((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0) || a.number - b.number);

/** The study as it stood when so many trials had ended; what ran then is left out. */
export const studyAfter = (study: StudyView, ended: number): StudyView => ({
  space: study.space,
  directions: study.directions,
  seed: study.seed,
  trials: inOrderOfEnds(study.trials)
    .slice(0, ended)
    .sort((a, b) => a.number - b.number),
  resource: study.resource,
  expected: study.expected,
  tried: (params, fidelity) => study.tried(params, fidelity),
});

/** How a trial that ended changed the best. */
export interface BestChange {
  readonly trial: Trial;
  /** Trials that had ended by then, itself among them. */
  readonly ended: number;
  /** The best before it; undefined for the first. */
  readonly before: Trial | undefined;
}

/** Every trial that became the best when it ended, in that order. */
export function bestChanges({ trials, directions }: StudyView): BestChange[] {
  const changes: BestChange[] = [];
  let best: Trial | undefined;
  for (const [i, trial] of inOrderOfEnds(trials).entries()) {
    if (!isBetter(trial, best, directions)) continue;
    changes.push({ trial, ended: i + 1, before: best });
    best = trial;
  }
  return changes;
}
