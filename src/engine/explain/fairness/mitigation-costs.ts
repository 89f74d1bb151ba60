import { fairnessCriteria } from '../../../shared/experiment/fairness-measure.ts';
import type { Measured, Mitigation, MitigationName, MitigationRow } from '../../../shared/results/fairness.ts';
import { type JudgedRows, type Measures, measuresOf } from '../../fairness/group-measures.ts';
import { differenceFor } from '../../fairness/measure-fairness.ts';
import { spreadInterval } from '../../fairness/spread-interval.ts';
import { fairThresholds } from '../../fairness/threshold-search.ts';
import type { Random } from '../../random.ts';
import { centralInterval } from '../../statistics/quantile.ts';
import type { PartedGroups } from './halves.ts';

const resamples = 200;

/** A way to decide: [rows] labels. */
interface Way {
  readonly name: MitigationName;
  readonly label: Uint8Array;
}

/**
 * What each way to treat groups more alike costs, side by side on the same rows: the decisions as they are; thresholds a group that hold
 * the difference of each criterion within `limit`, chosen on one half of the rows and measured on the other; the same model fitted on
 * reweighted rows. Intervals by resampling the rows of each group, the same for all ways, so that changes are paired.
 * @param reweighted the same rows by that model; absent: it was not fitted
 */
export function mitigationCosts(
  { judged, halves, names }: PartedGroups,
  limit: number,
  reweighted: JudgedRows | undefined,
  random: Random,
): Mitigation {
  const ways: Way[] = [
    { name: 'as it is', label: judged.label },
    ...fairnessCriteria.map((criterion): Way => {
      const label = judged.label.slice();
      for (const half of [0, 1]) {
        const thresholds = fairThresholds(judged, halves[half], criterion, limit);
        for (const [g, rows] of halves[1 - half].entries())
          for (const row of rows)
            label[row] = judged.probability[row] > (thresholds[g] ?? Number.POSITIVE_INFINITY) ? 1 : 0;
      }
      return { name: criterion, label };
    }),
    ...(reweighted?.kind === 'labels' ? [{ name: 'reweighted', label: reweighted.label } as const] : []),
  ];
  const members = names.map((_, g) => Uint32Array.from([...halves[0][g], ...halves[1][g]]));
  const measuredOn = (rows: readonly Uint32Array[]) =>
    ways.map(({ label }) => rows.map((own) => measuresOf({ ...judged, label }, own)));
  const measured = measuredOn(members);
  const drawn = Array.from({ length: resamples }, () =>
    measuredOn(members.map((own) => own.map(() => own[random.integer(own.length)]))),
  );
  const sizes = members.map((own) => own.length);
  return {
    groups: names,
    limit,
    rows: ways.map(({ name }, w): MitigationRow => {
      const told = (of: (all: readonly (readonly Measures[])[]) => number, isSpread = false): Measured => {
        const value = of(measured);
        if (!Number.isFinite(value)) return { value: null, interval: null };
        const sample = drawn.map(of).filter(Number.isFinite);
        return { value, interval: isSpread ? spreadInterval(sample, value) : centralInterval(sample, 0.95) };
      };
      return {
        name,
        accuracy: told((all) => accuracyOf(all[w], sizes)),
        change: w === 0 ? null : told((all) => accuracyOf(all[w], sizes) - accuracyOf(all[0], sizes)),
        balancedAccuracy: told((all) => balancedOf(all[w], sizes)),
        selections: names.map((_, g) => told((all) => all[w][g].selection)),
        differences: fairnessCriteria.map((criterion) => ({
          criterion,
          ...told((all) => differenceFor(judged, criterion)(all[w]), true),
        })),
      };
    }),
  };
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

const accuracyOf = (groups: readonly Measures[], sizes: readonly number[]): number =>
  sum(groups.map(({ accuracy }, g) => accuracy * sizes[g])) / sum(sizes as number[]);

/** Mean of the shares of both classes that are decided rightly, over all groups. */
function balancedOf(groups: readonly Measures[], sizes: readonly number[]): number {
  const positives = groups.map(({ base }, g) => base * sizes[g]);
  const negatives = groups.map(({ base }, g) => (1 - base) * sizes[g]);
  const rightOf = (counts: readonly number[], rate: (one: Measures) => number) =>
    sum(groups.map((one, g) => (counts[g] > 0 ? counts[g] * rate(one) : 0))) / sum(counts);
  return (rightOf(positives, (one) => one.truePositive) + rightOf(negatives, (one) => 1 - one.falsePositive)) / 2;
}
