import { type Cell, type Column, cell, type NumericColumn, type Table } from '../../data/table.ts';
import {
  allowedRange,
  type CodedThreat,
  type NumericThreat,
  onGrid,
  threatModel,
} from '../../robustness/threat-model.ts';
import { standardDeviation } from '../../statistics/mean.ts';
import { median } from '../../statistics/median.ts';
import { quantile } from '../../statistics/quantile.ts';
import type { ExplainData } from '../explainer.ts';

/** What a person lets be changed of a row, by column names. */
export interface EditRules {
  /** Columns that stay as they are; unless told otherwise, the experiment's sensitive ones. */
  readonly frozen: readonly string[];
  /** Lowest and highest value of a column of numbers (dates as text too), or the levels that another may take. */
  readonly permitted: Readonly<Record<string, readonly (number | string)[]>>;
  /** Columns that may only grow, such as an age, and those that may only shrink. */
  readonly onlyUp: readonly string[];
  readonly onlyDown: readonly string[];
}

/** What the experiment calls sensitive and the model sees: attacks leave it alone, and so do counterfactuals unless told otherwise. */
export const sensitiveFeatures = ({ train, sensitive = [] }: ExplainData): readonly string[] =>
  sensitive.filter((name) => train.features.columns.some((column) => column.name === name));

interface EditsOf {
  readonly name: string;
  /** Position of the column in the table. */
  readonly column: number;
  readonly own: number;
  /** Values or codes that are tried by themselves. */
  readonly probes: readonly number[];
}

/** What a number may become. */
export interface NumericEdits extends EditsOf {
  readonly kind: 'numeric';
  readonly low: number;
  readonly high: number;
  readonly threat: NumericThreat;
  /** One unit of distance: the median absolute deviation of the training values, their standard deviation where that is 0. */
  readonly scale: number;
}

/** What a level may become. */
export interface CodedEdits extends EditsOf {
  readonly kind: 'coded';
  readonly codes: readonly number[];
}

export type ColumnEdits = NumericEdits | CodedEdits;

/** A column that no counterfactual changes, and why. */
export interface KeptColumn {
  readonly column: string;
  readonly reason: string;
}

/** Levels that are tried by themselves, the most frequent first. */
const probedLevels = 8;
const probedShares = [0.02, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.98];

/**
 * Reads off the training part what may be changed of a row, by the rules of the attacks' threat model: within the training range, on the
 * grid on which a column was recorded, to levels that occur; missing stays missing; ids, texts and images stay. Throws a RangeError on a
 * rule about a column that there is not, or that is empty.
 * @param row one row with the columns and levels of `train`
 * @param sample training rows that scales and frequencies are taken from
 */
export function permittedEdits(
  train: Table,
  sample: Table,
  row: Table,
  rules: EditRules,
): { readonly edits: readonly ColumnEdits[]; readonly kept: readonly KeptColumn[] } {
  checkRules(train, rules);
  const threat = threatModel(train, { categoricalEdits: train.columns.length, frozen: rules.frozen });
  const kept: KeptColumn[] = [];
  const edits = train.columns.flatMap((column, c): ColumnEdits[] => {
    const limits = threat.columns[c];
    const own = row.columns[c];
    const found =
      limits.kind === 'numeric'
        ? numericEdits(limits, own as NumericColumn, sample.columns[c] as NumericColumn, c, rules)
        : codedEdits(limits, own, sample.columns[c], c, rules);
    if (typeof found !== 'string') return [found];
    kept.push({ column: column.name, reason: found });
    return [];
  });
  return { edits, kept };
}

function numericEdits(
  threat: NumericThreat,
  { values: [own] }: NumericColumn,
  { values }: NumericColumn,
  column: number,
  { frozen, permitted, onlyUp, onlyDown }: EditRules,
): NumericEdits | string {
  const { name, minimum, maximum } = threat;
  if (frozen.includes(name)) return 'kept by request';
  if (!(minimum < maximum)) return 'fewer than two values in the training part';
  if (Number.isNaN(own)) return 'missing in this row';
  // Epsilon means nothing here: a column whose middle half is one value may still be edited.
  const free = { ...threat, frozen: null };
  const range = allowedRange(free, own, Number.POSITIVE_INFINITY);
  const [least, most] = (permitted[name] ?? [-Infinity, Infinity]).map(numberOf);
  const low = onGrid(free, own, Math.max(range.low, least, onlyUp.includes(name) ? own : -Infinity), Math.ceil);
  const high = onGrid(free, own, Math.min(range.high, most, onlyDown.includes(name) ? own : Infinity), Math.floor);
  if (!(low < high) && (low === own || !(low <= high))) return 'nothing else is permitted';
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const scale = scaleOf(sorted) || maximum - minimum;
  const all = [low, high, ...probedShares.map((share) => onGrid(free, own, quantile(sorted, share), Math.round))];
  const probes = [...new Set(all)].filter((value) => value >= low && value <= high && value !== own);
  return { kind: 'numeric', name, column, own, low, high, threat: free, scale, probes };
}

/** Wachter, Mittelstadt and Russell (2017), equation 4: robust against outliers. */
function scaleOf(sorted: Float64Array): number {
  const middle = quantile(sorted, 0.5);
  return median(sorted.map((value) => Math.abs(value - middle))) || standardDeviation(sorted);
}

const numberOf = (bound: number | string): number => (typeof bound === 'number' ? bound : Date.parse(bound));

function codedEdits(
  threat: CodedThreat,
  own: Column,
  sample: Column,
  column: number,
  { frozen, permitted }: EditRules,
): CodedEdits | string {
  const { name, observed, levels } = threat;
  if (frozen.includes(name)) return 'kept by request';
  if (threat.frozen !== null) return threat.frozen;
  if (own.kind !== 'coded' || sample.kind !== 'coded' || own.codes[0] < 0) return 'missing in this row';
  const codes = observed.filter((code) => code !== own.codes[0] && (permitted[name]?.includes(levels[code]) ?? true));
  if (codes.length === 0) return 'nothing else is permitted';
  const counts = new Uint32Array(levels.length);
  for (const code of sample.codes) if (code >= 0) counts[code]++;
  const probes = codes.toSorted((a, b) => counts[b] - counts[a]).slice(0, probedLevels);
  return { kind: 'coded', name, column, own: own.codes[0], codes, probes };
}

/** The permitted cell that is nearest to a wanted one; the row's own where none is. */
export function permit(edit: ColumnEdits, wanted: number): number {
  if (edit.kind === 'coded') return edit.codes.includes(wanted) ? wanted : edit.own;
  if (Number.isNaN(wanted)) return edit.own;
  const { low, high, own, threat } = edit;
  return Math.min(high, Math.max(low, onGrid(threat, own, wanted, Math.round)));
}

/** How far a cell is from the row's own: in units of the column's scale, 1 for another level. */
export const editSize = (edit: ColumnEdits, value: number): number =>
  value === edit.own ? 0 : edit.kind === 'coded' ? 1 : Math.abs(value - edit.own) / edit.scale;

/** A cell as a person would write it. */
export function cellWritten(model: Table, column: number, value: number): Cell {
  const own = model.columns[column];
  return own.kind === 'numeric'
    ? cell({ ...own, values: Float64Array.of(value) }, 0)
    : cell({ ...own, codes: Int32Array.of(value) }, 0);
}

function checkRules(train: Table, { frozen, permitted, onlyUp, onlyDown }: EditRules): void {
  const byName = new Map(train.columns.map((column) => [column.name, column]));
  for (const name of [...frozen, ...Object.keys(permitted), ...onlyUp, ...onlyDown])
    if (!byName.has(name)) throw new RangeError(`"${name}" is not a feature, so that no rule about it can hold`);
  for (const name of [...onlyUp, ...onlyDown])
    if (byName.get(name)!.kind !== 'numeric')
      throw new RangeError(`"${name}" has levels, which neither grow nor shrink`);
  const both = onlyUp.find((name) => onlyDown.includes(name));
  if (both !== undefined) throw new RangeError(`"${both}" may only grow and only shrink: freeze it instead`);
  for (const [name, range] of Object.entries(permitted)) {
    const column = byName.get(name)!;
    if (column.kind === 'coded') {
      const unknown = range.find((level) => !column.levels.includes(String(level)));
      if (unknown !== undefined) throw new RangeError(`"${unknown}" is not a level of "${name}"`);
    } else if (range.length !== 2 || !(numberOf(range[0]) <= numberOf(range[1])))
      throw new RangeError(`the range of "${name}" must be its lowest and highest value, not ${range.join(', ')}`);
  }
}
