import type { ToldCohort } from '../cohort/cohort.ts';

/** The question a result answers; every panel says which. */
export type Question =
  | 'are the data sound'
  | 'what does the model add up'
  | 'how does the model decide'
  | 'which columns matter'
  | 'how do predictions change with columns'
  | 'which columns act together'
  | 'when does it fail'
  | 'for whom does it fail'
  | 'why this prediction'
  | 'why not something else'
  | 'which examples are like this'
  | 'when can it be trusted'
  | 'how do two models differ'
  | 'how can it be fooled'
  | 'what did it cost';

/** What every analysis leaves: a JSON document that says how it came about. */
export interface Result<K extends string = string> {
  readonly kind: K;
  readonly version: 1;
  readonly question: Question;
  readonly options: Readonly<Record<string, unknown>>;
  readonly seed: number;
  /** Hash of the data the analysis looked at. */
  readonly dataHash: string;
  readonly cost: { readonly seconds: number; readonly predictions: number };
  /** Where it was ended before its end: what it rests on, a sentence. Absent: it is whole. */
  readonly partial?: string;
  /** Rows of the part that it is of; absent: all, or the one row that it is about. */
  readonly cohort?: ToldCohort;
  /** How far it can be trusted: what was measured, the value, and what it means in a sentence. */
  readonly quality: { readonly measure: string; readonly value: number | null; readonly words: string };
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}
