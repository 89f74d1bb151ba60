import type { ColumnCondition } from '../../../shared/cohort/cohort.ts';
import type { Column } from '../../data/table.ts';
import type { Grouping } from '../../fairness/grouping.ts';

/** What holds of the rows of each group by a column, by the group's name: its levels, or from its least number to its greatest. */
export function groupConditions(column: Column, { names, codes }: Grouping): ReadonlyMap<string, ColumnCondition> {
  return new Map(
    names.map((name, group) => [
      name,
      conditionOf(
        column,
        [...codes.keys()].filter((row) => codes[row] === group),
      ),
    ]),
  );
}

function conditionOf(column: Column, rows: readonly number[]): ColumnCondition {
  const { name } = column;
  if (column.kind === 'coded') {
    const own = new Set(rows.map((row) => column.codes[row]));
    const missing = own.delete(-1);
    return { kind: 'levels', column: name, levels: [...own].map((code) => column.levels[code]), isNot: false, missing };
  }
  const known = rows.map((row) => column.values[row]).filter((value) => !Number.isNaN(value));
  if (known.length === 0) return { kind: 'missing', column: name, isNot: false };
  const bound = (value: number) => ({ value, included: true });
  return {
    kind: 'numbers',
    column: name,
    ...(column.type === 'date' && { date: true as const }),
    low: bound(known.reduce((a, b) => Math.min(a, b))),
    high: bound(known.reduce((a, b) => Math.max(a, b))),
    missing: known.length < rows.length,
  };
}
