/**
 * A test of one column's bins (BinEncoder; bin 0 is missing). 'between': a number in bins from..to, missing ones not;
 * 'among': one of these bins; 'not': any other bin.
 */
export type Condition =
  | { readonly kind: 'between'; readonly column: number; readonly from: number; readonly to: number }
  | { readonly kind: 'among' | 'not'; readonly column: number; readonly bins: readonly number[] };

/** Where all conditions hold, the weights are added: one an output (log odds of the second class, a score a class, or the value). */
export interface Rule {
  readonly conditions: readonly Condition[];
  readonly weights: readonly number[];
}

export function holds(condition: Condition, bin: number): boolean {
  if (condition.kind === 'between') return bin >= condition.from && bin <= condition.to;
  return condition.bins.includes(bin) === (condition.kind === 'among');
}

/** 1 for every bin in which the condition holds. [256] */
export const holdingBins = (condition: Condition): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, bin) => (holds(condition, bin) ? 1 : 0));

/** The conditions with those on one column of numbers drawn together. */
export function merged(conditions: readonly Condition[]): Condition[] {
  const all: Condition[] = [];
  for (const condition of conditions) {
    const at = all.findIndex(({ kind, column }) => kind === 'between' && column === condition.column);
    const other = all[at];
    if (condition.kind !== 'between' || other?.kind !== 'between') all.push(condition);
    else all[at] = { ...other, from: Math.max(other.from, condition.from), to: Math.min(other.to, condition.to) };
  }
  return all;
}
