import type { Params, Space, Value } from '../../../shared/space.ts';
import type { Reason } from '../../../shared/trial.ts';
import { configure } from '../../space/conditions.ts';
import { decode, decodeValue, encode } from '../../space/encoding.ts';
import type { Observations } from '../observations.ts';
import { toMinimize } from '../ranking.ts';
import type { StudyView } from '../study-view.ts';
import type { Surrogate } from '../surrogates/surrogate.ts';
import type { ScoredPoint } from './candidate-search.ts';

/** A surrogate that can say how far it is to be trusted, and whom it listened to. */
export interface ExplainedSurrogate extends Surrogate {
  /** How well it foretells observations that it has not seen, at most 1, and what that figure is: 'leave-one-out R2'. */
  readonly fit?: number;
  readonly fitName?: string;
  /** [observations] how much each one's loss counts in the mean at a point; some may count against. Running trials may follow. */
  weights?(point: Float64Array): Float64Array;
}

/** What was known when a suggestion was made from a model of one objective. */
export interface ModelledChoice {
  readonly sampler: string;
  readonly study: StudyView;
  /** Index of the objective; default: 0. */
  readonly objective?: number;
  readonly observations: Observations;
  readonly surrogate: ExplainedSurrogate;
  /** [observations] losses as the surrogate was given them; default: as they were observed. */
  readonly modelled?: Float64Array;
  /** From the surrogate's unit to that of the losses, never falling; default: they are the same. */
  readonly toLoss?: (modelled: number) => number;
  readonly acquisitionName: string;
  readonly taken: ScoredPoint;
  /** Best first. */
  readonly others: readonly ScoredPoint[];
}

/** A loss that is foretold, with the central 90 % interval of an observation. */
interface Foretold {
  readonly loss: number;
  readonly low: number;
  readonly high: number;
}

/** Voices and alternatives that a reason names at most. */
const named = 3;
/** Ends of the central 90 % of a normal distribution, in standard deviations. */
const ninety = 1.6448536269514722;

/** The reason of a suggestion, from what the surrogate and the acquisition function said when it was made. */
export function surrogateReason(choice: ModelledChoice): Reason {
  const { sampler, study, surrogate, observations, acquisitionName, taken, others } = choice;
  const { fit, fitName } = surrogate;
  const best = bestOf(choice);
  const [own, bests] = foretell(choice, [taken.point, observations.points[best]]);
  const voices = voicesOf(choice);
  const phase = own.loss <= bests.loss ? 'exploit' : 'explore';
  return {
    sampler,
    phase,
    words: words(choice, phase, own, best, voices),
    acquisition: taken.score,
    acquisitionName,
    prediction: inOwnUnit(choice, own),
    parameters: contributions(choice, own, observations.trials[best].params),
    surrogate: {
      name: surrogate.name,
      trials: observations.trials.length,
      ...(fit !== undefined && Number.isFinite(fit) && { fit, fitName }),
    },
    rejected: others.slice(0, named).map(({ point, score }) => ({
      params: decode(study.space, point),
      acquisition: score,
    })),
    ...voices,
  };
}

const modelledOf = ({ modelled, observations }: ModelledChoice): Float64Array => modelled ?? observations.losses;

/** Place of the observation with the lowest loss that the model knows. */
function bestOf(choice: ModelledChoice): number {
  const losses = modelledOf(choice);
  return losses.reduce((best, loss, i) => (loss < losses[best] ? i : best), 0);
}

function foretell({ surrogate, toLoss = (loss) => loss }: ModelledChoice, points: readonly Float64Array[]): Foretold[] {
  const { mean, deviation } = surrogate.predict(points);
  return points.map((_, i) => {
    const reach = ninety * Math.hypot(deviation[i], surrogate.noise);
    const [loss, low, high] = [mean[i], mean[i] - reach, mean[i] + reach].map((value) => finite(toLoss(value)));
    return { loss, low, high };
  });
}

/** Even the largest numbers with the widest interval must survive JSON. */
const finite = (value: number) => Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value));

function inOwnUnit({ study, objective = 0 }: ModelledChoice, { loss, low, high }: Foretold) {
  // JSON does not keep a negative zero; adding 0 makes it a plain one.
  const [value, one, other] = [loss, low, high].map((bound) => toMinimize(bound, study.directions[objective]) + 0);
  return { value, low: Math.min(one, other), high: Math.max(one, other) };
}

/** Each parameter against the same configuration with the best trial's value there, where the best trial has the parameter. */
function contributions(choice: ModelledChoice, own: Foretold, best: Params) {
  const { space } = choice.study;
  const params = decode(space, choice.taken.point);
  const shared = Object.keys(params).filter((name) => name in best);
  const changed = shared.map((name) => encode(space, withValue(space, params, name, best)));
  const others = foretell(choice, changed);
  return shared.map((name, i) => ({
    name,
    exploit: finite(others[i].loss - own.loss),
    explore: finite((halfWidth(own) - halfWidth(others[i])) / ninety),
  }));
}

/** Halves are taken first: they do not overflow. */
const halfWidth = ({ low, high }: Foretold): number => high / 2 - low / 2;

/** A configuration with one value of another, and with the other's values, or the middle, for what that opens. */
function withValue(space: Space, params: Params, changed: string, other: Params): Params {
  return configure(space, ({ name, distribution }): Value => {
    if (name === changed) return other[name];
    return params[name] ?? other[name] ?? decodeValue(distribution, 0.5);
  });
}

/**
 * Each observation speaks with its weight in the mean times how much better than the average it was. Those that pull the prediction
 * down speak for the suggestion, those that push it up against; below a twentieth of all that was said nobody is heard.
 */
function voicesOf(choice: ModelledChoice) {
  const { surrogate, observations, taken } = choice;
  const losses = modelledOf(choice);
  const unit = losses.reduce((most, loss) => Math.max(most, Math.abs(loss)), 0) || 1;
  const average = losses.reduce((sum, loss) => sum + loss / unit / losses.length, 0);
  const weights = surrogate.weights?.(taken.point) ?? new Float64Array(losses.length);
  const said = observations.trials.map(({ number }, i) => ({
    number,
    voice: weights[i] * (average - losses[i] / unit),
  }));
  const total = said.reduce((sum, { voice }) => sum + Math.abs(voice), 0);
  const loud = said.filter(({ voice }) => Math.abs(voice) > 0.05 * total && total > 1e-12);
  const numbers = (sign: 1 | -1) =>
    loud
      .filter(({ voice }) => sign * voice > 0)
      .sort((a, b) => Math.abs(b.voice) - Math.abs(a.voice) || a.number - b.number)
      .slice(0, named)
      .map(({ number }) => number);
  return { spokeFor: numbers(1), spokeAgainst: numbers(-1) };
}

function words(
  choice: ModelledChoice,
  phase: 'exploit' | 'explore',
  own: Foretold,
  best: number,
  { spokeFor, spokeAgainst }: { readonly spokeFor: readonly number[]; readonly spokeAgainst: readonly number[] },
): string {
  const { study, observations, objective = 0 } = choice;
  const { value, low, high } = inOwnUnit(choice, own);
  const has = toMinimize(observations.losses[best], study.directions[objective]);
  const expected = `${short(value)} is expected here (${short(low)} to ${short(high)})`;
  const against = `the best so far, trial ${observations.trials[best].number}, has ${short(has)}`;
  const first =
    phase === 'exploit' ? `Exploits: ${expected}; ${against}` : `Explores: ${expected} and much is unknown; ${against}`;
  const spoke = [
    ...(spokeFor.length > 0 ? [`${trialList(spokeFor)} spoke for it`] : []),
    ...(spokeAgainst.length > 0 ? [`${trialList(spokeAgainst)} against it`] : []),
  ];
  return `${[first, spoke.join(', ')].filter(Boolean).join('; ')}.`;
}

const short = (value: number): string => String(Number(value.toPrecision(3)));

const trialList = (numbers: readonly number[]): string =>
  numbers.length === 1 ? `trial ${numbers[0]}` : `trials ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;
