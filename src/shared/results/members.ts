import { metricInSentence } from '../metric-in-sentence.ts';
import type { MetricName } from '../metrics.ts';
import { countWords, linesWords, listWords, numberWords, percentIntervalWords, percentWords } from './numbers.ts';
import type { Interval, Result } from './result.ts';

export interface MemberScore {
  readonly trial: number;
  readonly learner: string;
  readonly share: number;
  /** In the metric of the result, on the rows looked at. */
  readonly loss: number;
}

/** A row with what each member says of it. */
export interface DisputedRow {
  /** Position in the part. */
  readonly rowIndex: number;
  readonly row: Readonly<Record<string, number | string | null>>;
  readonly truth: string | number;
  readonly prediction: string | number;
  /** How far apart the members are: bits of Jensen-Shannon divergence, or a standard deviation in the target's unit. */
  readonly dispute: number;
  /** [members] the class that each says, with its probability; or the value. */
  readonly votes: readonly { readonly says: string | number; readonly probability?: number }[];
}

/** What the members of an ensemble say, where they agree and where they do not. */
export interface Members extends Result<'members'> {
  readonly metric: MetricName;
  /** Of the ensemble, on the same rows. */
  readonly loss: number;
  readonly rows: number;
  readonly rowsAvailable: number;
  readonly part: 'validation' | 'test';
  /** Most weight first. */
  readonly members: readonly MemberScore[];
  /** [members x members] share of rows of which two say the same class, or the correlation of their values. */
  readonly agreement: readonly (readonly number[])[];
  /** Share of rows of which all members say the same class; absent for values. */
  readonly consensus?: { readonly share: number; readonly interval: Interval };
  /** Loss of the ensemble on the half of the rows that members dispute the least, and the most. */
  readonly byDispute: { readonly least: number; readonly most: number };
  /** The most disputed rows first. */
  readonly disputed: readonly DisputedRow[];
}

export const memberName = ({ learner, trial }: Pick<MemberScore, 'learner' | 'trial'>): string =>
  `${learner} (trial ${trial})`;

const told = 3;

export function membersWords(result: Members): string {
  const { members, metric, loss, rows, part, consensus, byDispute, disputed, quality } = result;
  const name = metricInSentence(metric);
  const scores = members.map(
    (member) => `${memberName(member)} ${numberWords(member.loss)} with ${percentWords(member.share, 0)} of the weight`,
  );
  const rowsTold = disputed.slice(0, told).map(({ rowIndex, votes, prediction, truth }) => {
    const said = votes.map(({ says }, i) => `${members[i].learner} ${spoken(says)}`);
    return `row ${rowIndex} (${listWords(said)}; together ${spoken(prediction)}, truly ${spoken(truth)})`;
  });
  return linesWords([
    `On ${countWords(rows, 'row')} of the ${part} part the ensemble has a ${name} of ${numberWords(loss)}; its members alone: ${listWords(scores)}.`,
    consensus !== undefined &&
      `All members say the same class of ${percentWords(consensus.share, 0)} of the rows (${percentIntervalWords(consensus.interval)}).`,
    `On the half that they dispute the least it has a ${name} of ${numberWords(byDispute.least)}, on the other half ${numberWords(byDispute.most)}.`,
    rowsTold.length > 0 && `Most disputed: ${listWords(rowsTold)}.`,
    quality.words,
  ]);
}

const spoken = (value: string | number): string => (typeof value === 'number' ? numberWords(value, 4) : value);
