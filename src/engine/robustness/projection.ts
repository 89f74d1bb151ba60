import type { CodedColumn, Column, NumericColumn, Table } from '../data/table.ts';
import {
  allowedRange,
  type CodedThreat,
  type NumericThreat,
  onGrid,
  type ThreatModel,
  threatOf,
} from './threat-model.ts';

export interface Projection {
  /** The nearest rows that the threat model allows. */
  readonly rows: Table;
  /** Cells that were edited, and how many of these edits were allowed as they were. */
  readonly proposed: number;
  readonly valid: number;
}

/**
 * Brings edited rows back into what the threat model allows at this epsilon: types, ranges, grids, observed levels, the
 * number of categorical edits, missing values. Throws a RangeError where the columns or the number of rows differ.
 */
export function project(original: Table, edited: Table, threat: ThreatModel, epsilon: number): Projection {
  checkShape(original, edited);
  const counts = { proposed: 0, valid: 0 };
  const room = new Int32Array(original.rowCount).fill(epsilon > 0 ? threat.categoricalEdits : 0);
  const columns = original.columns.map((column, i): Column => {
    const candidate = edited.columns[i];
    const limits = threatOf(threat, column);
    if (column.kind === 'numeric' && limits.kind === 'numeric')
      return projectNumbers(column, candidate as NumericColumn, limits, epsilon, counts);
    return projectCodes(column as CodedColumn, candidate as CodedColumn, limits as CodedThreat, room, counts);
  });
  return { rows: { rowCount: original.rowCount, columns }, ...counts };
}

function checkShape(original: Table, edited: Table): void {
  const names = (table: Table) => table.columns.map(({ name, kind }) => `${name} (${kind})`).join(', ');
  if (edited.rowCount !== original.rowCount)
    throw new RangeError(`an attack gave ${edited.rowCount} rows for ${original.rowCount}`);
  if (names(edited) !== names(original))
    throw new RangeError(`an attack gave the columns ${names(edited)} for ${names(original)}`);
}

interface Counts {
  proposed: number;
  valid: number;
}

function projectNumbers(
  own: NumericColumn,
  edited: NumericColumn,
  threat: NumericThreat,
  epsilon: number,
  counts: Counts,
): NumericColumn {
  const values = Float64Array.from(own.values, (before, row) => {
    const wanted = edited.values[row];
    if (Object.is(wanted, before) || wanted === before) return before;
    counts.proposed++;
    if (Number.isNaN(before) || Number.isNaN(wanted)) return before;
    const { low, high } = allowedRange(threat, before, epsilon);
    const after = Math.min(high, Math.max(low, onGrid(threat, before, wanted, Math.round)));
    if (Math.abs(after - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted), threat.iqr)) counts.valid++;
    return after;
  });
  return { ...own, values };
}

function projectCodes(
  own: CodedColumn,
  edited: CodedColumn,
  threat: CodedThreat,
  room: Int32Array,
  counts: Counts,
): CodedColumn {
  const observed = new Set(threat.observed);
  const codes = Int32Array.from(own.codes, (before, row) => {
    const wanted = edited.codes[row];
    if (wanted === before) return before;
    counts.proposed++;
    if (before < 0 || threat.frozen !== null || !observed.has(wanted) || room[row] === 0) return before;
    counts.valid++;
    room[row]--;
    return wanted;
  });
  return { ...own, codes };
}
