import type { Candidate } from '../candidate.ts';
import { candidateTitle } from '../candidate.ts';
import { countWords, linesWords, listWords, numberWords, percentWords } from './numbers.ts';
import type { Result } from './result.ts';

/** A model with what shuffling each column does to it. */
export interface MappedModel {
  readonly candidate: Candidate;
  readonly learner: string;
  /** [columns] growth of the default loss when the column is shuffled. */
  readonly importances: readonly number[];
  /** [columns] share of what shuffling any column does; 0 where the loss does not grow. */
  readonly shares: readonly number[];
}

/** What matters to each of several models, by permutation importance on the same rows. */
export interface ImportanceMap extends Result<'importance-map'> {
  readonly metric: string;
  /** Those that matter most on average first. */
  readonly columns: readonly string[];
  /** Columns that matter less and are left out. */
  readonly further: number;
  /** The ensemble, then the best trial of each learner, or every trial, the best first. */
  readonly models: readonly MappedModel[];
  /** Models of which it is not known yet, and why. */
  readonly missing: readonly { readonly candidate: Candidate; readonly learner: string; readonly words: string }[];
  /** Mean over all pairs of models of the rank correlation of the importances; null of fewer than two models or columns. */
  readonly agreement: number | null;
}

export const mappedName = ({ candidate, learner }: Pick<MappedModel, 'candidate' | 'learner'>): string =>
  candidate === 'ensemble' ? 'ensemble' : `${learner} (${candidateTitle(candidate).toLowerCase()})`;

const told = 3;

/** The columns whose share differs most between two models, with the largest and the smallest. */
export function mostDisputed({ columns, models }: ImportanceMap) {
  return columns
    .map((column, j) => {
      const order = models.toSorted((a, b) => a.shares[j] - b.shares[j]);
      const [least, most] = [order[0], order[order.length - 1]];
      return { column, least, most, low: least.shares[j], high: most.shares[j] };
    })
    .sort((a, b) => b.high - b.low - (a.high - a.low));
}

/** Shares that are so far apart are told. */
const disputedShare = 0.05;

/** 'They agree on the order of the columns by 0.87 ...; the least on bmi: ...'; empty of a single model. */
export function agreementWords(result: ImportanceMap): string {
  const { agreement, models } = result;
  if (agreement === null) return '';
  const order = `They agree on the order of the columns by ${numberWords(agreement, 2)} (rank correlation, 1: the same order).`;
  const [disputed] = mostDisputed(result);
  if (!disputed || models.length < 2 || disputed.high - disputed.low < disputedShare) return order;
  return `${order} They agree the least on ${disputed.column}: ${percentWords(disputed.low, 0)} for ${mappedName(disputed.least)}, ${percentWords(disputed.high, 0)} for ${mappedName(disputed.most)}.`;
}

export function importanceMapWords(result: ImportanceMap): string {
  const { columns, models, missing, further, quality } = result;
  const left = missing.map((one) => `${mappedName(one)}: ${one.words}`);
  const without = left.length > 0 && `Not among them: ${left.join(' ')}`;
  if (models.length === 0) return linesWords(['It is not known of any model yet which columns matter.', without]);
  const mean = (j: number) => models.reduce((sum, { shares }) => sum + shares[j], 0) / models.length;
  const first = columns.slice(0, told).map((column, j) => `${column} ${percentWords(mean(j), 0)}`);
  return linesWords([
    `To ${countWords(models.length, 'model')} together these columns matter most, as shares of what shuffling does: ${listWords(first)}.`,
    agreementWords(result),
    further > 0 &&
      `${countWords(further, 'column')} that ${further === 1 ? 'matters' : 'matter'} less ${further === 1 ? 'is' : 'are'} left out.`,
    without,
    result.partial ?? false,
    quality.words,
  ]);
}
