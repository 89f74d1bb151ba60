import type { Column } from '../../data/table.ts';

/** Names of the columns that say what an earlier one (in this order) says, number for number or level for level, and of those with one value. */
export function redundantColumns(columns: readonly Column[]): Set<string> {
  const redundant = new Set<string>();
  const seen = new Map<number, Column[]>();
  for (const column of columns) {
    const digest = digestOf(column);
    const alike = seen.get(digest) ?? [];
    if (isConstant(column) || alike.some((other) => sameValues(column, other))) redundant.add(column.name);
    else seen.set(digest, [...alike, column]);
  }
  return redundant;
}

const isConstant = (column: Column): boolean =>
  column.kind === 'numeric'
    ? column.values.every((value) => Object.is(value, column.values[0]))
    : column.codes.every((code) => code === column.codes[0]);

function sameValues(a: Column, b: Column): boolean {
  if (a.kind === 'numeric')
    return b.kind === 'numeric' && a.values.every((value, row) => Object.is(value, b.values[row]));
  return b.kind === 'coded' && a.codes.every((code, row) => levelAt(a, code) === levelAt(b, b.codes[row]));
}

const levelAt = ({ levels }: Extract<Column, { kind: 'coded' }>, code: number) => (code < 0 ? null : levels[code]);

/** The same for columns of the same values; rarely for others. 32-bit FNV-1a over a few hundred rows. */
function digestOf(column: Column): number {
  const rows = column.kind === 'numeric' ? column.values.length : column.codes.length;
  const step = Math.max(1, Math.floor(rows / 256));
  let hash = column.kind === 'numeric' ? 0x811c9dc5 : 0x1c9dc511;
  const bits = new DataView(new ArrayBuffer(8));
  for (let row = 0; row < rows; row += step) {
    if (column.kind === 'numeric') {
      bits.setFloat64(0, column.values[row]);
      hash = Math.imul(hash ^ bits.getInt32(0), 0x01000193);
      hash = Math.imul(hash ^ bits.getInt32(4), 0x01000193);
    } else hash = Math.imul(hash ^ (levelAt(column, column.codes[row])?.length ?? -1), 0x01000193);
  }
  return hash;
}
