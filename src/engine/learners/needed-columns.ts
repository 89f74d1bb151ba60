import type { ColumnType } from '../../shared/dataset.ts';
import { UserError } from '../../shared/faults.ts';
import { countWords } from '../../shared/results/numbers.ts';
import type { Table } from '../data/table.ts';
import type { LearnerTags } from './learner.ts';

/** Whether a learner has what it needs among these features. */
export const suitsColumns = ({ needs }: LearnerTags, features: readonly { readonly type: ColumnType }[]): boolean =>
  needs === undefined || features.some(({ type }) => type === needs);

export const lacksColumn = (name: string, { needs }: LearnerTags): UserError =>
  new UserError('learner-columns', `Learner "${name}" needs a column of ${needs}s, and there is none.`, {
    advice: `Leave it out of "learners" in the experiment file, or give a column the type ${needs} under \`types\`.`,
  });

/** '; 3 other columns left alone', or nothing: what a learner of one type of column says of the rest. */
export function othersWords({ columns }: Table, seen: readonly string[]): string {
  const others = columns.length - seen.length;
  return others > 0 ? `; ${countWords(others, 'other column')} left alone` : '';
}
