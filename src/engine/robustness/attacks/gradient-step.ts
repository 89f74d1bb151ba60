import type { NumericColumn, Table } from '../../data/table.ts';
import type { InputGradient } from '../../models/predictor.ts';
import { allowedRange, type NumericThreat, type ThreatModel, threatOf } from '../threat-model.ts';

/**
 * Moves every numeric cell by `step` IQRs up its loss gradient's sign (Goodfellow et al. 2015, section 4), within
 * `epsilon` IQRs of the original and the threat model's range. A gradient of 0 or NaN leaves the cell where it is.
 * @param from rows to move, [rows] like `original`
 */
export function signStep(
  original: Table,
  from: Table,
  gradient: InputGradient,
  threat: ThreatModel,
  epsilon: number,
  step: number,
): Table {
  const columns = original.columns.map((column, c) => {
    const moving = from.columns[c];
    const position = gradient.columns.indexOf(column.name);
    if (column.kind !== 'numeric' || moving.kind !== 'numeric' || position < 0) return moving;
    const limits = threatOf(threat, column) as NumericThreat;
    const slope = (row: number) => gradient.values[row * gradient.columns.length + position];
    return moveColumn(column, moving, limits, epsilon, (row) => step * limits.iqr * (Math.sign(slope(row)) || 0));
  });
  return { rowCount: original.rowCount, columns };
}

function moveColumn(
  own: NumericColumn,
  from: NumericColumn,
  limits: NumericThreat,
  epsilon: number,
  move: (row: number) => number,
): NumericColumn {
  const values = Float64Array.from(from.values, (value, row) => {
    const { low, high } = allowedRange(limits, own.values[row], epsilon);
    return Number.isNaN(own.values[row]) ? Number.NaN : Math.min(high, Math.max(low, value + move(row)));
  });
  return { ...own, values };
}
