import type { Remedy } from './data-findings.ts';
import { linesWords, numberWords, percentWords } from './numbers.ts';

/** What may have made a score too good. */
export type SuspectedCause =
  | 'leaking column'
  | 'telling gaps'
  | 'identifier'
  | 'dominant column'
  | 'rows in both parts'
  | 'near duplicates'
  | 'duplicates'
  | 'groups in both parts'
  | 'later rows learnt from'
  | 'easy task'
  | 'test part too small'
  | 'wrong labels';

/** A cause, what speaks for it, and the one experiment that would tell. */
export interface Suspicion {
  readonly cause: SuspectedCause;
  /** How much of what the model gains over the constant it could explain, 0 to 1: the order of the list. */
  readonly explains: number;
  readonly message: string;
  readonly columns: readonly string[];
  readonly experiment: Remedy;
}

/** Losses on the same rows, smaller is better: log loss, or the root mean square error. */
export interface JudgedLosses {
  readonly metric: string;
  readonly model: number;
  /** Of the best answer that is the same for all rows. */
  readonly constant: number;
  /** Of a model that a person could have made by hand: a shallow tree, or the best column alone. Null: not measured. */
  readonly simple: number | null;
  /** Rows that they were judged on. */
  readonly rows: number;
}

/** 'Awesome results? You probably have an issue: find it!' */
export interface AwesomeResults {
  readonly kind: 'awesome-results';
  readonly version: 1;
  readonly losses: JudgedLosses;
  /** Share of the constant's loss that is gone. */
  readonly gain: number;
  /** The most likely first; empty where nothing was found. */
  readonly suspicions: readonly Suspicion[];
}

/** Where so much of the constant's loss is gone, few tasks are honest. */
export const nearPerfect = 0.9;

/** '98 % of the constant's loss is gone (log loss 0.01, a simple model's is 0.02, the constant's 0.6).' */
export function awesomeScoreWords({ gain, losses }: AwesomeResults): string {
  const simple =
    losses.simple === null
      ? ''
      : `, a simple model's is ${numberWords(losses.simple)}, the constant's ${numberWords(losses.constant)}`;
  return `${percentWords(gain)} of the constant's loss is gone (${losses.metric} ${numberWords(losses.model)}${simple}).`;
}

/** The score, then each suspicion with its experiment. */
export function awesomeResultsWords(result: AwesomeResults): string {
  const { suspicions } = result;
  return linesWords([
    'Awesome results? You probably have an issue: find it!',
    awesomeScoreWords(result),
    ...(suspicions.length > 0
      ? suspicions.map(
          ({ cause, explains, message, experiment }, i) =>
            `${i + 1}. ${cause[0].toUpperCase()}${cause.slice(1)} (could explain ${percentWords(explains, 0)}): ${message} To test it: ${experiment.words}`,
        )
      : ['No check found a cause: the task may be as easy as this. Ask how each column is known before the target.']),
  ]);
}
