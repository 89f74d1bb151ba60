import type { LabelRows } from '../../fairness/group-measures.ts';
import type { Random } from '../../random.ts';

/** [2][groups] rows of each group, parted at random: to choose on one half and to measure on the other. */
export type Halves = readonly (readonly Uint32Array[])[];

/** Groups that are compared, and where thresholds of theirs are chosen and measured. */
export interface PartedGroups {
  readonly judged: LabelRows;
  readonly names: readonly string[];
  /** [groups] rows of each. */
  readonly members: readonly ArrayLike<number>[];
  readonly halves: Halves;
}

/** @param members [groups] rows of each */
export function halvesOf(members: readonly ArrayLike<number>[], names: readonly string[], random: Random): Halves {
  const parted = members.map((rows, g) => {
    const order = random.fork(names[g]).permutation(rows.length);
    const at = (from: number, to: number) => Uint32Array.from(order.slice(from, to), (i) => rows[i]);
    const middle = rows.length >> 1;
    return [at(0, middle), at(middle, rows.length)];
  });
  return [0, 1].map((half) => parted.map((both) => both[half]));
}
