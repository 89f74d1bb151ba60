import { metricInSentence } from '../metric-in-sentence.ts';
import { kneeIndex } from './knee.ts';
import { countWords, listWords, numberWords } from './numbers.ts';
import type { ReplayedTrial, SearchReplay } from './search-replay.ts';

/** Two objectives of a study, by their places. */
export type ObjectivePair = readonly [number, number];

/** A trial by two of its values. */
export interface FrontTrial {
  readonly trial: number;
  readonly values: readonly [number, number];
}

/** The Pareto front of two objectives at a moment of the search. */
export interface SearchFront {
  readonly objectives: ObjectivePair;
  /** By the first of the two, the best first. */
  readonly front: readonly FrontTrial[];
  /** Where a little more of one costs much of the other; null where the front has no knee. */
  readonly knee: number | null;
  /** Complete trials off the front that keep every constraint and had all of the resource. */
  readonly dominated: readonly FrontTrial[];
  /** Complete ones that break a constraint or had a part of the resource only. */
  readonly unfit: readonly FrontTrial[];
}

/** The front of two objectives when so many trials had ended: a cheap function of the record, so that a slider can ask at every step. */
export function frontAt({ trials, ends, objectives }: SearchReplay, pair: ObjectivePair, ended: number): SearchFront {
  const over = new Set(ends.slice(0, ended));
  const complete = trials.filter(({ trial, state }) => over.has(trial) && state === 'complete');
  const fit = complete.filter(({ feasible, whole }) => feasible && whole);
  const signs = pair.map((at) => (objectives[at].direction === 'minimize' ? 1 : -1));
  const losses = ({ values }: FrontTrial) => values.map((value, i) => signs[i] * value);
  const candidates = placed(fit, pair).sort((a, b) => {
    const [left, right] = [losses(a), losses(b)];
    return left[0] - right[0] || left[1] - right[1];
  });
  const front: FrontTrial[] = [];
  for (const candidate of candidates) {
    const last = front.at(-1);
    if (!last || losses(candidate)[1] < losses(last)[1]) front.push(candidate);
  }
  const onFront = new Set(front);
  const knee = kneeIndex(front.map(losses));
  return {
    objectives: pair,
    front,
    knee: knee === undefined ? null : front[knee].trial,
    dominated: candidates.filter((candidate) => !onFront.has(candidate)),
    unfit: placed(
      complete.filter(({ feasible, whole }) => !feasible || !whole),
      pair,
    ),
  };
}

const placed = (trials: readonly ReplayedTrial[], [a, b]: ObjectivePair): FrontTrial[] =>
  trials.flatMap(({ trial, values }) => {
    const [first, second] = [values?.[a], values?.[b]];
    return first === undefined || second === undefined ? [] : [{ trial, values: [first, second] as const }];
  });

/** The ends of the front, its knee, and how many trials could not be on it. */
export function searchFrontWords(
  { objectives: pair, front, knee, unfit }: SearchFront,
  { objectives }: SearchReplay,
): string {
  if (front.length === 0) return 'No complete trial keeps every constraint: there is no front yet.';
  const names = pair.map((at) => metricInSentence(objectives[at].name));
  const said = ({ trial, values }: FrontTrial) =>
    `trial ${trial} (${listWords(values.map((value, i) => `${names[i]} ${numberWords(value)}`))})`;
  const ends = front.length === 1 ? said(front[0]) : `from ${said(front[0])} to ${said(front[front.length - 1])}`;
  const at = front.find(({ trial }) => trial === knee);
  return [
    `${countWords(front.length, 'trial is', 'trials are')} on the Pareto front of ${listWords(names)}: ${ends}.`,
    at ? `Its knee, past which a little more of one costs much of the other, is ${said(at)}.` : 'It has no knee.',
    unfit.length > 0
      ? `${countWords(unfit.length, 'trial breaks', 'trials break')} a constraint or had a part of the resource only.`
      : '',
  ]
    .filter(Boolean)
    .join(' ');
}
