import type { Reading } from './quantity.ts';

/** What groups are compared by, the first where none is named; the differences are those of fairlearn. */
export const fairnessCriteria = ['demographic-parity', 'equal-opportunity', 'equalised-odds'] as const;
export type FairnessCriterion = (typeof fairnessCriteria)[number];

/** Groups by more levels than this are too many to be held together. */
export const mostGroups = 20;

/** What is measured of a trial as a metric is: 'fairness(sex)', 'fairness(sex, equalised-odds)'. */
export type FairnessName = `fairness(${string})`;

/** How far apart a model treats the groups of a column. */
export interface FairnessMeasure {
  readonly column: string;
  readonly criterion: FairnessCriterion;
}

const shape = /^fairness\(\s*(?:"([^"]+)"|([^,()"]+?))\s*(?:,\s*([^,()"]*?)\s*)?\)$/;

export const isFairnessName = (name: string): name is FairnessName => shape.test(name);

export const fairnessName = ({ column, criterion }: FairnessMeasure): FairnessName => {
  const name = /[,()"]/.test(column) ? `"${column}"` : column;
  return criterion === fairnessCriteria[0] ? `fairness(${name})` : `fairness(${name}, ${criterion})`;
};

/** Reads 'fairness(COLUMN)' or 'fairness(COLUMN, CRITERION)'; a name with commas or brackets stands in double quotes. */
export function parseFairness(text: string): Reading<FairnessMeasure> {
  const match = shape.exec(text.trim());
  if (!match)
    return { ok: false, problem: `"${text}" names no column; write fairness(sex) or fairness(sex, equalised-odds).` };
  const [, quoted, plain, written] = match;
  const column = quoted ?? plain;
  const wanted = written === undefined ? fairnessCriteria[0] : written.toLowerCase().replace('equalized', 'equalised');
  const criterion = fairnessCriteria.find((one) => one === wanted.replace(/[ _]/g, '-'));
  if (criterion === undefined || (written !== undefined && criterion !== written)) {
    return {
      ok: false,
      problem: `"${written}" is no criterion; the criteria are ${fairnessCriteria.join(', ')}.`,
      ...(criterion && { suggestion: fairnessName({ column, criterion }) }),
    };
  }
  return { ok: true, value: { column, criterion } };
}

export const criterionTitles: Readonly<Record<FairnessCriterion, string>> = {
  'demographic-parity': 'demographic parity difference',
  'equal-opportunity': 'equal opportunity difference',
  'equalised-odds': 'equalised odds difference',
};

/** What each is, in a sentence without its end. */
export const criterionWords: Readonly<Record<FairnessCriterion, string>> = {
  'demographic-parity':
    'the largest share of a group that is predicted the class, less the smallest; for numbers the largest mean prediction of a group less the smallest',
  'equal-opportunity': 'the largest true positive rate of a group less the smallest',
  'equalised-odds':
    'the largest true positive rate of a group less the smallest, or the same of the false positive rates, whichever is more',
};

/** As a metric is told. */
export function fairnessInfo(name: FairnessName): { readonly title: string; readonly words: string } {
  const reading = parseFairness(name);
  if (!reading.ok) return { title: name, words: reading.problem };
  const { column, criterion } = reading.value;
  return {
    title: `Fairness by ${column}: ${criterionTitles[criterion]}`,
    words: `Out of fold ${criterionWords[criterion]}; of several classes for the one that it is most for. 0: groups are treated alike. Groups of fewer than ${smallestGroup} rows are not compared.`,
  };
}

/** Rates of smaller groups are chance. */
export const smallestGroup = 30;
