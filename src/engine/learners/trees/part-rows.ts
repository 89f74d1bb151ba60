import type { BinnedRows } from '../../data/encoders/bin-encoder.ts';
import { inSet, type SplitRule } from './tree-nodes.ts';

/** Moves the rows that go left to the front of order[begin..end) and returns where those that go right begin. Stable. */
export function partRows(
  data: BinnedRows,
  order: Uint32Array,
  begin: number,
  end: number,
  rule: SplitRule,
  scratch: Uint32Array,
): number {
  const { bins, columns } = data;
  const { feature, threshold, left } = rule;
  const missingLeft = rule.missingLeft ? 1 : 0;
  let front = begin;
  let back = 0;
  for (let i = begin; i < end; i++) {
    const row = order[i];
    const bin = bins[row * columns + feature];
    const goesLeft = left ? inSet(left, 0, bin) : bin === 0 ? missingLeft === 1 : bin <= threshold;
    if (goesLeft) order[front++] = row;
    else scratch[back++] = row;
  }
  order.set(scratch.subarray(0, back), front);
  return front;
}
