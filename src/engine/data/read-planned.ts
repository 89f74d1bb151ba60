import type { ColumnInfo } from '../../shared/dataset.ts';
import { type ColumnPlan, columnInfo } from './column-plan.ts';
import { readColumns } from './read-columns.ts';
import type { Source } from './source.ts';
import type { Column } from './table.ts';

/** Reads what is used, and numbers that are not; other ignored columns are described without being read. */
export async function readPlanned(
  source: Source,
  plans: readonly ColumnPlan[],
): Promise<{ columns: Map<string, Column>; infos: ColumnInfo[] }> {
  const numeric = ['number', 'integer', 'date'];
  const wanted = plans.filter(({ role, type }) => role !== 'ignored' || numeric.includes(type));
  const read = await readColumns(source, wanted);
  const columns = new Map(read.map((column) => [column.name, column]));
  const infos: ColumnInfo[] = [];
  for (const plan of plans) infos.push(await columnInfo(source, plan, columns.get(plan.profile.name)));
  return { columns, infos };
}
