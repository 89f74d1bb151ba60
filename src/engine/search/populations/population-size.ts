import type { StudyView } from '../study-view.ts';

/**
 * Members of a population: as many as asked for where the search is long or nobody knows how long it will be. Of a short one about
 * sqrt(trials), twice that where a front is to be covered, even and at least 8, so that it can go through many generations instead of
 * spending itself on the first.
 */
export function populationSize({ expected, directions }: StudyView, most: number): number {
  if (expected.trials === undefined) return most;
  const short = Math.sqrt(expected.trials) * (directions.length > 1 ? 2 : 1);
  return Math.min(most, Math.max(8, 2 * Math.round(short / 2)));
}
