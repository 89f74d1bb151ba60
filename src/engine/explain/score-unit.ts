import type { DatasetInfo } from '../../shared/dataset.ts';

/** What a score is: 'charges', 'log odds of yes', 'log odds of each class'. classes: those that have a score; none for values. */
export function scoreUnit({ target }: DatasetInfo, classes: readonly string[] | undefined): string {
  if (!classes) return target;
  return classes.length === 1 ? `log odds of ${classes[0]}` : 'log odds of each class';
}
