import { type Candidate, candidateWords } from '../candidate.ts';
import { metricInSentence } from '../metric-in-sentence.ts';
import { type MetricInfo, type MetricName, metrics } from '../metrics.ts';
import { type EditName, editNumber, isEditName } from './model-editing.ts';
import {
  cellWords,
  changeWords,
  countWords,
  intervalWords,
  linesWords,
  listWords,
  numberWords,
  percentWords,
} from './numbers.ts';
import type { Interval, Result } from './result.ts';
import { chanceWords, type SliceCondition, sliceName } from './slices.ts';

/** Which of two models. */
export type Side = 'first' | 'second';

export interface ComparedModel {
  readonly candidate: Candidate | EditName;
  readonly learner: string;
}

/** One metric of both on the same rows. */
export interface PairedScore {
  readonly metric: MetricName;
  readonly first: number;
  readonly second: number;
  /** second - first, with its 95 % interval: the rows are resampled, each with both predictions. */
  readonly difference: number;
  readonly interval: Interval;
}

/** The first objective fold by fold: how much of the difference is left when models are fitted on other rows. */
export interface FoldDifference {
  readonly metric: string;
  readonly folds: number;
  readonly difference: number;
  /** 95 %, by the t test corrected for folds that share training rows (Nadeau and Bengio 2003). */
  readonly interval: Interval;
}

/** How many times each is right, of values nearer to the truth. */
export interface Rightness {
  readonly first: number;
  readonly second: number;
  readonly neither: number;
}

export interface Disagreement {
  /** Mean over all rows of how far apart the predictions are: half the sum of the differences of probabilities, or of values. */
  readonly distance: number;
  /** Rows that are given different classes; of values the tenth that differs the most. */
  readonly rows: number;
  readonly share: number;
  /** 95 % of the share, exact; absent of values. */
  readonly interval?: Interval;
  /** On those rows. */
  readonly right: Rightness;
  /** Chance of so uneven a division were both as often right: the exact test of McNemar, or of signs. */
  readonly p: number;
  /** Of values: of the two models' values. */
  readonly correlation?: number;
  /** Which classes are given instead of which, the most frequent first; none of values. */
  readonly pairs: readonly { readonly first: string; readonly second: string; readonly rows: number }[];
}

/** Rows that are predicted more differently than the others. */
export interface DisagreementSlice {
  readonly conditions: readonly SliceCondition[];
  /** Rows of the part that are in it, and their share. */
  readonly rows: number;
  readonly share: number;
  /** On the half of the rows that it was not found on: how far apart predictions are within it and elsewhere. */
  readonly distance: number;
  readonly restDistance: number;
  /** Chance of such a difference were there none, corrected for the number of slices tested. */
  readonly p: number;
  /** Default loss of each within it. */
  readonly loss: { readonly first: number; readonly second: number };
  /** Of the rows in it that the two disagree on. */
  readonly right: Rightness;
}

/** What a column adds to the prediction of each, by Shapley values over the same coalitions. */
export interface PairedContribution {
  readonly columns: readonly string[];
  readonly value: number | string | null;
  readonly first: number;
  readonly second: number;
}

export interface DifferingRow {
  /** Position in the part. */
  readonly rowIndex: number;
  readonly row: Readonly<Record<string, number | string | null>>;
  readonly truth: string | number;
  readonly first: { readonly says: string | number; readonly probability?: number };
  readonly second: { readonly says: string | number; readonly probability?: number };
  readonly distance: number;
  /** Why they differ; absent where it was not asked. */
  readonly why?: {
    /** 'probability of yes', 'charges' */
    readonly unit: string;
    /** What each says of the background rows on average, and of this row. */
    readonly base: { readonly first: number; readonly second: number };
    readonly explained: { readonly first: number; readonly second: number };
    /** Those that make the largest difference first. */
    readonly contributions: readonly PairedContribution[];
  };
}

/** Two models on the same rows: which is better, where they disagree, who is right there, and why. */
export interface ModelComparison extends Result<'model-comparison'> {
  readonly first: ComparedModel;
  readonly second: ComparedModel;
  readonly part: 'validation' | 'test';
  readonly rows: number;
  readonly rowsAvailable: number;
  /** The rows are those of all folds, each predicted by models that were not fitted on it; absent: those of the part. */
  readonly outOfFold?: true;
  /** The objectives first. */
  readonly scores: readonly PairedScore[];
  /** Absent where there are fewer than three folds or one is an ensemble. */
  readonly folds?: FoldDifference;
  readonly disagreement: Disagreement;
  /** Clearest first. */
  readonly slices: readonly DisagreementSlice[];
  readonly examined: number;
  readonly tested: number;
  /** Of the part, which both can be asked about; the most different first. */
  readonly differing: readonly DifferingRow[];
}

/** 'trial 12 (boosting)', 'the ensemble', 'edit 1 (ridge)' */
export function comparedWords({ candidate, learner }: ComparedModel): string {
  if (isEditName(candidate)) return `edit ${editNumber(candidate)} (${learner})`;
  return candidate === 'ensemble' ? candidateWords(candidate) : `${candidateWords(candidate)} (${learner})`;
}

/** Which is better in a metric; undefined where the interval has both signs. */
export function betterSide({ metric, interval }: Pick<PairedScore, 'metric' | 'interval'>): Side | undefined {
  const smaller = (metrics[metric] as MetricInfo).direction === 'minimize';
  if (interval.high < 0) return smaller ? 'second' : 'first';
  if (interval.low > 0) return smaller ? 'first' : 'second';
  return undefined;
}

const isOfValues = ({ interval }: Disagreement): boolean => interval === undefined;

const toldSlices = 4;
const toldRows = 3;
const toldColumns = 3;

export function modelComparisonWords(result: ModelComparison): string {
  const { slices, differing, first, second } = result;
  return linesWords([
    `${sentence(comparedWords(first))} against ${comparedWords(second)} on ${comparedRowsWords(result)}:`,
    ...result.scores.map((score) => `${scoreWords(result, score)}.`),
    result.folds !== undefined && foldWords(result, result.folds),
    flatteredWords(result) ?? false,
    disagreementWords(result),
    ...slices.slice(0, toldSlices).map((slice) => `They differ more where ${disagreementSliceWords(result, slice)}.`),
    slices.length === 0 && noSlicesWords(result),
    ...differing.slice(0, toldRows).map((row) => `${differingRowWords(result, row)}.`),
    result.partial ?? false,
    result.quality.words,
  ]);
}

/** '275 rows, each predicted by models that were not fitted on it' */
export function comparedRowsWords({ rows, rowsAvailable, part, outOfFold }: ModelComparison): string {
  const sample = rows < rowsAvailable ? ` (a sample of ${numberWords(rowsAvailable)})` : '';
  const which = outOfFold ? ', each predicted by models that were not fitted on it' : ` of the ${part} part`;
  return `${countWords(rows, 'row')}${sample}${which}`;
}

/** The weights of an ensemble were chosen on the rows that models are compared on. */
export const flatteredWords = ({ first, second }: ModelComparison): string | undefined =>
  first.candidate === 'ensemble' || second.candidate === 'ensemble'
    ? 'The ensemble is a little flattered: its weights were chosen on these rows.'
    : undefined;

const sentence = (words: string): string => `${words[0].toUpperCase()}${words.slice(1)}`;

/** 'log loss 0.231 and 0.208, -0.023 (-0.031 to -0.0149): trial 3 (knn) is worse' */
export function scoreWords(result: ModelComparison, score: PairedScore): string {
  const { metric, first, second, difference, interval } = score;
  const better = betterSide(score);
  const verdict = better ? `${comparedWords(result[better])} is better` : 'which is better cannot be told';
  return `${metricInSentence(metric)} ${numberWords(first, 4)} and ${numberWords(second, 4)}, ${changeWords(difference)} (${intervalWords(interval)}): ${verdict}`;
}

export function foldWords(result: ModelComparison, { metric, folds, difference, interval }: FoldDifference): string {
  const better = metric in metrics ? betterSide({ metric: metric as MetricName, interval }) : undefined;
  const verdict = better
    ? `${comparedWords(result[better])} stays better when it is fitted on other rows`
    : 'fitted on other rows either may be better';
  return `Over ${countWords(folds, 'fold')} the ${metricInSentence(metric)} differs by ${changeWords(difference)} (${intervalWords(interval)}): ${verdict}.`;
}

/** 'They give different classes to 12 of 275 rows (4.4 %); there the ensemble is right 8 times and trial 3 (knn) 3 times; ...' */
export function disagreementWords({ disagreement, rows, first, second }: ModelComparison): string {
  const { right, p, share, pairs, correlation } = disagreement;
  const [one, other] = [comparedWords(first), comparedWords(second)];
  if (isOfValues(disagreement))
    return `Their values are correlated by ${numberWords(correlation)} and ${numberWords(disagreement.distance)} apart on average; on the tenth of the rows where they differ the most ${one} is nearer to the truth ${times(right.first)} and ${other} ${times(right.second)} (${chanceWords(p)}).`;
  if (disagreement.rows === 0)
    return `They give the same class to every row; their probabilities are ${numberWords(disagreement.distance)} apart on average.`;
  const neither = right.neither > 0 ? `, neither ${times(right.neither)}` : '';
  const [most] = pairs;
  const instead = most ? ` Most often ${other} says ${most.second} for ${most.first} (${times(most.rows)}).` : '';
  return `They give different classes to ${numberWords(disagreement.rows)} of ${countWords(rows, 'row')} (${percentWords(share)}); there ${one} is right ${times(right.first)} and ${other} ${times(right.second)}${neither} (${chanceWords(p)}).${instead}`;
}

const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${numberWords(count)} times`);

/** Why no segment is told. */
export const noSlicesWords = ({ tested, examined }: ModelComparison): string =>
  tested === 0
    ? 'No segment was suspicious enough to be tested: they differ everywhere alike, or there are too few rows.'
    : `They differ everywhere alike: of ${countWords(examined, 'segment')} looked at on one half of the rows none held on the other.`;

/** 'town is X and age above 40 (31 rows, 11 %): 0.31 apart against 0.04 elsewhere; ...' */
export function disagreementSliceWords(result: ModelComparison, slice: DisagreementSlice): string {
  const { conditions, rows, share, distance, restDistance, p, right, loss } = slice;
  const better = loss.first === loss.second ? undefined : loss.first < loss.second ? 'first' : 'second';
  const who = better
    ? `; ${comparedWords(result[better])} has the smaller loss there, ${numberWords(loss[better])} against ${numberWords(loss[better === 'first' ? 'second' : 'first'])}`
    : '';
  const judged =
    right.first + right.second > 0 ? ` (right ${numberWords(right.first)} : ${numberWords(right.second)})` : '';
  return `${sliceName(conditions)} (${countWords(rows, 'row')}, ${percentWords(share, 0)}): ${numberWords(distance)} apart against ${numberWords(restDistance)} elsewhere, ${chanceWords(p)}${who}${judged}`;
}

/** 'Row 61 (truly Adelie): the ensemble says Adelie 71 %, trial 2 (knn) Gentoo 52 %; the difference is from Island ...' */
export function differingRowWords(result: ModelComparison, row: DifferingRow): string {
  const { rowIndex, truth, why } = row;
  const said = (side: Side) => {
    const { says, probability } = row[side];
    return `${cellWords(says)}${probability === undefined ? '' : ` ${percentWords(probability, 0)}`}`;
  };
  const start = `Row ${rowIndex} (truly ${cellWords(truth)}): ${comparedWords(result.first)} says ${said('first')}, ${comparedWords(result.second)} ${said('second')}`;
  if (!why) return start;
  const telling = why.contributions.filter(({ first, second }) => first !== second).slice(0, toldColumns);
  if (telling.length === 0) return start;
  const parts = telling.map(
    ({ columns, value, first, second }) =>
      `${columns.length === 1 ? `${columns[0]} = ${cellWords(value)}` : countWords(columns.length, 'further column')} adds ${changeWords(first)} and ${changeWords(second)}`,
  );
  return `${start}; to the ${why.unit} ${listWords(parts)}`;
}
