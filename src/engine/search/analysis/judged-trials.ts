import { UserError } from '../../../shared/faults.ts';
import type { Direction } from '../../../shared/metrics.ts';
import type { Trial } from '../../../shared/trial.ts';
import { containsConfiguration } from '../../space/configuration.ts';
import { encode } from '../../space/encoding.ts';
import { atHighestFidelity, toMinimize, violation } from '../ranking.ts';
import type { StudyView } from '../study-view.ts';

/** What is judged by: one objective, or a weighted sum of all. */
export interface Judgement {
  /** Index of the objective; default: 0. */
  readonly objective?: number;
  /** Weights of the objectives instead, each scaled to [0, 1] over the trials. */
  readonly weights?: readonly number[];
  /** What the objectives are called; default: 'objective 1', ... */
  readonly names?: readonly string[];
}

/** Trials that an analysis may learn from, in order of their numbers. */
export interface JudgedTrials {
  readonly trials: readonly Trial[];
  /** [trials] points of the unit cube, NaN where a parameter is not active. */
  readonly points: readonly Float64Array[];
  /** [trials] finite, smaller is better. */
  readonly losses: Float64Array;
  /** 'log_loss', '0.3 x log_loss + 0.7 x energy' */
  readonly objective: string;
  /** Of the objective as people read it; a weighted sum is minimised. */
  readonly direction: Direction;
  /** Place of the best: the least loss of those that break the constraints least. */
  readonly best: number;
}

/** Fewer can say nothing: half of them would have to be held out to learn whether the rest foretell anything. */
export const fewestTrials = 4;

/**
 * The complete trials of the space as it is now, at the largest share of the resource. Pruned and failed ones are left out: what they
 * would have given is a guess, and an analysis must not rest on guesses.
 * Throws UserErrors `search-too-few` (fewer than 4) and `objective-unknown`.
 */
export function judgedTrials(study: StudyView, { objective = 0, weights, names }: Judgement = {}): JudgedTrials {
  const nameOf = (i: number) => names?.[i] ?? `objective ${i + 1}`;
  checkObjective(study, objective, weights);
  const complete = study.trials.filter(
    ({ state, values, params }) =>
      state === 'complete' && values?.every(Number.isFinite) && containsConfiguration(study.space, params),
  );
  const trials = atHighestFidelity(complete);
  if (trials.length < fewestTrials) throw tooFew(trials.length);
  const lossesOf = (i: number) =>
    Float64Array.from(trials, ({ values }) => toMinimize(values![i], study.directions[i]));
  const losses = weights
    ? weightedSum(
        study.directions.map((_, i) => lossesOf(i)),
        weights,
      )
    : lossesOf(objective);
  return {
    trials,
    points: trials.map(({ params }) => encode(study.space, params)),
    losses,
    objective: weights ? formula(weights, nameOf) : nameOf(objective),
    direction: weights ? 'minimize' : study.directions[objective],
    best: bestPlace(trials, losses),
  };
}

/** Places of the trials, those with the least loss first; earlier ones first among equals. */
export const bestFirst = ({ losses }: Pick<JudgedTrials, 'losses'>): number[] =>
  [...losses.keys()].sort((a, b) => losses[a] - losses[b]);

/** A loss in the objective's own unit; its own inverse. */
export const inOwnUnit = (loss: number, { direction }: Pick<JudgedTrials, 'direction'>): number =>
  toMinimize(loss, direction);

function weightedSum(losses: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const scaled = losses.map((of) => {
    // Halved, so that the distance of two huge numbers is still a number.
    const low = of.reduce((a, b) => Math.min(a, b)) / 2;
    const range = of.reduce((a, b) => Math.max(a, b)) / 2 - low;
    return of.map((loss) => (range > 0 ? (loss / 2 - low) / range : 0));
  });
  return losses[0].map((_, i) => scaled.reduce((sum, of, objective) => sum + weights[objective] * of[i], 0));
}

const formula = (weights: readonly number[], nameOf: (i: number) => string): string =>
  weights.flatMap((weight, i) => (weight === 0 ? [] : [`${Number(weight.toFixed(3))} x ${nameOf(i)}`])).join(' + ');

function bestPlace(trials: readonly Trial[], losses: Float64Array): number {
  const broken = trials.map(violation);
  return trials.reduce((best, _, i) => {
    const worse = broken[i] - broken[best] || losses[i] - losses[best];
    return worse < 0 ? i : best;
  }, 0);
}

function checkObjective({ directions }: StudyView, objective: number, weights?: readonly number[]): void {
  if (weights ? weights.length === directions.length : directions[objective] !== undefined) return;
  const got = weights ? `${weights.length} weight(s)` : `number ${objective}`;
  throw new UserError('objective-unknown', `the study has ${directions.length} objective(s); got ${got}.`, {
    advice: `Objectives are numbered 0 to ${directions.length - 1}.`,
  });
}

const tooFew = (count: number) =>
  new UserError('search-too-few', `${count} complete trial(s) are too few to learn anything of the search from.`, {
    advice: `At least ${fewestTrials} are needed, and ten for each hyperparameter to rely on it. Let the search go on.`,
  });
