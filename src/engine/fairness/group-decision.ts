import { type FairnessCriterion, mostGroups, smallestGroup } from '../../shared/experiment/fairness-measure.ts';
import type { Column } from '../data/table.ts';
import { foldsOf } from '../ensembles/fold-rows.ts';
import { measuresOf } from './group-measures.ts';
import { type Grouping, type GroupRule, groupsBy, learnGroups, membersOf } from './grouping.ts';
import { differenceFor } from './measure-fairness.ts';
import { fairThresholds, type ScoredRows } from './threshold-search.ts';

/** How far apart groups may be treated. */
export interface FairnessBound {
  readonly column: string;
  readonly criterion: FairnessCriterion;
  readonly limit: number;
}

/** Of two classes the second is given where its probability is above the threshold of the row's group. Plain JSON. */
export interface GroupDecision extends FairnessBound {
  readonly groups: GroupRule;
  /** [groups] null: nobody is given it; of groups that were too small to choose one, that of `other`. */
  readonly thresholds: readonly (number | null)[];
  /** For rows of no group that was known when thresholds were chosen. */
  readonly other: number;
}

/** The usual threshold. */
const even = 0.5;

/** [rows] of the second of two classes. @param values [rows x 2] */
export const probabilityOfSecond = (values: Float64Array): Float64Array =>
  Float64Array.from({ length: values.length / 2 }, (_, row) => values[2 * row + 1]);

/** [rows] 1: the second class. @param probability [rows] of it @param column of the same rows */
export function decideByGroup(
  { groups, thresholds, other }: GroupDecision,
  probability: Float64Array,
  column: Column,
): Int32Array {
  const { codes } = groupsBy(groups, column);
  return Int32Array.from(probability, (p, row) => {
    const threshold = codes[row] < 0 ? other : thresholds[codes[row]];
    return threshold !== null && p > threshold ? 1 : 0;
  });
}

/** The column as the training data know it. */
export const columnOfGroups = ({ groups: { column, type, places } }: GroupDecision) => ({
  name: column,
  type,
  levels: Object.keys(places),
});

/** Rows of groups that were not known when thresholds were chosen. */
export const rowsWithoutGroup = ({ groups }: GroupDecision, column: Column): number =>
  groupsBy(groups, column).codes.reduce((count, code) => count + (code < 0 ? 1 : 0), 0);

export interface TunedByGroup {
  /** Chosen on all rows. */
  readonly decision: GroupDecision;
  /** [rows] by thresholds that were chosen on other folds. */
  readonly crossFitted: Int32Array;
}

/** Shares of the bound that thresholds are held to where, held to all of it, they break it on rows that they were not chosen on. */
const stricter = [1, 0.5, 0.25, 0];

/**
 * Thresholds a group within the bound, as strict as it takes for them to keep to it on folds that they were not chosen on; where none
 * does, those that come nearest.
 * @param foldOf [rows]
 */
export function tuneGroupDecision(
  scored: ScoredRows,
  column: Column,
  bound: FairnessBound,
  foldOf: ArrayLike<number>,
): TunedByGroup {
  const rule = learnGroups(column, mostGroups);
  const grouping = groupsBy(rule, column);
  const { share, labels } = heldOutOfFold(scored, grouping, bound, foldOf);
  const rows = Uint32Array.from(grouping.codes.keys());
  return {
    decision: {
      ...bound,
      groups: rule,
      thresholds: chosenOn(scored, grouping, rows, bound, share * bound.limit),
      other: even,
    },
    crossFitted: labels,
  };
}

interface CrossFitted {
  readonly share: number;
  readonly labels: Int32Array;
  readonly difference: number;
}

function heldOutOfFold(
  scored: ScoredRows,
  grouping: Grouping,
  bound: FairnessBound,
  foldOf: ArrayLike<number>,
): CrossFitted {
  let nearest: CrossFitted | undefined;
  for (const share of stricter) {
    const tried = { share, ...crossFit(scored, grouping, bound, share, foldOf) };
    if (tried.difference <= bound.limit) return tried;
    if (!nearest || tried.difference < nearest.difference) nearest = tried;
  }
  return nearest!;
}

/** [rows] labels by thresholds of other folds, and how far apart they treat the groups. */
function crossFit(
  scored: ScoredRows,
  grouping: Grouping,
  bound: FairnessBound,
  share: number,
  foldOf: ArrayLike<number>,
): { labels: Int32Array; difference: number } {
  const labels = new Int32Array(grouping.codes.length);
  const rows = Uint32Array.from(grouping.codes.keys());
  for (const fold of foldsOf(foldOf)) {
    const others = rows.filter((row) => foldOf[row] !== fold);
    const thresholds = chosenOn(scored, grouping, others, bound, share * bound.limit);
    for (const row of rows) {
      if (foldOf[row] !== fold) continue;
      const threshold = thresholds[grouping.codes[row]];
      labels[row] = threshold !== null && scored.probability[row] > threshold ? 1 : 0;
    }
  }
  const judged = {
    kind: 'labels',
    truth: Uint8Array.from(scored.truth),
    label: Uint8Array.from(labels),
    probability: scored.probability,
  } as const;
  const large = membersOf(grouping).filter((own) => own.length >= smallestGroup);
  const difference = differenceFor(judged, bound.criterion)(large.map((own) => measuresOf(judged, own)));
  return { labels, difference: Number.isFinite(difference) ? difference : 0 };
}

/** [groups] those that are large enough get a threshold that these rows say, the others the usual one. */
function chosenOn(
  scored: ScoredRows,
  { names, codes }: Grouping,
  rows: Uint32Array,
  { criterion }: FairnessBound,
  allowed: number,
): (number | null)[] {
  const members = names.map((_, g) => rows.filter((row) => codes[row] === g));
  const large = [...members.keys()].filter((g) => members[g].length >= smallestGroup / 2);
  const thresholds: (number | null)[] = names.map(() => even);
  if (large.length === 0) return thresholds;
  const chosen = fairThresholds(
    scored,
    large.map((g) => members[g]),
    criterion,
    allowed,
  );
  for (const [i, g] of large.entries()) thresholds[g] = chosen[i];
  return thresholds;
}
