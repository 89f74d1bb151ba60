import type { Table } from '../../data/table.ts';
import type { Random } from '../../random.ts';
import { benjaminiHochberg } from '../../statistics/benjamini-hochberg.ts';
import type { Welch } from '../../statistics/welch.ts';
import type { Pauses } from '../pauses.ts';
import { type Candidate, distinct } from './candidate.ts';
import { chooseConditions } from './chosen-conditions.ts';
import { type GrownNode, growErrorTree, pathTo } from './error-tree.ts';
import { HalfLosses } from './half-losses.ts';
import { searchLattice } from './lattice.ts';

/** As `slices` has them. */
export interface SliceSettings {
  readonly columns: number;
  readonly conditions: number;
  readonly beam: number;
  readonly depth: number;
  readonly smallest: number;
  readonly tested: number;
  readonly level: number;
  readonly effect: number;
}

/** A slice that was suspicious on one half, with what the other half says. */
export interface JudgedSlice extends Candidate {
  readonly test: Welch;
  /** Corrected for the number of slices tested. */
  readonly p: number;
}

export interface SliceSearch {
  /** The half that slices were found on, and the one that they were tested on. */
  readonly searched: HalfLosses;
  readonly measured: HalfLosses;
  readonly grown: readonly GrownNode[];
  readonly judged: readonly JudgedSlice[];
  /** Those that are clear, the clearest first. */
  readonly clear: readonly JudgedSlice[];
  readonly examined: number;
  readonly columns: number;
  readonly isCut: boolean;
}

/** Fewer rows in a half say little of their mean. */
const fewestRows = 15;

/**
 * Slices of the rows in which a number is larger than elsewhere, found by a tree and by a search of the lattice of conditions on one half of
 * the rows, and tested on the other.
 * @param losses [rows]
 */
export async function searchSlices(
  features: Table,
  losses: Float64Array,
  options: SliceSettings,
  random: Random,
  pauses: Pauses,
): Promise<SliceSearch> {
  const rows = losses.length;
  const order = random.permutation(rows);
  const searched = new HalfLosses(order.slice(0, rows >> 1).sort(), losses);
  const measured = new HalfLosses(order.slice(rows >> 1).sort(), losses);
  const fewest = Math.max(fewestRows, Math.ceil((options.smallest * rows) / 2));
  const chosen = await chooseConditions(features, searched, { columns: options.columns, fewest }, pauses);
  const limits = { depth: options.depth, fewest };
  const grown = await growErrorTree(chosen.conditions, searched, limits, pauses);
  const lattice = await searchLattice(chosen.conditions, searched, { ...options, fewest }, pauses);
  const candidates = [
    ...distinct(lattice.candidates, options.tested, 0.5),
    ...grown.flatMap((_, node) => treeCandidate(grown, node, searched) ?? []),
  ];
  const judged = judge(distinct(candidates, candidates.length, 0.9), measured, fewest);
  return {
    searched,
    measured,
    grown,
    judged,
    clear: standOut(judged, measured, options, fewest),
    examined: lattice.examined + grown.length - 1,
    columns: chosen.columns,
    isCut: chosen.isCut || lattice.isCut,
  };
}

function treeCandidate(grown: readonly GrownNode[], node: number, half: HalfLosses): Candidate | undefined {
  const { holds, parent } = grown[node];
  const sums = half.sumsWhere(half.rows, holds);
  const test = half.against(sums);
  if (parent === null || !test || !(test.t > 0) || sums.count > half.rows.length / 2) return undefined;
  return { conditions: pathTo(grown, node), from: 'tree', holds, t: test.t };
}

/** Tests each on the other half; those with too few rows there are not tested. */
function judge(candidates: readonly Candidate[], half: HalfLosses, fewest: number): JudgedSlice[] {
  const tested = candidates.flatMap((candidate) => {
    const sums = half.sumsWhere(half.rows, candidate.holds);
    const test = sums.count < fewest / 2 ? undefined : half.against(sums);
    return test ? [{ ...candidate, test }] : [];
  });
  const corrected = benjaminiHochberg(tested.map(({ test }) => test.p));
  return tested.map((one, i) => ({ ...one, p: corrected[i] }));
}

/** Those that are clearly worse, the clearest first, and still are half as much when the rows of the ones before are set aside: a town is not weak for one street. */
function standOut(
  judged: readonly JudgedSlice[],
  half: HalfLosses,
  options: SliceSettings,
  fewest: number,
): JudgedSlice[] {
  const kept: JudgedSlice[] = [];
  const isClear = ({ p, effect }: Pick<Welch, 'p' | 'effect'>) => p <= options.level && effect >= options.effect;
  for (const slice of judged.toSorted((a, b) => b.test.t - a.test.t)) {
    if (!isClear({ p: slice.p, effect: slice.test.effect })) continue;
    const left = half.without(kept.map(({ holds }) => holds));
    const own = left.sumsWhere(left.rows, slice.holds);
    const whole = half.sumsWhere(half.rows, slice.holds);
    const test = own.count < Math.max(fewest, whole.count) / 2 ? undefined : left.against(own);
    if (test && isClear(test) && test.effect >= slice.test.effect / 2) kept.push(slice);
  }
  return kept;
}
