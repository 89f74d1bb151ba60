import { cellNumbers } from './cell-numbers.ts';
import type { Column } from './table.ts';

/**
 * [rows] a text for each row, equal where all cells are equal (missing equals missing): 64 bits, so that among a million rows a false match
 * has a chance of 1 in 40 million.
 */
export function rowKeys(columns: readonly Column[], rowCount: number): string[] {
  const halves = new Uint32Array(2 * rowCount).fill(0x811c9dc5);
  const bits = new Float64Array(1);
  const words = new Uint32Array(bits.buffer);
  for (const column of columns) {
    const cells = cellNumbers(column);
    for (let row = 0; row < rowCount; row++) {
      // 0 and -0 are one value, and so are all NaN.
      bits[0] = Number.isNaN(cells[row]) ? Number.NaN : cells[row] + 0;
      halves[2 * row] = scramble(scramble(halves[2 * row] ^ words[0]) ^ words[1]);
      halves[2 * row + 1] = scramble(
        scramble((halves[2 * row + 1] + 0x9e3779b9) ^ words[1]) ^ Math.imul(words[0], 0x85ebca6b),
      );
    }
  }
  return Array.from({ length: rowCount }, (_, row) => `${halves[2 * row]}.${halves[2 * row + 1]}`);
}

/** MurmurHash3's 32-bit finaliser (Appleby 2011). */
function scramble(value: number): number {
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}

/** Rows by their key, in order; those that stand alone left out. */
export function repeatedRows(keys: readonly string[]): number[][] {
  const groups = new Map<string, number[]>();
  for (const [row, key] of keys.entries()) {
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** Rows of which no earlier one is equal, in order. */
export function distinctRows(keys: readonly string[]): number[] {
  const seen = new Set<string>();
  return Array.from(keys.keys()).filter((row) => seen.size < seen.add(keys[row]).size);
}

/**
 * Pairs of equal rows that chance alone would make of so many, were the columns independent: of a table of a few categories many, of one with a
 * measured number none. Columns that go together make more; so less than a few times as many prove nothing.
 */
export function chancePairs(columns: readonly Column[], rowCount: number): number {
  let logCollision = 0;
  for (const column of columns) {
    const counts = new Map<number, number>();
    for (const cell of cellNumbers(column)) counts.set(cell, (counts.get(cell) ?? 0) + 1);
    let sum = 0;
    for (const count of counts.values()) sum += (count / rowCount) ** 2;
    logCollision += Math.log(sum);
  }
  return ((rowCount * (rowCount - 1)) / 2) * Math.exp(logCollision);
}
