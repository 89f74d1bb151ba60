import type { Trial } from '../../../shared/trial.ts';
import type { StudyView } from '../study-view.ts';
import { finishedTrials } from './standing.ts';

/** Where a population stands. */
export interface Generations {
  /** The generation that is being asked for, from 0. */
  readonly current: number;
  /** Finished members of each generation before it, in order of their numbers. */
  readonly before: readonly (readonly Trial[])[];
  /** Finished trials that are not the sampler's: enqueued by a person, or suggested by another sampler. */
  readonly others: readonly Trial[];
}

/**
 * Sorts finished trials into generations by the attribute in which the sampler recorded theirs. A generation is over once `size` of its members are finished; until then, and for any number of workers, more of it are
 * asked for. Members that finish late still count to it.
 */
export function generationsOf(study: StudyView, attribute: string, size: number): Generations {
  const finished = finishedTrials(study);
  const others = finished.filter(({ attributes }) => !(attribute in attributes));
  const groups = Map.groupBy(finished, ({ attributes }) => attributes[attribute]);
  const before: Trial[][] = [];
  for (;;) {
    const members = groups.get(before.length);
    if (members === undefined || members.length < size) return { current: before.length, before, others };
    before.push(members);
  }
}

/** How many trials of the sampler were asked for before, finished or not. */
export const ownTrials = ({ trials }: StudyView, attribute: string): number =>
  trials.filter(({ attributes }) => attribute in attributes).length;
