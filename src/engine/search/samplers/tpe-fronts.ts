import type { Direction } from '../../../shared/metrics.ts';
import type { Trial } from '../../../shared/trial.ts';
import { hypervolume, hypervolumeContributions } from '../hypervolume.ts';
import { nonDominated } from '../pareto.ts';
import { losses, violation } from '../ranking.ts';

/** Where every objective is scaled to [0, 1], the reference lies a tenth beyond the worst (Ozaki et al. 2022, section 4.2). */
const reference = 1.1;
/** What a good trial weighs that adds nothing: it is not lost where all others add nothing either. */
const leastWeight = 1e-12;

type Points = readonly (readonly number[])[];

/**
 * The first trials by front; of a front that has room for some only, those that together dominate the largest volume, chosen one by
 * one (Ozaki et al. 2022, section 4.1: hypervolume subset selection, greedy). Complete trials.
 */
export function firstByFronts(trials: readonly Trial[], directions: readonly Direction[], count: number): Trial[] {
  const chosen: Trial[] = [];
  let rest = trials;
  while (chosen.length < count && rest.length > 0) {
    const front = new Set(nonDominated(rest.map((trial) => losses(trial, directions))));
    const members = rest.filter((_, i) => front.has(i));
    const order = largestVolume(scaled(members, directions), Math.min(count - chosen.length, members.length));
    chosen.push(...order.map((i) => members[i]));
    rest = rest.filter((_, i) => !front.has(i));
  }
  return chosen;
}

/** What each trial adds to the volume of all of them, as a share of the most; 1 each where none is feasible. */
export function contributionWeights(trials: readonly Trial[], directions: readonly Direction[]): Float64Array {
  const feasible = trials.filter((trial) => trial.state === 'complete' && violation(trial) === 0);
  if (feasible.length === 0) return new Float64Array(trials.length).fill(1);
  const added = hypervolumeContributions(
    scaled(feasible, directions),
    directions.map(() => reference),
  );
  const most = Math.max(...added);
  const weights = new Map(feasible.map((trial, i) => [trial, most > 0 ? added[i] / most : 1]));
  return Float64Array.from(trials, (trial) => Math.max(leastWeight, weights.get(trial) ?? 0));
}

/** Indices of the points that add the most to those before them. What a point adds only falls, so that most need not be asked again. */
function largestVolume(points: Points, count: number): number[] {
  const corner = points[0].map(() => reference);
  const bounds = points.map((point) => hypervolume([point], corner));
  const chosen: number[] = [];
  let covered = 0;
  while (chosen.length < count) {
    const asked = new Set<number>();
    for (;;) {
      const best = highest(bounds);
      if (asked.has(best)) {
        covered += bounds[best];
        bounds[best] = Number.NEGATIVE_INFINITY;
        chosen.push(best);
        break;
      }
      const together = [...chosen, best].map((i) => points[i]);
      bounds[best] = Math.max(0, hypervolume(together, corner) - covered);
      asked.add(best);
    }
  }
  return chosen;
}

const highest = (values: readonly number[]): number =>
  values.reduce((best, value, i) => (value > values[best] ? i : best), 0);

/** Losses scaled to [0, 1] in each objective; halves keep the range of huge values finite. */
function scaled(trials: readonly Trial[], directions: readonly Direction[]): Points {
  const points = trials.map((trial) => losses(trial, directions));
  const ends = directions.map((_, m) => {
    const values = points.map((point) => point[m]);
    const low = values.reduce((least, value) => Math.min(least, value));
    const high = values.reduce((most, value) => Math.max(most, value));
    return [low / 2, high / 2];
  });
  return points.map((point) =>
    point.map((value, m) => {
      const [low, high] = ends[m];
      return high > low ? (value / 2 - low) / (high - low) : 0;
    }),
  );
}
