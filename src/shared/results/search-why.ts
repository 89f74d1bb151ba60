import { metricInSentence } from '../metric-in-sentence.ts';
import type { Direction } from '../metrics.ts';
import type { Params, Value } from '../space.ts';
import type { Reason, Stop, TrialState } from '../trial.ts';
import { changeWords, countWords, intervalWords, listWords, numberWords, valueWords } from './numbers.ts';
import type { Paragraph } from './paragraph.ts';

/** How two configurations differ in one parameter; null where it does not exist. */
export interface Difference {
  readonly name: string;
  readonly here: Value | null;
  readonly there: Value | null;
}

/** Another trial that had a part in this one, as the record names it. */
export interface Voice {
  readonly trial: number;
  readonly state: TrialState;
  /** First value, in the objective's own unit; null while it has none. */
  readonly value: number | null;
  /** Where it differs from this trial (`here`). */
  readonly differences: readonly Difference[];
}

/** Why a configuration was tried, and what came of it: from the sampler's and pruner's own record, nothing computed again. */
export interface SearchWhy {
  readonly kind: 'search-why';
  readonly trial: number;
  readonly state: TrialState;
  readonly params: Params;
  readonly objective: string;
  readonly direction: Direction;
  /** The sampler's record as it was written. */
  readonly reason: Reason;
  /** First value; null while it has none. */
  readonly value: number | null;
  /** Its place by the first objective among the complete feasible trials, 1 is best; null where it has none. */
  readonly rank: { readonly place: number; readonly of: number } | null;
  /** The best value among the trials that had ended when this one began; null for the first. */
  readonly bestBefore: { readonly trial: number; readonly value: number } | null;
  readonly spokeFor: readonly Voice[];
  readonly spokeAgainst: readonly Voice[];
  /** Populations and evolution: what it was made from. */
  readonly parents: readonly Voice[];
  /** The best candidates that were not taken, with their differences to what was (`here`); best first. */
  readonly rejected: readonly { readonly acquisition: number; readonly differences: readonly Difference[] }[];
  /** What each parameter's value adds to the prediction and to its uncertainty, the weightiest first. */
  readonly parameters: readonly {
    readonly name: string;
    readonly value: Value | null;
    readonly exploit: number;
    readonly explore: number;
  }[];
  /** What was foretold, and the truth once it is known. */
  readonly prediction: {
    readonly value: number;
    readonly low: number;
    readonly high: number;
    readonly measured: number | null;
    /** Whether the truth lies in the 90 % interval; null until it is known. */
    readonly inside: boolean | null;
  } | null;
  /** How much of the study's resource it got, where it is shared out. */
  readonly fidelity: { readonly amount: number; readonly of: number | null; readonly continues: Voice | null } | null;
  /** What the pruner saw when it stopped the trial. */
  readonly stopped: (Stop & { readonly comparedWith: readonly Voice[] }) | null;
  /** Why it failed or was pruned, in the trial's own words. */
  readonly message: string | null;
}

/** Differences, candidates and parameters that words name. */
const named = 4;

const phaseWords: Readonly<Record<Reason['phase'], string>> = {
  default: 'default values',
  enqueued: 'asked for by a person',
  'start-up': 'start-up, before anything was learned',
  explore: 'exploring: where little is known',
  exploit: 'exploiting: near what is known to be good',
  mutate: 'a mutation of an earlier one',
  promote: 'an earlier configuration that earned more of the resource',
  resume: 'taken up again',
  imported: 'taken over from another program',
};

/** The whole story in paragraphs, each with a title; only what was recorded. */
export function searchWhyWords(why: SearchWhy): readonly Paragraph[] {
  const told: readonly (Paragraph | false)[] = [
    { title: 'Why it was suggested', words: suggestedWords(why) },
    why.spokeFor.length > 0 && { title: 'What spoke for it', words: voicesWords(why, why.spokeFor) },
    why.spokeAgainst.length > 0 && { title: 'What spoke against it', words: voicesWords(why, why.spokeAgainst) },
    why.parents.length > 0 && { title: 'What it was made from', words: parentsWords(why) },
    why.parameters.length > 0 && { title: 'Exploring or exploiting', words: parametersWords(why) },
    why.rejected.length > 0 && { title: 'What was not taken', words: rejectedWords(why) },
    why.prediction !== null && { title: 'What was foretold', words: predictionWords(why.prediction) },
    why.fidelity !== null && { title: 'How much it was given', words: fidelityWords(why, why.fidelity) },
    { title: 'What came of it', words: outcomeWords(why) },
  ];
  return told.filter((paragraph) => paragraph !== false);
}

function suggestedWords({ reason }: SearchWhy): string {
  const { sampler, phase, words, surrogate, acquisition, acquisitionName } = reason;
  const model =
    surrogate &&
    `Its model: ${surrogate.name} over ${countWords(surrogate.trials, 'trial')}${surrogate.fit === undefined ? '' : ` (${surrogate.fitName ?? 'fit'} ${numberWords(surrogate.fit)})`}.`;
  const worth =
    acquisition !== undefined &&
    `Its ${acquisitionName ?? 'acquisition'} was ${numberWords(acquisition)}; higher is better.`;
  return [words, `Sampler ${sampler}, ${phaseWords[phase]}.`, model, worth].filter(Boolean).join(' ');
}

/** Where another configuration differs, the first few by name: 'x 3 instead of 4 and y 1 instead of 2'. */
export const differencesWords = (differences: readonly Difference[]): string => {
  if (differences.length === 0) return 'the same configuration';
  const shown = differences
    .slice(0, named)
    .map((of) => `${of.name} ${valueWords(of.there)} instead of ${valueWords(of.here)}`);
  const rest = differences.length - shown.length;
  return listWords(rest > 0 ? [...shown, `${rest} more`] : shown);
};

function voiceWords(objective: string, { trial, state, value, differences }: Voice): string {
  const gave = value === null ? `is ${state}` : `gave ${metricInSentence(objective)} ${numberWords(value, 4)}`;
  return `Trial ${trial} ${gave}: ${differencesWords(differences)}.`;
}

const voicesWords = ({ objective }: SearchWhy, voices: readonly Voice[]): string =>
  voices.map((voice) => voiceWords(objective, voice)).join(' ');

function parentsWords(why: SearchWhy): string {
  const { generation, step } = why.reason;
  const which = generation === undefined ? '' : `Generation ${generation}. `;
  return `${which}${voicesWords(why, why.parents)}${step ? ` The step: ${step}.` : ''}`;
}

function parametersWords({ parameters }: SearchWhy): string {
  const shown = parameters.slice(0, named).map(({ name, value, exploit, explore }) => {
    return `${name} ${valueWords(value)}, ${aimWords(exploit, explore)} (exploit ${changeWords(exploit)}, explore ${changeWords(explore)})`;
  });
  return `Against the best trial's values: ${shown.join('; ')}.`;
}

function aimWords(exploit: number, explore: number): string {
  if (exploit <= 0 && explore <= 0) return 'not better for it';
  return explore > exploit ? 'more for what is unknown' : 'more for what is known';
}

function rejectedWords({ rejected, reason }: SearchWhy): string {
  const own = reason.acquisition === undefined ? '' : ` against ${numberWords(reason.acquisition)}`;
  const shown = rejected
    .slice(0, named)
    .map(({ acquisition, differences }) => `${numberWords(acquisition)}${own}, with ${differencesWords(differences)}`);
  return `The best of the others by ${reason.acquisitionName ?? 'acquisition'}: ${shown.join('; ')}.`;
}

function predictionWords({ value, low, high, measured, inside }: NonNullable<SearchWhy['prediction']>): string {
  const foretold = `${numberWords(value)} was foretold, ${intervalWords({ low, high })} with 90 % confidence`;
  if (measured === null) return `${foretold}; the truth is not known.`;
  return `${foretold}; the truth was ${numberWords(measured)}, ${inside ? 'inside' : 'outside'}.`;
}

function fidelityWords(
  { objective }: SearchWhy,
  { amount, of, continues }: NonNullable<SearchWhy['fidelity']>,
): string {
  const share = of === null ? numberWords(amount) : `${numberWords(amount)} of ${numberWords(of)}`;
  return `${share} of the resource${continues ? `, going on from an earlier trial. ${voiceWords(objective, continues)}` : '.'}`;
}

function outcomeWords(why: SearchWhy): string {
  const { state, objective, value, rank, bestBefore, stopped, message } = why;
  if (stopped) {
    const compared = stopped.comparedWith.map(({ trial }) => String(trial));
    const among =
      compared.length > 0
        ? ` It was compared with ${compared.length === 1 ? 'trial' : 'trials'} ${listWords(compared)}.`
        : '';
    return `Stopped by ${stopped.pruner}: ${stopped.words}${among}`;
  }
  if (value === null)
    return message ? `It ${state === 'failed' ? 'failed' : `is ${state}`}: ${message}` : `It is ${state}.`;
  const place = rank ? `, ${rank.place === 1 ? 'the best' : `number ${rank.place}`} of ${rank.of}` : '';
  const before = bestBefore
    ? ` The best until then was trial ${bestBefore.trial} with ${numberWords(bestBefore.value, 4)}.`
    : '';
  return `${metricInSentence(objective)} ${numberWords(value, 4)}${place}.${before}`.replace(/^./, (first) =>
    first.toUpperCase(),
  );
}
