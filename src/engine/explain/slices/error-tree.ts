import type { SliceCondition } from '../../../shared/results/slices.ts';
import type { Pauses } from '../pauses.ts';
import type { ConditionRows } from './condition-rows.ts';
import type { HalfLosses } from './half-losses.ts';

export interface GrownNode {
  readonly parent: number | null;
  readonly condition: SliceCondition | null;
  /** [all rows] 1 for those that come here. */
  readonly holds: Uint8Array;
}

/**
 * A regression tree on the losses of one half (Breiman et al. 1984, chapter 8): each node is divided by the condition that leaves the
 * least squared distance from the means, down to a depth. Parents stand before their children.
 */
export async function growErrorTree(
  conditions: readonly ConditionRows[],
  half: HalfLosses,
  { depth: deepest, fewest }: { readonly depth: number; readonly fewest: number },
  pauses: Pauses,
): Promise<GrownNode[]> {
  const everywhere = new Uint8Array(conditions[0]?.holds.length ?? 0).fill(1);
  const nodes: GrownNode[] = [{ parent: null, condition: null, holds: everywhere }];
  const open = [{ node: 0, rows: half.rows, depth: 0 }];
  for (let next = open.shift(); next; next = open.shift()) {
    const { node, rows, depth } = next;
    if (depth === deepest) continue;
    const best = bestSplit(conditions, half, rows, fewest);
    if (!best) continue;
    const sides = [best.condition, best.otherwise] as const;
    for (const [side, condition] of sides.entries()) {
      const inside = (row: number) => best.holds[row] === 1 - side;
      nodes.push({ parent: node, condition, holds: nodes[node].holds.map((one, row) => (inside(row) ? one : 0)) });
      open.push({ node: nodes.length - 1, rows: rows.filter(inside), depth: depth + 1 });
    }
    if (await pauses.after(conditions.length * rows.length)) break;
  }
  return nodes;
}

function bestSplit(
  conditions: readonly ConditionRows[],
  half: HalfLosses,
  rows: Uint32Array,
  fewest: number,
): ConditionRows | undefined {
  const all = half.sums(rows);
  let best: ConditionRows | undefined;
  // What is left to explain is the same whatever divides the node, so the largest sum of n mean^2 wins.
  let most = all.sum ** 2 / all.count + 1e-12 * all.squares;
  for (const one of conditions) {
    const { count, sum } = half.sumsWhere(rows, one.holds);
    const others = all.count - count;
    if (count < fewest || others < fewest) continue;
    const explained = sum ** 2 / count + (all.sum - sum) ** 2 / others;
    if (explained > most) [best, most] = [one, explained];
  }
  return best;
}

/** What leads from the root to a node. */
export function pathTo(nodes: readonly GrownNode[], node: number): SliceCondition[] {
  const { parent, condition } = nodes[node];
  return parent === null || condition === null ? [] : [...pathTo(nodes, parent), condition];
}
