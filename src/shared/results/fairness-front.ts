import type { Objective } from '../experiment/experiment.ts';
import { criterionTitles, type FairnessMeasure, type FairnessName } from '../experiment/fairness-measure.ts';
import { metricInSentence } from '../metric-in-sentence.ts';
import { countWords, intervalWords, numberWords } from './numbers.ts';
import type { Interval } from './result.ts';

/** A trial by what it is worth and how far apart it treats groups. */
export interface FairTrial {
  readonly trial: number;
  readonly learner: string;
  /** Of the first objective. */
  readonly value: number;
  readonly difference: number;
  readonly interval: Interval | null;
  /** Its rows were weighted so that groups and classes are independent. */
  readonly reweighted: boolean;
  /** Each group is decided by a threshold of its own. */
  readonly thresholds: boolean;
  /** No other trial is at least as good and as fair, and better in one. */
  readonly onFront: boolean;
}

/** What treating groups alike costs of the first objective, over the trials that a constraint was measured on. */
export interface FairnessFront extends FairnessMeasure {
  readonly metric: FairnessName;
  readonly limit: number;
  readonly objective: Objective;
  /** The fairest first. */
  readonly trials: readonly FairTrial[];
}

/** The front of a few trials or many, with what keeping the bound costs. */
export function fairnessFrontWords({ column, criterion, limit, objective, trials }: FairnessFront): string {
  const name = metricInSentence(objective.metric);
  const sign = objective.direction === 'minimize' ? 1 : -1;
  const best = (among: readonly FairTrial[]) => among.toSorted((a, b) => sign * (a.value - b.value))[0];
  const kept = trials.filter(({ difference }) => difference <= limit);
  const said = ({ trial, value, difference, interval }: FairTrial) =>
    `trial ${trial} (${name} ${numberWords(value)}, difference ${numberWords(difference, 2)}${interval ? `, ${intervalWords(interval)}` : ''})`;
  const [first, fair] = [best(trials), best(kept)];
  const head = `${kept.length} of ${countWords(trials.length, 'trial')} ${kept.length === 1 ? 'keeps' : 'keep'} the ${criterionTitles[criterion]} by ${column} within ${numberWords(limit)}.`;
  if (!first) return head;
  if (!fair) return `${head} The best of all is ${said(first)}; the fairest ${said(trials[0])}.`;
  if (fair.trial === first.trial)
    return `${head} The best of all is among them, ${said(first)}: the bound costs nothing.`;
  const cost = numberWords(Math.abs(fair.value - first.value), 2);
  return `${head} The best of them is ${said(fair)}, the best of all ${said(first)}: the bound costs ${cost} of ${name}.`;
}
