import type { StudyView } from '../study-view.ts';

/**
 * Members of a population: as many as asked for where the search is long or nobody knows how long it will be; of a short one about
 * 2 sqrt(trials), even and at least 8, so that it can go through several generations instead of spending itself on the first.
 */
export function populationSize({ expected }: StudyView, most: number): number {
  if (expected.trials === undefined) return most;
  return Math.min(most, Math.max(8, 2 * Math.round(Math.sqrt(expected.trials))));
}
