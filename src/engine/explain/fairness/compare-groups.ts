import type { Group, GroupDifference, Measured } from '../../../shared/results/fairness.ts';
import { differencesFor } from '../../fairness/differences.ts';
import {
  type JudgedRows,
  type LabelRows,
  type Measures,
  measuresOf,
  namesOf,
  type ValueRows,
} from '../../fairness/group-measures.ts';
import { type Grouping, membersOf } from '../../fairness/grouping.ts';
import { spreadInterval } from '../../fairness/spread-interval.ts';
import type { Random } from '../../random.ts';
import { centralInterval, quantile } from '../../statistics/quantile.ts';
import type { Pauses } from '../pauses.ts';

export interface Comparison {
  readonly groups: readonly Group[];
  /** p as it is, not corrected. */
  readonly differences: readonly GroupDifference[];
  readonly isCut: boolean;
}

interface CompareOptions {
  readonly smallest: number;
  readonly resamples: number;
  readonly exchanges: number;
  /** Whether to ask what chance does: not of groups that were chosen for their differences. */
  readonly tested: boolean;
}

/**
 * Measures of each group and how far they lie apart. Intervals by resampling the rows of each group; what chance does by exchanging rows between
 * groups (a permutation test): the largest of several groups less the smallest is above 0 even where all are alike.
 */
export async function compareGroups(
  judged: JudgedRows,
  { names, codes }: Grouping,
  { smallest, resamples, exchanges, tested }: CompareOptions,
  random: Random,
  pauses: Pauses,
): Promise<Comparison> {
  const members = membersOf({ names, codes });
  const measured = members.map((rows) => measuresOf(judged, rows));
  const compared = members.flatMap((rows, g) => (rows.length >= smallest ? [g] : []));
  const kinds = differencesFor(judged);
  const samples: Measures[][] = [];
  let isCut = false;
  for (let b = 0; b < resamples && !isCut; b++) {
    samples.push(
      members.map((rows) =>
        measuresOf(
          judged,
          rows.map(() => rows[random.integer(rows.length)]),
        ),
      ),
    );
    isCut = await pauses.after(20 * codes.length);
  }
  const byChance: number[][] = kinds.map(() => []);
  const all = [Uint32Array.from(codes.keys())];
  const classes = judged.kind === 'labels' ? [0, 1].map((k) => all[0].filter((row) => judged.truth[row] === k)) : all;
  const drawn = (pools: readonly Uint32Array[]) => {
    const groups = membersOf({ names, codes: exchanged(codes, pools, random) });
    return compared.map((g) => measuresOf(judged, groups[g]));
  };
  for (let b = 0; b < exchanges && tested && compared.length > 1 && !isCut; b++) {
    const ofAll = drawn(all);
    const inClass = classes === all ? ofAll : drawn(classes);
    for (const [k, { of, exchanged: among }] of kinds.entries())
      if (among) byChance[k].push(of(among === 'all rows' ? ofAll : inClass));
    isCut = await pauses.after(40 * codes.length);
  }
  const intervalOf = (value: number, of: (sample: readonly Measures[]) => number, isExtreme = false): Measured => {
    if (!Number.isFinite(value)) return { value: null, interval: null };
    const drawn = samples.map(of).filter(Number.isFinite);
    return {
      value,
      interval: drawn.length === 0 ? null : isExtreme ? spreadInterval(drawn, value) : centralInterval(drawn, 0.95),
    };
  };
  const groups = names.map((name, g): Group => {
    const told = Object.fromEntries(
      namesOf(judged).map((one) => [one, intervalOf(measured[g][one], (sample) => sample[g][one])]),
    );
    const more =
      judged.kind === 'labels'
        ? { rates: told as Group['rates'], curve: curveOf(judged, members[g]) }
        : { errors: told as Group['errors'], residuals: residualsOf(judged, members[g]) };
    return { name, rows: members[g].length, small: members[g].length < smallest, ...more };
  });
  const among = (all: readonly Measures[]) => compared.map((g) => all[g]);
  const differences = kinds.map(({ name, of }, k): GroupDifference => {
    const value = of(among(measured));
    const drawn = byChance[k].filter(Number.isFinite);
    const beside = drawn.length > 0 && Number.isFinite(value) ? chanceOf(value, drawn) : {};
    const apart = intervalOf(value, (sample) => of(among(sample)), true);
    return { name, ...apart, ...beside };
  });
  return { groups, differences, isCut };
}

/** The observed one counts as one of the draws (Davison and Hinkley 1997, section 4.2). */
function chanceOf(value: number, drawn: readonly number[]): { chance: number; p: number } {
  const sorted = Float64Array.from(drawn).sort();
  const asFar = drawn.filter((one) => one >= value - 1e-12).length;
  return { chance: quantile(sorted, 0.95), p: (asFar + 1) / (drawn.length + 1) };
}

/** [rows] the groups, exchanged at random among the rows of each pool (Fisher and Yates). */
function exchanged(codes: Int32Array, pools: readonly Uint32Array[], random: Random): Int32Array {
  const drawn = codes.slice();
  for (const pool of pools) {
    for (let i = pool.length - 1; i > 0; i--) {
      const [here, there] = [pool[i], pool[random.integer(i + 1)]];
      const kept = drawn[here];
      drawn[here] = drawn[there];
      drawn[there] = kept;
    }
  }
  return drawn;
}

/** Bins of a calibration curve, each of at least so many rows. */
const [curveBins, binRows] = [5, 15];

function curveOf({ truth, probability }: LabelRows, rows: Uint32Array): NonNullable<Group['curve']> {
  const bins = Math.min(curveBins, Math.floor(rows.length / binRows));
  const order = rows.toSorted((a, b) => probability[a] - probability[b]);
  return Array.from({ length: bins }, (_, bin) => {
    const own = order.slice(Math.round((bin * rows.length) / bins), Math.round(((bin + 1) * rows.length) / bins));
    const { base, calibration } = measuresOf({ kind: 'labels', truth, probability, label: truth }, own);
    return { probability: calibration + base, frequency: base, rows: own.length };
  });
}

function residualsOf({ truth, prediction }: ValueRows, rows: Uint32Array): number[] {
  const sorted = Float64Array.from(rows, (row) => prediction[row] - truth[row]).sort();
  return [0.05, 0.25, 0.5, 0.75, 0.95].map((share) => quantile(sorted, share));
}
