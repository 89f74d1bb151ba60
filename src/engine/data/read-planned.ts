import type { ColumnInfo } from '../../shared/dataset.ts';
import { type ColumnPlan, columnInfo } from './column-plan.ts';
import { settleImages } from './images/settle-images.ts';
import { readColumns } from './read-columns.ts';
import type { Source } from './source.ts';
import type { Column } from './table.ts';

export interface PlannedColumns {
  readonly columns: ReadonlyMap<string, Column>;
  readonly infos: readonly ColumnInfo[];
  /** Of images, by path: see `settleImages`. */
  readonly contents: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
}

/** Reads what is used or watched, and numbers that are not; other ignored columns are described without being read. */
export async function readPlanned(source: Source, plans: readonly ColumnPlan[]): Promise<PlannedColumns> {
  const numeric = ['number', 'integer', 'date'];
  const wanted = plans.filter(({ role, type, watched }) => role !== 'ignored' || watched || numeric.includes(type));
  const read = await readColumns(source, wanted);
  const settled = await settleImages(read, source.folder, source.signal);
  // People know an image by the path that they wrote.
  const described = new Map(read.map((column, i) => [column.name, withCodes(column, settled.columns[i])]));
  const infos: ColumnInfo[] = [];
  for (const plan of plans) infos.push(await columnInfo(source, plan, described.get(plan.profile.name)));
  const columns = new Map(settled.columns.map((column) => [column.name, column]));
  return { columns, infos, contents: settled.contents, notes: settled.notes };
}

const withCodes = (column: Column, settled: Column): Column =>
  column.kind === 'coded' && settled.kind === 'coded' ? { ...column, codes: settled.codes } : column;
