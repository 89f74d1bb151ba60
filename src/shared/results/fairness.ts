import type { CohortCondition } from '../cohort/cohort.ts';
import { criterionTitles, type FairnessCriterion } from '../experiment/fairness-measure.ts';
import { countWords, intervalWords, linesWords, numberWords, percentIntervalWords, percentWords } from './numbers.ts';
import type { Interval, Result } from './result.ts';

/** A number with its 95 % interval; null where the rows do not determine it. */
export interface Measured {
  readonly value: number | null;
  readonly interval: Interval | null;
}

/** How often the class is foretold and true in a group. */
export const rateNames = [
  'base',
  'selection',
  'truePositive',
  'falsePositive',
  'falseNegative',
  'precision',
  'accuracy',
  'calibration',
] as const;
export type RateName = (typeof rateNames)[number];

/** How far predicted numbers are off in a group, in the target's unit. */
export const errorNames = ['prediction', 'mean', 'absolute', 'root'] as const;
export type ErrorName = (typeof errorNames)[number];

export interface Group {
  readonly name: string;
  readonly rows: number;
  /** Too few rows to be compared with the others. */
  readonly small: boolean;
  /** What holds of its rows; absent in older results, and of the rows outside of a slice. */
  readonly conditions?: readonly CohortCondition[];
  /** Classification. base: share that has the class; calibration: mean probability less that share. */
  readonly rates?: Readonly<Record<RateName, Measured>>;
  /** Mean probability and share that has the class, in bins of equally many rows. */
  readonly curve?: readonly { readonly probability: number; readonly frequency: number; readonly rows: number }[];
  /** Regression. mean: of prediction less truth; root: of the mean square. */
  readonly errors?: Readonly<Record<ErrorName, Measured>>;
  /** Of prediction less truth at 5, 25, 50, 75 and 95 % of the rows. */
  readonly residuals?: readonly number[];
}

export type DifferenceName =
  | 'demographic parity difference'
  | 'demographic parity ratio'
  | 'equal opportunity difference'
  | 'equalised odds difference'
  | 'accuracy difference'
  | 'mean prediction difference'
  | 'mean error difference'
  | 'absolute error difference';

/** How far the groups that are large enough lie apart: the largest less the smallest, of the ratio the smallest by the largest. */
export interface GroupDifference extends Measured {
  readonly name: DifferenceName;
  /** As far as chance alone takes groups of these sizes in 95 of 100 cases; absent where it was not asked. */
  readonly chance?: number;
  /** Chance of so much were groups alike, corrected for the number of differences told (Holm). */
  readonly p?: number;
  readonly distinguishable?: boolean;
}

/** What thresholds of their own for each group would do: chosen on one half of the rows, measured on the other, both ways. */
export interface ThresholdPoint {
  /** The difference of selection rates that is allowed; null: none is asked for. */
  readonly allowed: number | null;
  readonly difference: number;
  readonly accuracy: number;
  /** [groups that are large enough] chosen on all rows; null: nobody is selected. */
  readonly thresholds: readonly (number | null)[];
}

/** 'as it is': the decisions of the model; a criterion: thresholds a group that hold its difference; 'reweighted': fitted on weighted rows. */
export type MitigationName = 'as it is' | FairnessCriterion | 'reweighted';

/** A way to decide on the same rows. */
export interface MitigationRow {
  readonly name: MitigationName;
  readonly accuracy: Measured;
  /** Of the accuracy, against the decisions as they are, on the same resamples; null for these. */
  readonly change: Measured | null;
  readonly balancedAccuracy: Measured;
  /** [groups] share that is given the class. */
  readonly selections: readonly Measured[];
  readonly differences: readonly (Measured & { readonly criterion: FairnessCriterion })[];
}

/** What treating the groups more alike would cost. */
export interface Mitigation {
  /** Those that are large enough. */
  readonly groups: readonly string[];
  /** The difference that thresholds are to hold. */
  readonly limit: number;
  readonly rows: readonly MitigationRow[];
}

export interface Attribute {
  /** The column, or the slice in words. */
  readonly name: string;
  readonly from: 'sensitive' | 'category' | 'slice';
  /** Largest first. */
  readonly groups: readonly Group[];
  readonly differences: readonly GroupDifference[];
  /** Two classes only. now: one threshold for all. */
  readonly simulation?: {
    readonly groups: readonly string[];
    readonly now: Omit<ThresholdPoint, 'allowed' | 'thresholds'>;
    readonly points: readonly ThresholdPoint[];
  };
  /** Two classes, groups of a column: 'nothing' where no difference of rates can be told from chance. */
  readonly mitigation?: Mitigation | 'nothing';
}

/** For whom a model errs, and how. */
export interface Fairness extends Result<'fairness'> {
  /** The class whose prediction is looked at; absent for regression. */
  readonly positive?: string;
  /** Of probability, above which it is predicted; absent but for two classes. */
  readonly threshold?: number;
  readonly unit: string;
  readonly rows: number;
  readonly rowsAvailable: number;
  readonly part: 'validation' | 'test';
  readonly smallest: number;
  readonly attributes: readonly Attribute[];
  /** Sensitive columns that could not be looked at, since the model's data do not hold them. */
  readonly absent: readonly string[];
}

export const rateTitles: Readonly<Record<RateName, string>> = {
  base: 'Has the class',
  selection: 'Selection rate',
  truePositive: 'True positive rate',
  falsePositive: 'False positive rate',
  falseNegative: 'False negative rate',
  precision: 'Precision',
  accuracy: 'Accuracy',
  calibration: 'Probability less frequency',
};

export const errorTitles: Readonly<Record<ErrorName, string>> = {
  prediction: 'Mean prediction',
  mean: 'Mean error',
  absolute: 'Mean absolute error',
  root: 'RMSE',
};

export function fairnessWords(result: Fairness): string {
  const { attributes, rows, rowsAvailable, part, positive } = result;
  const sample = rows < rowsAvailable ? ` (a sample of ${numberWords(rowsAvailable)})` : '';
  const outcome = positive === undefined ? `predictions of ${result.unit}` : `"${positive}" being predicted`;
  return linesWords([
    attributes.length === 0
      ? 'There is no group to compare: name columns in `data: sensitive:` of the experiment file.'
      : `On ${countWords(rows, 'row')}${sample} of the ${part} part, ${outcome} by group (95 % intervals):`,
    attributes.some(({ from }) => from === 'category') &&
      'No column is named `sensitive` in the experiment file; these are its categories.',
    ...attributes.map((one) => attributeWords(one, result)),
    result.absent.length > 0 && `Not among the model's columns, so not looked at: ${result.absent.join(', ')}.`,
    result.partial ?? false,
    result.quality.words,
  ]);
}

function attributeWords(attribute: Attribute, result: Fairness): string {
  const { name, groups, differences } = attribute;
  const shares = groups.map((group) => groupWords(group)).join('; ');
  const told = differences.filter(({ value }) => value !== null).map(differenceWords);
  const small = groups.filter((group) => group.small).length;
  return [
    `${name}: ${shares}.`,
    told.length > 0 ? `Apart by: ${told.join('; ')}.` : 'Too few groups are large enough to be compared.',
    small > 0
      ? `${countWords(small, 'group')} of fewer than ${result.smallest} rows ${small === 1 ? 'is' : 'are'} not compared.`
      : '',
    simulationWords(attribute),
    mitigationWords(attribute),
  ]
    .filter(Boolean)
    .join(' ');
}

function groupWords({ name, rates, errors }: Group): string {
  const share = rates
    ? { words: percentWords(rates.selection.value, 0), interval: rates.selection.interval }
    : undefined;
  if (share) return `${name} ${share.words}${share.interval ? ` (${percentIntervalWords(share.interval)})` : ''}`;
  const error = errors?.mean;
  return `${name} mean error ${numberWords(error?.value)}${error?.interval ? ` (${intervalWords(error.interval)})` : ''}`;
}

/** 'demographic parity difference 0.27 (0.22 to 0.32), by chance up to 0.06' */
export function differenceWords({ name, value, interval, chance, distinguishable }: GroupDifference): string {
  const range = interval ? ` (${intervalWords(interval)})` : '';
  const byChance = chance === undefined ? '' : `, chance alone takes it to ${numberWords(chance, 2)}`;
  return `${name} ${numberWords(value)}${range}${byChance}${distinguishable === false ? ': not distinguishable from none' : ''}`;
}

/** What thresholds a group would cost; empty where it was not tried. */
export function simulationWords({ simulation }: Attribute): string {
  if (!simulation) return '';
  const { now, points } = simulation;
  const strict = points.find(({ allowed }) => allowed !== null);
  if (!strict) return '';
  return `Simulated: with thresholds a group that hold selection rates within ${numberWords(strict.allowed)} of each other, the accuracy would be ${percentWords(strict.accuracy)} in place of ${percentWords(now.accuracy)}, the difference ${numberWords(strict.difference, 2)} in place of ${numberWords(now.difference, 2)}.`;
}

export const mitigationTitle = (name: MitigationName): string =>
  name === 'as it is'
    ? 'As it is'
    : name === 'reweighted'
      ? 'Fitted on reweighted rows'
      : `Thresholds a group: ${criterionTitles[name].replace(' difference', '')}`;

/** Who reads of thresholds a group is to know this. */
export const lawWords =
  'To decide by different thresholds for different groups is to treat people differently by their group; where you are, that may be unlawful, or allowed for some purposes only. Ask before you use it.';

/** What each way to treat groups more alike would cost; empty where it was not asked. */
export function mitigationWords({ mitigation }: Attribute): string {
  if (mitigation === undefined) return '';
  if (mitigation === 'nothing')
    return 'There is nothing to mitigate: chance alone takes the rates of the groups as far apart.';
  const told = mitigation.rows.slice(1).map(({ name, change, differences }) => {
    const own = differences.find(({ criterion }) => criterion === name) ?? differences[0];
    const before = mitigation.rows[0].differences.find(({ criterion }) => criterion === own.criterion);
    return `${mitigationTitle(name).toLowerCase()}: ${changeWords(change)}, ${criterionTitles[own.criterion]} ${numberWords(own.value, 2)} in place of ${numberWords(before?.value, 2)}`;
  });
  return `What mitigation would cost, with thresholds that hold a difference of ${numberWords(mitigation.limit)}: ${told.join('; ')}. ${lawWords}`;
}

/** 'accuracy 1.2 points less (0.4 to 2.1)', 'accuracy as before (0.3 points less to 0.5 more)' */
export function changeWords(change: Measured | null): string {
  if (change?.value == null || !change.interval) return 'accuracy not measured';
  const points = (value: number) => numberWords(Math.abs(100 * value), 2);
  const { low, high } = change.interval;
  if (low > 0 || high < 0) {
    const [least, most] = [low, high].map((end) => Math.abs(end)).sort((a, b) => a - b);
    return `accuracy ${points(change.value)} points ${change.value < 0 ? 'less' : 'more'} (${points(least)} to ${points(most)})`;
  }
  return `accuracy as before (between ${points(low)} points less and ${points(high)} more)`;
}
