import type { Column, Table } from '../../data/table.ts';
import { median } from '../../statistics/median.ts';

/** One row of the medians and the most frequent levels of a table, missing only where nothing else occurs. */
export const baselineRow = (train: Table): Table => ({ rowCount: 1, columns: train.columns.map(middleOf) });

function middleOf(column: Column): Column {
  if (column.kind === 'numeric')
    return { ...column, values: Float64Array.of(median(column.values.filter((value) => !Number.isNaN(value)))) };
  const counts = new Uint32Array(column.levels.length);
  for (const code of column.codes) if (code >= 0) counts[code]++;
  let most = -1;
  counts.forEach((count, code) => {
    if (count > (most < 0 ? 0 : counts[most])) most = code;
  });
  return { ...column, codes: Int32Array.of(most) };
}
