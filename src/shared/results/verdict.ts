import type { Candidate } from '../candidate.ts';
import { countWords, intervalWords, listWords, numberWords } from './numbers.ts';
import type { Interval } from './result.ts';

/** 'failed': do not use it so; 'to look at': it may be meant; 'not checked': nothing is known, and why. */
export const verdictOutcomes = ['failed', 'to look at', 'not checked', 'passed'] as const;
export type VerdictOutcome = (typeof verdictOutcomes)[number];

/** What was measured and what it was held to. */
export interface VerdictFigure {
  readonly measure: string;
  readonly value: number;
  readonly bound: { readonly is: 'at most' | 'at least'; readonly value: number };
  /** 95 % */
  readonly interval?: Interval;
}

/** What one check came to, in a line. */
export interface Verdict {
  /** What was checked: the data, the search as a whole, or a model. */
  readonly about: 'data' | 'search' | Candidate;
  /** As it is asked for: 'target-leak', 'fairness'. */
  readonly check: string;
  readonly title: string;
  readonly outcome: VerdictOutcome;
  /** Why, a sentence. */
  readonly words: string;
  /** Absent where nothing was measured. */
  readonly figure?: VerdictFigure;
  /** The command that shows more, or makes what is not there yet. */
  readonly where: string;
}

/** 'share of repeated rows 0.002, at most 0.01' */
export function figureWords({ measure, value, bound, interval }: VerdictFigure): string {
  const range = interval ? ` (${intervalWords(interval)})` : '';
  return `${measure} ${numberWords(value)}${range}, ${bound.is} ${numberWords(bound.value)}`;
}

/** 'passed: Duplicate rows. share of repeated rows 0, at most 0.01.' */
export const verdictLine = (verdict: Verdict): string =>
  [`${verdict.outcome}: ${verdict.title}.`, verdict.words, verdict.figure && `[${figureWords(verdict.figure)}]`]
    .filter(Boolean)
    .join(' ');

/** 'the data', 'trial 12' */
export const aboutWords = (about: Verdict['about']): string =>
  typeof about === 'number' ? `trial ${about}` : `the ${about}`;

/** '1 failed, 2 to look at, 8 not checked and 15 passed' */
export const verdictTally = (verdicts: readonly Verdict[]): string =>
  listWords(
    verdictOutcomes.flatMap((outcome) => {
      const count = verdicts.filter((one) => one.outcome === outcome).length;
      return count > 0 ? [`${numberWords(count)} ${outcome}`] : [];
    }),
  ) || countWords(0, 'check');

/** Those that ask for something first; within an outcome in the order given. */
export const byOutcome = (verdicts: readonly Verdict[]): readonly Verdict[] =>
  verdicts.toSorted((a, b) => verdictOutcomes.indexOf(a.outcome) - verdictOutcomes.indexOf(b.outcome));

/** Verdicts about one thing after the other, each under what it is about. */
export const verdictGroups = (
  verdicts: readonly Verdict[],
): readonly { readonly about: Verdict['about']; readonly verdicts: readonly Verdict[] }[] =>
  [...Map.groupBy(verdicts, ({ about }) => about)].map(([about, own]) => ({ about, verdicts: byOutcome(own) }));
