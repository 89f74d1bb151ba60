import type { ColumnInfo, DatasetInfo } from '../../shared/dataset.ts';
import { numberWords } from '../../shared/results/numbers.ts';
import type { TableContent } from '../components/table-content.ts';

/** Every column with its type and why it has it. */
export const columnsTable = ({ columns, path }: DatasetInfo): TableContent => ({
  caption: `Columns of ${path}`,
  columns: [
    { title: 'Column' },
    { title: 'Role' },
    { title: 'Type' },
    { title: 'Why this type' },
    { title: 'Missing', numeric: true },
    { title: 'Distinct', numeric: true },
    { title: 'Values' },
  ],
  rows: columns.map((column) => [
    column.name,
    column.role,
    column.type,
    column.reason,
    numberWords(column.missing),
    numberWords(column.distinct),
    valuesWords(column),
  ]),
});

/** '172 to 231, median 197' or 'Adelie 152, Gentoo 124, Chinstrap 68' */
export function valuesWords({ type, numeric, levels }: ColumnInfo): string {
  if (numeric) {
    const words = (value: number) =>
      type === 'date' ? new Date(value).toISOString().slice(0, 10) : numberWords(value, 4);
    return `${words(numeric.minimum)} to ${words(numeric.maximum)}, median ${words(numeric.quartiles[1])}`;
  }
  if (!levels) return '';
  const shown = levels.slice(0, 4).map(({ level, count }) => `${level} ${numberWords(count)}`);
  return `${shown.join(', ')}${levels.length > 4 ? ', …' : ''}`;
}
