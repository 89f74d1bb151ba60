import {
  type FairnessCriterion,
  type FairnessMeasure,
  fairnessName,
  mostGroups,
  smallestGroup,
} from '../../shared/experiment/fairness-measure.ts';
import type { DifferenceName } from '../../shared/results/fairness.ts';
import type { TrialFairness } from '../../shared/results/trial-fairness.ts';
import type { Target } from '../data/dataset.ts';
import type { Column } from '../data/table.ts';
import { mostProbable } from '../metrics/classification.ts';
import type { Prediction } from '../models/predictor.ts';
import type { Random } from '../random.ts';
import { differencesFor } from './differences.ts';
import { type JudgedRows, type Measures, measuresOf } from './group-measures.ts';
import { groupsOf, membersOf } from './grouping.ts';
import { spreadInterval } from './spread-interval.ts';

/** Rows with what was predicted for them by a model that was not fitted on them. */
export interface FairlyJudged {
  readonly prediction: Prediction;
  readonly target: Target;
  /** [rows] the classes that are decided for; absent: the most probable ones. */
  readonly labels?: Int32Array;
}

const differences: Readonly<Record<FairnessCriterion, DifferenceName>> = {
  'demographic-parity': 'demographic parity difference',
  'equal-opportunity': 'equal opportunity difference',
  'equalised-odds': 'equalised odds difference',
};
const rates: Readonly<Record<FairnessCriterion, readonly string[]>> = {
  'demographic-parity': ['selection'],
  'equal-opportunity': ['truePositive'],
  'equalised-odds': ['truePositive', 'falsePositive'],
};

/** Resamples behind an interval: as many as take a second at most. */
const [fewestResamples, mostResamples, drawnRows] = [60, 300, 3_000_000];

/**
 * How far apart predictions treat the groups of a column, as fairlearn's metrics, with a bootstrap interval; of several classes by the one that
 * groups differ most by, for numbers by the mean prediction. Undefined where fewer than two groups are large enough to have the rate.
 * @param column of the same rows
 */
export function measureFairness(
  judged: FairlyJudged,
  column: Column,
  measure: FairnessMeasure,
  random: Random,
): TrialFairness | undefined {
  const grouping = groupsOf(column, mostGroups);
  const members = membersOf(grouping);
  const compared = members.filter((rows) => rows.length >= smallestGroup);
  const views = viewsOf(judged);
  const measured = views.map(({ rows }) => compared.map((own) => measuresOf(rows, own)));
  const differenceOf = differenceFor(views[0].rows, measure.criterion);
  const values = measured.map(differenceOf);
  const value = Math.max(...values.filter(Number.isFinite));
  if (!Number.isFinite(value)) return undefined;
  const most = values.indexOf(value);
  const { rows, positive } = views[most];
  const told = rows.kind === 'values' ? ['prediction'] : rates[measure.criterion];
  const drawn = resampled(rows, compared, random).map(differenceOf).filter(Number.isFinite);
  return {
    ...measure,
    metric: fairnessName(measure),
    value,
    interval: drawn.length > 0 ? spreadInterval(drawn, value) : null,
    ...(positive !== undefined && { positive }),
    groups: grouping.names.map((name, g) => {
      const own = measuresOf(rows, members[g]);
      return {
        name,
        rows: members[g].length,
        small: members[g].length < smallestGroup,
        values: told.map((rate) => (Number.isFinite(own[rate]) ? own[rate] : null)),
      };
    }),
  };
}

/** Each class against the others; of two the second alone. */
function viewsOf({ prediction, target, labels }: FairlyJudged): { rows: JudgedRows; positive?: string }[] {
  if (target.kind === 'values' || prediction.kind === 'values') {
    if (target.kind !== 'values' || prediction.kind !== 'values')
      throw new RangeError(`a target of ${target.kind} cannot be compared with a prediction of ${prediction.kind}`);
    return [{ rows: { kind: 'values', truth: target.values, prediction: prediction.values } }];
  }
  const { classCount, values } = prediction;
  const decided = labels ?? mostProbable(values, classCount);
  const looked = classCount === 2 ? [1] : target.classes.map((_, k) => k);
  return looked.map((k) => ({
    positive: target.classes[k],
    rows: {
      kind: 'labels',
      truth: Uint8Array.from(target.codes, (code) => (code === k ? 1 : 0)),
      label: Uint8Array.from(decided, (code) => (code === k ? 1 : 0)),
      probability: Float64Array.from(target.codes, (_, row) => values[row * classCount + k]),
    },
  }));
}

export function differenceFor(rows: JudgedRows, criterion: FairnessCriterion): (groups: readonly Measures[]) => number {
  const name: DifferenceName = rows.kind === 'values' ? 'mean prediction difference' : differences[criterion];
  return differencesFor(rows).find((one) => one.name === name)!.of;
}

/** [resamples][groups] of the rows of each group, drawn again. */
function resampled(rows: JudgedRows, members: readonly Uint32Array[], random: Random): Measures[][] {
  const count = members.reduce((sum, own) => sum + own.length, 0);
  const resamples = Math.min(mostResamples, Math.max(fewestResamples, Math.round(drawnRows / count)));
  return Array.from({ length: resamples }, () =>
    members.map((own) =>
      measuresOf(
        rows,
        own.map(() => own[random.integer(own.length)]),
      ),
    ),
  );
}
