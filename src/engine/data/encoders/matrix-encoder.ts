import { quantile } from '../../statistics/quantile.ts';
import type { Column, Table } from '../table.ts';
import type { Pause } from './bin-encoder.ts';
import { byName, codesOf, frequentLevels, numbersOf, unseen } from './raw-columns.ts';

export interface MatrixOptions {
  /** 'standard': (x - mean) / deviation. 'robust': (x - median) / interquartile range, or half the range where that is 0. */
  readonly scaling?: 'standard' | 'robust';
  /** Bends a scaled number x smoothly into +-3: x / sqrt(1 + (x/3)^2) (RealMLP, Holzmüller et al. 2024, section 3). */
  readonly squash?: boolean;
  /** Most frequent levels that get a column of their own; the rest share one. */
  readonly maxLevels?: number;
  /** Text and id columns are used only when they have at most this many levels. */
  readonly maxTextLevels?: number;
  /** Levels with fewer rows are joined; by default a hundredth of the rows, at most 10. */
  readonly minLevelRows?: number;
}

/** Where a matrix column comes from. A raw number is `center + scale * encoded` (before squashing). */
export interface MatrixOutput {
  readonly column: string;
  readonly kind: 'value' | 'missing' | 'level';
  /** The one level that it flags; absent where rare levels share it. */
  readonly level?: string;
  readonly center: number;
  readonly scale: number;
  /** Bound of a squashed number. */
  readonly limit?: number;
}

/** Dense rows for linear models, neighbours and networks. `values`: [rows x columns] row-major, always finite. */
export interface EncodedMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

interface NumericState {
  readonly kind: 'numeric';
  readonly name: string;
  readonly center: number;
  readonly scale: number;
  readonly median: number;
  readonly limit?: number;
  /** False for a column with one value, kept for its missing flag alone. */
  readonly hasValue: boolean;
  readonly hasMissing: boolean;
}

interface CodedState {
  readonly kind: 'coded';
  readonly name: string;
  readonly levels: readonly string[];
  /** Rare levels that share one matrix column. */
  readonly joined: readonly string[];
  /** So many levels are rare that they are not listed: unseen ones are taken for such. */
  readonly joinsUnseen?: true;
  readonly hasMissing: boolean;
}

/** All an encoder has learnt; survives JSON. */
export interface MatrixState {
  readonly columns: readonly (NumericState | CodedState)[];
}

export interface MatrixEncoder {
  /** One entry a matrix column. */
  readonly outputs: readonly MatrixOutput[];
  readonly state: MatrixState;
  /** Columns are found by name and levels by text; a missing column is a RangeError, an unseen level all zero. */
  encode(table: Table): EncodedMatrix;
}

/** Rare levels that are remembered by name. */
const mostListed = 10_000;

/** Encoded numbers stay within this many scales, so that Float32 and what is computed from it stay finite. */
export const bound = 1e6;

/** Learns medians, scales and levels from training rows. Constant columns, and text with many levels, are left out. */
export function fitMatrixEncoder(features: Table, options: MatrixOptions = {}): MatrixEncoder {
  const states = byName(features).map((column) => fitColumn(features, column, options));
  return restoreMatrixEncoder({ columns: states.filter((state) => state !== undefined) });
}

/** The same, with a pause after each column. */
export async function fitMatrixEncoderPaced(
  features: Table,
  options: MatrixOptions,
  pause: Pause,
): Promise<MatrixEncoder> {
  const states: (NumericState | CodedState | undefined)[] = [];
  for (const column of byName(features)) {
    states.push(fitColumn(features, column, options));
    await pause(20 * features.rowCount);
  }
  return restoreMatrixEncoder({ columns: states.filter((state) => state !== undefined) });
}

const fitColumn = (features: Table, column: Column, options: MatrixOptions): NumericState | CodedState | undefined =>
  column.kind === 'numeric'
    ? fitNumeric(numbersOf(features, column.name), column.name, options)
    : fitCoded(column, options);

function fitNumeric(values: Float64Array, name: string, options: MatrixOptions): NumericState | undefined {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const hasMissing = sorted.length > 0 && sorted.length < values.length;
  const hasValue = sorted.length > 0 && sorted[0] < sorted[sorted.length - 1];
  if (!hasValue && !hasMissing) return undefined;
  const median = quantile(sorted, 0.5);
  const spread = options.scaling === 'standard' ? standardSpread(sorted) : robustSpread(sorted, median);
  const limit = options.squash ? 3 : undefined;
  return { kind: 'numeric', name, ...spread, median, limit, hasValue, hasMissing };
}

function standardSpread(sorted: Float64Array): { center: number; scale: number } {
  let center = 0;
  for (let i = 0; i < sorted.length; i++) center += (sorted[i] - center) / (i + 1);
  let squares = 0;
  for (const value of sorted) squares += (value - center) ** 2;
  return { center, scale: positive(Math.sqrt(squares / sorted.length)) };
}

function robustSpread(sorted: Float64Array, median: number): { center: number; scale: number } {
  const range = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  const halfRange = sorted[sorted.length - 1] / 2 - sorted[0] / 2;
  return { center: median, scale: positive(range > 0 ? range : halfRange) };
}

/** Subnormal and overflowing spreads cannot be divided by. */
const positive = (scale: number) => (scale > 1e-300 && scale < Number.POSITIVE_INFINITY ? scale : 1);

function fitCoded(column: Extract<Column, { kind: 'coded' }>, options: MatrixOptions): CodedState | undefined {
  const present = frequentLevels(column);
  if ((column.type === 'text' || column.type === 'id') && present.length > (options.maxTextLevels ?? 20))
    return undefined;
  const hasMissing = column.codes.includes(-1) && present.length > 0;
  if (present.length < 2 && !hasMissing) return undefined;
  const minRows = options.minLevelRows ?? Math.min(10, Math.ceil(column.codes.length / 100));
  const own = present.filter(({ count }, rank) => count >= minRows && rank < (options.maxLevels ?? 100));
  const rare = present.slice(own.length);
  const levels = (rare.length === 1 ? present : own).map(({ level }) => level);
  const joinsUnseen = rare.length > mostListed;
  const joined = rare.length === 1 || joinsUnseen ? [] : rare.map(({ level }) => level);
  return {
    kind: 'coded',
    name: column.name,
    levels: present.length < 2 ? [] : levels,
    joined,
    ...(joinsUnseen && { joinsUnseen }),
    hasMissing,
  };
}

/** The encoder that `state` was taken from. */
export function restoreMatrixEncoder(state: MatrixState): MatrixEncoder {
  const outputs = state.columns.flatMap(outputsOf);
  return {
    outputs,
    state,
    encode(table) {
      const matrix = {
        rows: table.rowCount,
        columns: outputs.length,
        values: new Float32Array(table.rowCount * outputs.length),
      };
      let offset = 0;
      for (const column of state.columns) {
        if (column.kind === 'numeric') writeNumeric(column, table, matrix, offset);
        else writeCoded(column, table, matrix, offset);
        offset += outputsOf(column).length;
      }
      return matrix;
    },
  };
}

const hasJoined = ({ joined, joinsUnseen }: CodedState): boolean => joined.length > 0 || joinsUnseen === true;

function outputsOf(state: NumericState | CodedState): MatrixOutput[] {
  const flag = { column: state.name, center: 0, scale: 1 };
  const missing: MatrixOutput[] = state.hasMissing ? [{ ...flag, kind: 'missing' }] : [];
  if (state.kind === 'numeric') {
    const { name: column, center, scale, limit } = state;
    return state.hasValue ? [{ column, kind: 'value', center, scale, limit }, ...missing] : missing;
  }
  const levels: MatrixOutput[] = state.levels.map((level) => ({ ...flag, kind: 'level', level }));
  const joined: MatrixOutput[] = hasJoined(state) ? [{ ...flag, kind: 'level' }] : [];
  return [...levels, ...joined, ...missing];
}

function writeNumeric(state: NumericState, table: Table, matrix: EncodedMatrix, offset: number): void {
  const { center, scale, median, limit, hasValue, hasMissing } = state;
  const numbers = numbersOf(table, state.name);
  const flag = offset + (hasValue ? 1 : 0);
  for (let row = 0, base = 0; row < matrix.rows; row++, base += matrix.columns) {
    const missing = Number.isNaN(numbers[row]);
    if (hasValue) {
      const scaled = ((missing ? median : numbers[row]) - center) / scale;
      const bounded = Math.max(-bound, Math.min(bound, scaled));
      matrix.values[base + offset] = limit ? bounded / Math.sqrt(1 + (bounded / limit) ** 2) : bounded;
    }
    if (hasMissing && missing) matrix.values[base + flag] = 1;
  }
}

function writeCoded(state: CodedState, table: Table, matrix: EncodedMatrix, offset: number): void {
  const { levels, joined, joinsUnseen, hasMissing } = state;
  const places = new Map<string, number>(levels.map((level, i) => [level, i]));
  for (const level of joined) places.set(level, levels.length);
  const flag = levels.length + (hasJoined(state) ? 1 : 0);
  const codes = codesOf(table, state.name, places);
  for (let row = 0, base = offset; row < matrix.rows; row++, base += matrix.columns) {
    const code = codes[row];
    if (code >= 0) matrix.values[base + code] = 1;
    else if (code === unseen && joinsUnseen) matrix.values[base + levels.length] = 1;
    else if (code !== unseen && hasMissing) matrix.values[base + flag] = 1;
  }
}

/** d encoded / d raw of a 'value' output where it takes this encoded value. */
export function encodedSlope(output: MatrixOutput, encoded: number): number {
  if (!output.limit) return 1 / output.scale;
  // z = x / sqrt(1 + (x/l)^2) has dz/dx = (1 + (x/l)^2)^(-3/2) = (1 - (z/l)^2)^(3/2).
  return Math.max(0, 1 - (encoded / output.limit) ** 2) ** 1.5 / output.scale;
}
