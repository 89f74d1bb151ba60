import { createHash } from 'node:crypto';
import type { Target } from './dataset.ts';
import type { Column } from './table.ts';

/**
 * SHA-256 over names, types and values in their order, first 16 hexadecimal digits: features, then keys, then the target.
 * An image counts by its path and its content. The same table as CSV and as Parquet has one hash; the order of rows and of columns counts.
 */
export function dataHash(
  columns: readonly Column[],
  targetName: string,
  target: Target,
  contents: ReadonlyMap<string, string> = new Map(),
): string {
  const hash = createHash('sha256');
  const add = (facts: readonly unknown[], values: Float64Array | Int32Array) => {
    hash.update(`${JSON.stringify(facts)}\n`);
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  };
  for (const column of columns) {
    if (column.kind === 'numeric') add([column.name, column.type, column.values.length], column.values);
    else {
      const levels = column.levels.map((level) => (column.type === 'image' ? (contents.get(level) ?? level) : level));
      add([column.name, column.type, column.codes.length, levels], column.codes);
    }
  }
  if (target.kind === 'classes') add(['target', targetName, target.classes], target.codes);
  else add(['target', targetName], target.values);
  return hash.digest('hex').slice(0, 16);
}
