import { countWords } from '../../shared/results/numbers.ts';
import type { Target } from './dataset.ts';
import type { Column, Table } from './table.ts';

/**
 * Cheap warnings worth showing before anything is fitted: one pass over each column.
 * @param rowIds [rows] positions in the file, from 0
 */
export function dataChecks(features: Table, target: Target, rowIds: Uint32Array): string[] {
  const notes: string[] = [];
  const name = (columns: readonly Column[]) => columns.map((column) => `"${column.name}"`).join(', ');
  const constant = features.columns.filter(isConstant);
  if (constant.length > 0) notes.push(`The same value in every row: ${name(constant)}.`);
  const sparse = features.columns.filter((column) => missingShare(column) > 0.5);
  if (sparse.length > 0) notes.push(`Missing in more than half of the rows: ${name(sparse)}.`);
  const leaking = features.columns.filter((column) => !isConstant(column) && repeatsTarget(column, target));
  if (leaking.length > 0) {
    notes.push(
      `Tells the target exactly, so it may not be known when a prediction is wanted: ${name(leaking)}. If so, list it under \`ignore\`.`,
    );
  }
  const extreme = target.kind === 'values' ? extremeRows(target.values) : [];
  if (extreme.length > 0) notes.push(extremeWords(extreme, target, rowIds));
  const repeats = duplicateRows(features, target);
  if (repeats > 0) notes.push(`${repeats} of ${features.rowCount} rows repeat an earlier row, target included.`);
  return notes;
}

/** Learners and metrics square the target: the sum of squares of a million rows of this size still is a double. */
const largestTarget = 1e150;

const extremeRows = (values: Float64Array): number[] =>
  [...values.keys()].filter((row) => Math.abs(values[row]) > largestTarget);

function extremeWords(rows: readonly number[], target: Target, rowIds: Uint32Array): string {
  const [first] = rows;
  const value = target.kind === 'values' ? target.values[first] : Number.NaN;
  return `The target is beyond ${largestTarget} in ${countWords(rows.length, 'row')}, first in row ${rowIds[first] + 1} (${value}): squares of such numbers overflow, so that figures read 'not measured' and models may predict nothing of use. Take the rows out, or divide the target or take its logarithm.`;
}

/** Values as numbers that are equal where the cells are; NaN is missing. */
const valueAt = (column: Column, row: number): number =>
  column.kind === 'numeric' ? column.values[row] : column.codes[row] < 0 ? Number.NaN : column.codes[row];

function isConstant(column: Column): boolean {
  const values = column.kind === 'numeric' ? column.values : column.codes;
  return values.every((value) => Object.is(value, values[0]));
}

function missingShare(column: Column): number {
  let missing = 0;
  for (const value of column.kind === 'numeric' ? column.values : column.codes) {
    if (column.kind === 'numeric' ? Number.isNaN(value) : value < 0) missing++;
  }
  return missing / (column.kind === 'numeric' ? column.values : column.codes).length;
}

/** Whether a column is the target under other names: one class a value and one value a class, or a linear function of the number. */
function repeatsTarget(column: Column, target: Target): boolean {
  return target.kind === 'classes' ? repeatsClasses(column, target.codes) : correlatesWholly(column, target.values);
}

function repeatsClasses(column: Column, codes: Int32Array): boolean {
  const classOf = new Map<number, number>();
  const valueOfClass = new Map<number, number>();
  for (let row = 0; row < codes.length; row++) {
    const value = valueAt(column, row);
    if (Number.isNaN(value)) return false;
    const known = classOf.get(value);
    if (known === undefined) {
      if (valueOfClass.has(codes[row])) return false;
      classOf.set(value, codes[row]);
      valueOfClass.set(codes[row], value);
    } else if (known !== codes[row]) return false;
  }
  return true;
}

/** |Pearson's r| = 1 within rounding. */
function correlatesWholly(column: Column, values: Float64Array): boolean {
  if (column.kind !== 'numeric') return false;
  let [meanX, meanY, xx, yy, xy] = [0, 0, 0, 0, 0];
  for (let row = 0; row < values.length; row++) {
    const dx = column.values[row] - meanX;
    const dy = values[row] - meanY;
    meanX += dx / (row + 1);
    meanY += dy / (row + 1);
    xx += dx * (column.values[row] - meanX);
    yy += dy * (values[row] - meanY);
    xy += dx * (values[row] - meanY);
  }
  return values.length > 2 && Math.abs(xy) >= (1 - 1e-12) * Math.sqrt(xx * yy) && xx * yy > 0;
}

/** Rows equal to an earlier one, by a 64-bit hash of their cells (a false match among a million rows: 1 in 40 million). */
export function duplicateRows(features: Table, target: Target): number {
  const hashes = new BigUint64Array(features.rowCount);
  const halves = new Uint32Array(hashes.buffer).fill(0x811c9dc5);
  const bits = new Float64Array(1);
  const words = new Uint32Array(bits.buffer);
  const mix = (row: number, value: number) => {
    bits[0] = value;
    halves[2 * row] = scramble(scramble(halves[2 * row] ^ words[0]) ^ words[1]);
    halves[2 * row + 1] = scramble(
      scramble((halves[2 * row + 1] + 0x9e3779b9) ^ words[1]) ^ Math.imul(words[0], 0x85ebca6b),
    );
  };
  for (const column of features.columns) for (let row = 0; row < hashes.length; row++) mix(row, valueAt(column, row));
  const values = target.kind === 'classes' ? target.codes : target.values;
  for (let row = 0; row < hashes.length; row++) mix(row, values[row]);
  hashes.sort();
  let repeats = 0;
  for (let i = 1; i < hashes.length; i++) if (hashes[i] === hashes[i - 1]) repeats++;
  return repeats;
}

/** MurmurHash3's 32-bit finaliser (Appleby 2011). */
function scramble(value: number): number {
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}
