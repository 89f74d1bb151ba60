import type { SliceCondition } from '../../../shared/results/slices.ts';
import {
  type Cell,
  type CodedColumn,
  type Column,
  cell,
  columnNamed,
  type NumericColumn,
  type Table,
} from '../../data/table.ts';
import { quantile } from '../../statistics/quantile.ts';

/** A condition on one column, and the rows that meet it. */
export interface ConditionRows {
  readonly condition: SliceCondition;
  /** The condition of all other rows. */
  readonly otherwise: SliceCondition;
  /** [rows] 1 where it holds. */
  readonly holds: Uint8Array;
}

/** Numbers are cut at these shares of their rows; levels at most so many, the most frequent. */
const [cuts, mostLevels] = [[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], 12];

/**
 * The conditions that slices are made of: levels, numbers above and at most their deciles, missing values.
 * @param fewest rows that each has, and leaves over
 */
export function conditionsOf(column: Column, fewest: number): ConditionRows[] {
  const all = column.kind === 'numeric' ? ofNumbers(column) : ofLevels(column);
  return [...all, missing(column)].filter(({ holds }) => {
    let count = 0;
    for (let i = 0; i < holds.length; i++) count += holds[i];
    return count >= fewest && count <= holds.length - fewest;
  });
}

function ofNumbers({ name, type, values }: NumericColumn): ConditionRows[] {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  const hasMissing = known.length < values.length;
  const edges = [...new Set(cuts.map((share) => quantile(known, share)))].filter((edge) => !Number.isNaN(edge));
  return edges.flatMap((edge) => {
    const value = type === 'date' ? new Date(edge).toISOString().slice(0, 10) : edge;
    const above = { column: name, relation: 'above', value } as const;
    const below = { column: name, relation: 'at most', value } as const;
    const other = hasMissing ? ({ orMissing: true } as const) : {};
    return [
      {
        condition: above,
        otherwise: { ...below, ...other },
        holds: where(values, (x) => x > edge),
      },
      {
        condition: below,
        otherwise: { ...above, ...other },
        holds: where(values, (x) => x <= edge),
      },
    ];
  });
}

function ofLevels({ name, codes, levels }: CodedColumn): ConditionRows[] {
  const counts = new Float64Array(levels.length);
  for (const code of codes) if (code >= 0) counts[code]++;
  const frequent = [...levels.keys()]
    .filter((code) => counts[code] > 0)
    .sort((a, b) => counts[b] - counts[a])
    .slice(0, mostLevels);
  return frequent.map((code) => ({
    condition: { column: name, relation: 'is', value: levels[code] },
    otherwise: { column: name, relation: 'is not', value: levels[code] },
    holds: where(codes, (one) => one === code),
  }));
}

const missing = (column: Column): ConditionRows => ({
  condition: { column: column.name, relation: 'missing', value: null },
  otherwise: { column: column.name, relation: 'not missing', value: null },
  holds: column.kind === 'numeric' ? where(column.values, Number.isNaN) : where(column.codes, (code) => code < 0),
});

function where(cells: Float64Array | Int32Array, condition: (cell: number) => boolean): Uint8Array {
  const holds = new Uint8Array(cells.length);
  for (let i = 0; i < cells.length; i++) if (condition(cells[i])) holds[i] = 1;
  return holds;
}

/** [rows] 1 where all conditions hold. Throws a RangeError on a column that there is not. */
export function rowsMeeting(table: Table, conditions: readonly SliceCondition[]): Uint8Array {
  const all = new Uint8Array(table.rowCount).fill(1);
  for (const condition of conditions) {
    const column = columnNamed(table, condition.column);
    for (let row = 0; row < all.length; row++) if (!meets(cell(column, row), column, condition)) all[row] = 0;
  }
  return all;
}

function meets(value: Cell, column: Column, { relation, value: wanted, orMissing }: SliceCondition): boolean {
  if (relation === 'missing' || relation === 'not missing') return (value === null) === (relation === 'missing');
  if (value === null) return orMissing === true || relation === 'is not';
  if (relation === 'is' || relation === 'is not') return (value === wanted) === (relation === 'is');
  const [own, edge] =
    column.type === 'date' ? [Date.parse(String(value)), Date.parse(String(wanted))] : [Number(value), Number(wanted)];
  return relation === 'above' ? own > edge : own <= edge;
}
