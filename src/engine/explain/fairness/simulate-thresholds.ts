import type { Attribute, ThresholdPoint } from '../../../shared/results/fairness.ts';
import type { LabelRows } from '../../fairness/group-measures.ts';
import { fairThresholds } from '../../fairness/threshold-search.ts';
import type { PartedGroups } from './halves.ts';

/** Differences of the selection rates that may be asked for; null: none is. */
const allowances = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, null] as const;

/**
 * What thresholds of their own for each group cost in accuracy where they hold the selection rates within a difference of each other: chosen
 * on one half of the rows, measured on the other, both ways.
 * @param threshold for all, as it is
 */
export function simulateThresholds({
  judged,
  members,
  halves,
  names,
  threshold,
}: PartedGroups & { readonly threshold: number }): NonNullable<Attribute['simulation']> {
  const points = allowances.map((allowed): ThresholdPoint => {
    const on = (rows: readonly ArrayLike<number>[]) => fairThresholds(judged, rows, 'demographic-parity', allowed ?? 1);
    const held = [0, 1].map((half) => decide(judged, halves[1 - half], on(halves[half])));
    const mean = (name: 'accuracy' | 'difference') => (held[0][name] + held[1][name]) / 2;
    return { allowed, accuracy: mean('accuracy'), difference: mean('difference'), thresholds: on(members) };
  });
  const one = names.map(() => threshold);
  return { groups: names, now: decide(judged, members, one), points };
}

function decide(
  { truth, probability }: LabelRows,
  members: readonly ArrayLike<number>[],
  thresholds: readonly (number | null)[],
) {
  let [right, count] = [0, 0];
  const shares = members.map((rows, g) => {
    let selected = 0;
    for (let i = 0; i < rows.length; i++) {
      const label = probability[rows[i]] > (thresholds[g] ?? Number.POSITIVE_INFINITY) ? 1 : 0;
      selected += label;
      if (label === truth[rows[i]]) right++;
    }
    count += rows.length;
    return selected / rows.length;
  });
  return { accuracy: right / count, difference: Math.max(...shares) - Math.min(...shares) };
}
