import type { Random } from '../../random.ts';

/** Rows of one round, ascending, and those left out, at the beginning of two arrays that serve every round. */
export class RowSample {
  readonly inside: Uint32Array;
  readonly outside: Uint32Array;
  insideCount = 0;
  outsideCount = 0;

  constructor(rows: number) {
    this.inside = new Uint32Array(rows);
    this.outside = new Uint32Array(rows);
  }

  /** Draws afresh: each row is in with the same chance; at least one is. */
  draw(share: number, random: Random): void {
    const rows = this.inside.length;
    this.insideCount = 0;
    this.outsideCount = 0;
    const lucky = random.integer(rows);
    const key = random.integer(2 ** 31);
    const bound = share >= 1 ? 2 ** 32 : share * 2 ** 32;
    for (let row = 0; row < rows; row++) {
      if (mixed(row ^ key) < bound || row === lucky) this.inside[this.insideCount++] = row;
      else this.outside[this.outsideCount++] = row;
    }
  }
}

/** A number of 32 bits in which each bit depends on all of the given one's: the last steps of MurmurHash3 (Appleby), twice. */
function mixed(value: number): number {
  let x = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  x = Math.imul(x ^ (x >>> 16) ^ 0x9e3779b9, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** Columns of one tree, ascending: a share of them, at least one. */
export function sampleColumns(columns: number, share: number, random: Random): Int32Array {
  const count = Math.max(1, Math.round(columns * share));
  if (count >= columns) return Int32Array.from({ length: columns }, (_, column) => column);
  return Int32Array.from(random.permutation(columns).subarray(0, count)).sort();
}
