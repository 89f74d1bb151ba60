import type { NumericColumn, Table } from '../data/table.ts';

/** Names for new columns that none of a table's columns has, nor was given before. */
export function freshNames(table: Table): (wanted: string) => string {
  const taken = new Set(table.columns.map(({ name }) => name));
  return (wanted) => {
    let name = wanted;
    while (taken.has(name)) name += "'";
    taken.add(name);
    return name;
  };
}

export const numericColumn = (
  name: string,
  values: Float64Array,
  type: NumericColumn['type'] = 'number',
): NumericColumn => ({
  kind: 'numeric',
  name,
  type,
  values,
});
