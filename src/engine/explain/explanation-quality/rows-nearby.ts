import type { Column, Table } from '../../data/table.ts';
import type { Random } from '../../random.ts';
import { standardDeviation } from '../../statistics/mean.ts';

/**
 * A row within a radius of a row (Yeh et al. 2019): each number moved by up to `radius` times its column's spread, each level swapped with
 * probability `radius` for that of another row. What is missing stays missing. row: its levels begin with those of `among`
 */
export function rowNearby(row: Table, among: Table, spreads: ArrayLike<number>, radius: number, random: Random): Table {
  const columns = row.columns.map((column, j): Column => {
    const other = among.columns[j];
    if (column.kind === 'numeric') {
      const moved = column.values[0] + radius * spreads[j] * (2 * random.uniform() - 1);
      return { ...column, values: Float64Array.of(column.type === 'integer' ? Math.round(moved) : moved) };
    }
    const isSwapped = random.uniform() < radius;
    const code = other.kind === 'coded' ? other.codes[random.integer(among.rowCount)] : -1;
    return isSwapped && column.codes[0] >= 0 && code >= 0 ? { ...column, codes: Int32Array.of(code) } : column;
  });
  return { rowCount: 1, columns };
}

/** [columns] standard deviations of the numbers, 0 of levels. */
export const spreadsOf = ({ columns }: Table): Float64Array =>
  Float64Array.from(columns, (column) =>
    column.kind === 'numeric' ? standardDeviation(column.values.filter((value) => !Number.isNaN(value))) : 0,
  );
