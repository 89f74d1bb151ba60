import { UserError } from '../../shared/faults.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Column } from '../data/table.ts';

/** Whether these rows have the column. */
export const hasColumn = ({ features, keys }: Dataset, name: string): boolean =>
  [features, keys].some(({ columns }) => columns.some((column) => column.name === name));

/** A column that groups are compared by, whether models see it or not. Throws a UserError where these rows lack it. */
export function groupColumn({ features, keys, info }: Dataset, name: string): Column {
  const column = [...features.columns, ...keys.columns].find((one) => one.name === name);
  if (column) return column;
  throw new UserError('group-column-missing', `groups are compared by "${name}", which is not in the data.`, {
    place: { file: info.path },
    advice: 'Add the column; models need not see it: name it in `data: ignore:`.',
  });
}
