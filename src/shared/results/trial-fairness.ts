import {
  criterionTitles,
  type FairnessMeasure,
  type FairnessName,
  smallestGroup,
} from '../experiment/fairness-measure.ts';
import { countWords, intervalWords, listWords, numberWords, percentWords } from './numbers.ts';
import type { Interval } from './result.ts';

/** A group by what it is compared by: share that is predicted the class, true and false positive rate, or mean prediction. */
export interface ComparedGroup {
  readonly name: string;
  readonly rows: number;
  /** Too few rows to be compared. */
  readonly small: boolean;
  /** As many as the criterion has rates; null where the rows do not determine one. */
  readonly values: readonly (number | null)[];
}

/** How far apart a trial's predictions out of fold treat the groups of a column. */
export interface TrialFairness extends FairnessMeasure {
  readonly metric: FairnessName;
  readonly value: number;
  readonly interval: Interval | null;
  /** Of several, the class that groups differ most by; absent for numbers. */
  readonly positive?: string;
  readonly groups: readonly ComparedGroup[];
  /** Each group is decided by a threshold of its own, chosen on other folds. */
  readonly thresholds?: true;
}

const rateTitles: Readonly<Record<FairnessMeasure['criterion'], readonly string[]>> = {
  'demographic-parity': ['selection rate'],
  'equal-opportunity': ['true positive rate'],
  'equalised-odds': ['true positive rate', 'false positive rate'],
};

/** 'By sex, the demographic parity difference is 0.27 (0.22 to 0.32): "yes" is predicted for 62 % of Male and 35 % of Female.' */
export function trialFairnessWords(fairness: TrialFairness): string {
  const { column, criterion, value, interval, positive, groups, thresholds } = fairness;
  const range = interval ? ` (${intervalWords(interval)})` : '';
  const isNumber = positive === undefined;
  const rates = isNumber ? ['mean prediction'] : rateTitles[criterion];
  const said = (of: number | null) => (isNumber ? numberWords(of) : percentWords(of));
  const compared = groups.filter(({ small }) => !small);
  const told = rates.map((rate, r) => {
    const each = compared.slice(0, 6).map(({ name, values }) => `${name} ${said(values[r] ?? null)}`);
    return `${rate}${isNumber ? '' : ` of "${positive}"`}: ${listWords(each)}`;
  });
  const small = groups.length - compared.length;
  return [
    `By ${column}, the ${isNumber ? 'difference of mean predictions' : criterionTitles[criterion]} is ${numberWords(value)}${range}; ${told.join('; ')}.`,
    small > 0
      ? `${countWords(small, 'group')} of fewer than ${smallestGroup} rows ${small === 1 ? 'is' : 'are'} not compared.`
      : '',
    thresholds ? 'Each group has a threshold of its own.' : '',
  ]
    .filter(Boolean)
    .join(' ');
}
