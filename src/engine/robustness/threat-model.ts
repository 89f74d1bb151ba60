import type { CodedColumn, Column, NumericColumn, Table } from '../data/table.ts';
import { quantile } from '../statistics/quantile.ts';

/** What an attacker may do to a column of numbers. */
export interface NumericThreat {
  readonly kind: 'numeric';
  readonly name: string;
  /** Why the column may not be edited; null where it may. */
  readonly frozen: string | null;
  /** Range of the training part. */
  readonly minimum: number;
  readonly maximum: number;
  /** Interquartile range of the training part: epsilon is counted in it. */
  readonly iqr: number;
  /** Edits are multiples of this: 1 for integers, the last recorded decimal, a day for dates; 0 where any value may occur. */
  readonly step: number;
}

/** What an attacker may do to a category or a boolean. */
export interface CodedThreat {
  readonly kind: 'coded';
  readonly name: string;
  readonly frozen: string | null;
  readonly levels: readonly string[];
  /** Codes that occur in the training part, ascending. */
  readonly observed: readonly number[];
}

export type ColumnThreat = NumericThreat | CodedThreat;

/** Which edits count as small and possible. Missing values stay missing, whatever the column. */
export interface ThreatModel {
  readonly columns: readonly ColumnThreat[];
  /** At most this many categories of a row may change. */
  readonly categoricalEdits: number;
}

export interface ThreatOptions {
  readonly categoricalEdits: number;
  /** Columns that stay as they are because the person said so, such as the sensitive ones. */
  readonly frozen: readonly string[];
}

/**
 * Reads a threat model off the training part. Ids, free text, columns named in `frozen`, columns without a value and
 * columns whose middle half is one value (epsilon would be 0 of it) are frozen, each with its reason.
 */
export function threatModel(train: Table, options: ThreatOptions): ThreatModel {
  const columns = train.columns.map((column) => {
    const given = options.frozen.includes(column.name) ? 'kept by request' : null;
    return column.kind === 'numeric' ? numericThreat(column, given) : codedThreat(column, given);
  });
  return { columns, categoricalEdits: options.categoricalEdits };
}

function numericThreat(column: NumericColumn, given: string | null): NumericThreat {
  const values = column.values.filter((value) => !Number.isNaN(value)).sort();
  const iqr = values.length > 0 ? quantile(values, 0.75) - quantile(values, 0.25) : 0;
  const nothing = values.length === 0 ? 'no value in the training part' : null;
  const spread = iqr > 0 ? null : 'the middle half of its training values is one value';
  return {
    kind: 'numeric',
    name: column.name,
    frozen: given ?? nothing ?? spread,
    minimum: values[0] ?? Number.NaN,
    maximum: values.at(-1) ?? Number.NaN,
    iqr,
    step: stepOf(column.type, values),
  };
}

const day = 86_400_000;

/** The grid on which a column was recorded, so that an edited value is one that could have been written down. */
function stepOf(type: NumericColumn['type'], values: Float64Array): number {
  if (type === 'integer') return 1;
  if (type === 'date') return values.every((value) => value % day === 0) ? day : 1000;
  for (let decimals = 0; decimals <= 4; decimals++) {
    const scale = 10 ** decimals;
    // Single-precision files hold 9.59 as 9.59000015.
    if (values.every((value) => Math.abs(value * scale - Math.round(value * scale)) <= 1e-7 * Math.abs(value * scale)))
      return 1 / scale;
  }
  return 0;
}

/** What no attack changes. */
const unchangeable: Partial<Record<CodedColumn['type'], string>> = {
  id: 'an identifier',
  text: 'free text',
  image: 'an image',
};

function codedThreat(column: CodedColumn, given: string | null): CodedThreat {
  const seen = new Set(column.codes);
  const observed = column.levels.flatMap((_, code) => (seen.has(code) ? [code] : []));
  const kind = unchangeable[column.type] ?? null;
  const single = observed.length < 2 ? 'fewer than two levels in the training part' : null;
  return { kind: 'coded', name: column.name, frozen: given ?? kind ?? single, levels: column.levels, observed };
}

/**
 * Lowest and highest value that a cell may take: within `epsilon` IQRs of its own and within the training range (a row
 * that lies outside it may stay where it is), both on the column's grid. Missing: both NaN.
 */
export function allowedRange(threat: NumericThreat, own: number, epsilon: number): { low: number; high: number } {
  if (Number.isNaN(own) || threat.frozen !== null || epsilon <= 0) return { low: own, high: own };
  const reach = epsilon * threat.iqr;
  const low = Math.min(own, Math.max(threat.minimum, own - reach));
  const high = Math.max(own, Math.min(threat.maximum, own + reach));
  return { low: onGrid(threat, own, low, Math.ceil), high: onGrid(threat, own, high, Math.floor) };
}

/** The grid point next to a value, counted from the cell's own; `round` says to which side. */
export function onGrid(threat: NumericThreat, own: number, value: number, round: (steps: number) => number): number {
  if (threat.step === 0 || value === own) return value;
  const steps = (value - own) / threat.step;
  // A hair beyond a grid point by rounding is that grid point.
  const whole = Math.abs(steps - Math.round(steps)) < 1e-7 ? Math.round(steps) : round(steps);
  return whole === 0 ? own : Number((own + whole * threat.step).toPrecision(13));
}

/** The threat to a column. Throws a RangeError where the model has none of that name and kind. */
export function threatOf(threat: ThreatModel, column: Column): ColumnThreat {
  const found = threat.columns.find(({ name, kind }) => name === column.name && kind === column.kind);
  if (!found) throw new RangeError(`the threat model has no ${column.kind} column "${column.name}"`);
  return found;
}
