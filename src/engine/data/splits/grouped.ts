import { UserError } from '../../../shared/faults.ts';
import type { Random } from '../../random.ts';
import type { Column } from '../table.ts';
import type { Strata } from './strata.ts';

/** [rows] a number for each row's group; rows without one share a group of their own, so that none can leak. */
export function groupsOf(column: Column): { codes: Int32Array; count: number } {
  const numbers = new Map<number, number>();
  const values = column.kind === 'numeric' ? column.values : column.codes;
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const known = numbers.get(values[row]);
    codes[row] = known ?? numbers.size;
    if (known === undefined) numbers.set(values[row], numbers.size);
  }
  return { codes, count: numbers.size };
}

/**
 * [rows] part of each row, no group in two parts. Groups go, large ones first and otherwise in random order, to the part where
 * they least unbalance the strata: the greedy of scikit-learn's StratifiedGroupKFold with squared shares as its measure.
 * @param capacities share of the rows that each part should get, summing to 1
 * Throws a UserError where there are fewer groups than parts.
 */
export function groupedParts(
  groups: { codes: Int32Array; count: number },
  strata: Strata,
  capacities: readonly number[],
  random: Random,
): Int32Array {
  if (groups.count < capacities.length) {
    throw new UserError(
      'split-groups',
      `${groups.count} ${groups.count === 1 ? 'group' : 'groups'} cannot be parted into ${capacities.length}.`,
      {
        advice: 'Ask for fewer folds, or take `group` out.',
      },
    );
  }
  const members = countMembers(groups, strata);
  const totals = columnSums(members, strata.count);
  const sizes = members.map((counts) => counts.reduce((sum, value) => sum + value, 0));
  const order = Array.from(random.permutation(groups.count)).sort((a, b) => sizes[b] - sizes[a]);
  const filled = capacities.map(() => new Float64Array(strata.count));
  const groupCounts = new Uint32Array(capacities.length);
  const partOf = new Int32Array(groups.count);
  for (let i = 0; i < order.length; i++) {
    const group = order[i];
    const open = emptyPartsOnly(groupCounts, order.length - i);
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let part = 0; part < capacities.length; part++) {
      if (open && groupCounts[part] > 0) continue;
      const cost = imbalance(members[group], filled[part], totals, capacities[part]);
      if (cost < least) {
        least = cost;
        best = part;
      }
    }
    partOf[group] = best;
    groupCounts[best]++;
    for (let stratum = 0; stratum < strata.count; stratum++) filled[best][stratum] += members[group][stratum];
  }
  return groups.codes.map((group) => partOf[group]);
}

/** The last groups go to parts that have none yet. */
const emptyPartsOnly = (groupCounts: Uint32Array, groupsLeft: number): boolean =>
  groupCounts.filter((count) => count === 0).length >= groupsLeft;

/** How much the sum over strata of (share of the stratum / capacity)^2 x capacity grows when a group joins a part. */
function imbalance(group: Float64Array, part: Float64Array, totals: Float64Array, capacity: number): number {
  let cost = 0;
  for (let stratum = 0; stratum < totals.length; stratum++) {
    if (totals[stratum] === 0) continue;
    cost += (group[stratum] * (2 * part[stratum] + group[stratum])) / (totals[stratum] ** 2 * capacity);
  }
  return cost;
}

function countMembers(groups: { codes: Int32Array; count: number }, strata: Strata): Float64Array[] {
  const members = Array.from({ length: groups.count }, () => new Float64Array(strata.count));
  for (let row = 0; row < groups.codes.length; row++) members[groups.codes[row]][strata.codes[row]]++;
  return members;
}

function columnSums(rows: readonly Float64Array[], width: number): Float64Array {
  const sums = new Float64Array(width);
  for (const row of rows) for (let i = 0; i < width; i++) sums[i] += row[i];
  return sums;
}
