import type { Params } from '../../../shared/space.ts';
import type { Reason } from '../../../shared/trial.ts';
import type { Random } from '../../random.ts';
import { isCategorical, sampleValue } from '../../space/distribution.ts';
import { decode, encode } from '../../space/encoding.ts';
import { toMinimize } from '../ranking.ts';
import type { Sampler, Suggestion } from '../sampler.ts';
import type { Resource, StudyView } from '../study-view.ts';
import { basketOf, foreseeAll, type Member, mostPromising } from './freeze-thaw/basket.ts';
import { CurveModel } from './freeze-thaw/curve-model.ts';
import { type TrainingCurve, trainingCurves } from './freeze-thaw/curves.ts';
import { type Basket, informationGains, type Observation } from './freeze-thaw/entropy-search.ts';
import { freshConfiguration } from './halving/fresh.ts';
import { resourceOf, whole } from './halving/halving-sampler.ts';
import { fidelityLevels } from './halving/levels.ts';
import { amount } from './halving/promotion.ts';

export interface FreezeThawOptions {
  /** How much more of the resource a training has had when it is frozen again: this many times as much. */
  readonly eta?: number;
  /** Trainings that are begun before the model speaks. */
  readonly startUpTrials?: number;
  /** Paused and new configurations in the basket (Swersky et al. 2014, section 5: 10 and 3). */
  readonly paused?: number;
  readonly fresh?: number;
  /** The information is divided by its cost to this power: 0 counts trials alone, 1 the resource alone. */
  readonly thrift?: number;
  /** Every so manieth trial is the favourite's, thawed whatever it tells: the search is for a good result, not for knowing which. */
  readonly favourite?: number;
}

const name = 'freeze-thaw';
/** Configurations that are done and could be the best; more of them change no choice. */
const mostDone = 3;
/** Configurations among which the new ones of the basket are found. */
const draws = 40;
/** Standard deviation of a neighbour's numbers, as a share of their range. */
const step = 0.1;
/** Curves that the model learns from: the best ones, for the cost grows with the cube. */
const mostCurves = 100;

interface Setting extends Required<FreezeThawOptions> {
  readonly study: StudyView;
  readonly resource: Resource;
  readonly levels: readonly number[];
  readonly random: Random;
  /** Of the trial. */
  readonly number: number;
}

/**
 * Freeze-thaw Bayesian optimisation (Swersky, Snoek and Adams 2014): trainings are frozen after a while, and each time the one is begun
 * or thawed of which the next value tells most about which configuration would be the best with the whole resource (entropy
 * search over a basket of the most promising paused and new ones). Kept from the paper: the model of curves and their ends, the basket
 * of 10 and 3, the entropy search with fantasised values. Otherwise: hyperparameters are the most likely ones and not slice samples;
 * a training goes on to eta times as much and not by one epoch, and its cost counts; what is sought is the value with the whole
 * resource and not at infinity; half of the new configurations are neighbours of the best; and every fifth trial thaws the favourite. Of
 * several objectives the first is modelled.
 */
export function freezeThawSampler(options: FreezeThawOptions = {}): Sampler {
  const { eta = 3, startUpTrials = 5, paused = 10, fresh = 3, thrift = 0.5, favourite = 5 } = options;
  return {
    name,
    sharesResource: true,
    relativeSpace: (study) => study.space,
    sampleRelative(study, number, _space, random) {
      const resource = resourceOf(study, name);
      const levels = fidelityLevels(resource, eta);
      const setting = { study, resource, levels, random, eta, startUpTrials, paused, fresh, thrift, favourite, number };
      const curves = bestCurves(trainingCurves(study, resource));
      return (
        (curves.length < startUpTrials ? begin(setting, curves.length) : choose(setting, curves)) ??
        whole(study, name, resource, random)
      );
    },
    sampleIndependent: (_study, _number, _name, distribution, random) => sampleValue(distribution, random),
  };
}

const bestCurves = (curves: readonly TrainingCurve[]): TrainingCurve[] =>
  curves.length <= mostCurves ? [...curves] : curves.toSorted((a, b) => lastLoss(a) - lastLoss(b)).slice(0, mostCurves);

const lastLoss = ({ losses }: TrainingCurve): number => losses[losses.length - 1];

function begin({ study, levels, random, startUpTrials, resource }: Setting, begun: number): Suggestion | undefined {
  const params = freshConfiguration(study, levels[0], random);
  const words = `Drawn at random: ${begun} of the ${startUpTrials} trainings begun that the model of their curves needs; ${amount(levels[0], resource)} at first.`;
  return params && { params, fidelity: levels[0], why: { sampler: name, phase: 'start-up', words } };
}

/** A member that may go on, with what its next value would be and tell. */
interface Choice {
  readonly member: Member & { readonly next: number };
  readonly observation: Observation;
  /** Nats, divided by the cost's power. */
  readonly acquisition: number;
}

function choose(setting: Setting, curves: readonly TrainingCurve[]): Suggestion | undefined {
  const { study, resource, random } = setting;
  const data = curves.map(({ latest, steps, losses }) => ({
    point: encode(study.space, latest.params),
    steps,
    losses,
  }));
  const model = new CurveModel(study.space, data);
  const members = membersOf(setting, model, curves);
  if (members.every(({ next }) => next === undefined)) return undefined;
  const basket = basketOf(study, model, members, resource.max);
  const gains = informationGains(basket, random);
  const open = members.filter((member): member is Choice['member'] => member.next !== undefined);
  const choices = open.map((member, i): Choice => {
    const cost = member.next - (member.curve?.latest.fidelity ?? 0);
    return { member, observation: basket.observations[i], acquisition: gains[i] / cost ** setting.thrift };
  });
  // Members come in order of promise, which decides where nothing is left to be learnt.
  const told = choices.toSorted((a, b) => b.acquisition - a.acquisition);
  const favourite = favouriteOf(choices, members, basket, setting);
  const taken = favourite ?? told[0];
  const { params, curve, next } = taken.member;
  const rejected = told.filter((choice) => choice !== taken);
  return {
    params,
    fidelity: next,
    ...(curve && { continues: curve.latest.number }),
    why: reason(setting, model, taken, rejected, favourite !== undefined),
  };
}

/** Where it is the favourite's turn: the member that is foreseen to end best, if it is paused. */
function favouriteOf(
  choices: readonly Choice[],
  members: readonly Member[],
  { mean }: Basket,
  { number, favourite }: Setting,
): Choice | undefined {
  if (number % favourite !== favourite - 1) return undefined;
  const begun = members.filter(({ curve }) => curve).map((member) => ({ member, mean: mean[members.indexOf(member)] }));
  const best = begun.reduce((one, other) => (other.mean < one.mean ? other : one));
  return choices.find(({ member }) => member === best.member);
}

/** The basket: the best of those that are done, the most promising paused and the most promising new ones, in this order of promise. */
function membersOf(setting: Setting, model: CurveModel, curves: readonly TrainingCurve[]): Member[] {
  const { study, levels, paused, fresh } = setting;
  const known = curves.map((curve): Member => ({ params: curve.latest.params, curve, next: nextOf(curve, setting) }));
  const foreseen = foreseeAll(study, model, known);
  const best = Math.min(...foreseen.map(({ mean }) => mean));
  const done = foreseen.filter(({ member }) => member.curve?.latest.fidelity === levels[levels.length - 1]);
  const open = foreseen.filter(({ member }) => member.next !== undefined);
  const favourites = foreseen.toSorted((a, b) => a.mean - b.mean).slice(0, mostDone);
  const strangers = newcomers(
    setting,
    favourites.map(({ member }) => member.params),
  );
  return [
    ...done.toSorted((a, b) => a.mean - b.mean).slice(0, mostDone),
    ...mostPromising(open, best, paused),
    ...mostPromising(foreseeAll(study, model, strangers), best, fresh),
  ].map(({ member }) => member);
}

/** Different configurations that could be begun: half of them drawn uniformly, half near those that are foreseen to be the best. */
function newcomers({ study, levels, random }: Setting, favourites: readonly Params[]): Member[] {
  const members = new Map<string, Member>();
  for (let draw = 0; draw < draws; draw++) {
    const params =
      draw % 2 === 0
        ? freshConfiguration(study, levels[0], random)
        : neighbour(study, favourites[(draw >> 1) % favourites.length], random);
    if (params && !study.tried(params, levels[0])) members.set(JSON.stringify(params), { params, next: levels[0] });
  }
  return [...members.values()];
}

/** A configuration moved a little in each number, with a choice drawn anew now and then; parameters that open are drawn uniformly. */
function neighbour({ space }: StudyView, params: Params, random: Random): Params {
  const point = encode(space, params).map((value, i) => {
    const anew = Number.isNaN(value) || (isCategorical(space.parameters[i].distribution) && random.uniform() < 0.1);
    if (anew) return random.uniform();
    return isCategorical(space.parameters[i].distribution)
      ? value
      : Math.min(1, Math.max(0, value + step * random.normal()));
  });
  return decode(space, point);
}

/** Where a paused training would be frozen again; undefined where it may not go on, or has been tried there. */
function nextOf({ latest, paused }: TrainingCurve, { study, levels }: Setting): number | undefined {
  if (!paused) return undefined;
  const next = levels.find((level) => level > (latest.fidelity ?? Number.POSITIVE_INFINITY));
  return next !== undefined && !study.tried(latest.params, next) ? next : undefined;
}

function reason(
  { study, resource, thrift }: Setting,
  model: CurveModel,
  { member, observation, acquisition }: Choice,
  rejected: readonly Choice[],
  isFavourite: boolean,
): Reason {
  const { curve, next } = member;
  const action = curve
    ? `Thaws the training of trial ${curve.latest.number} to ${amount(next, resource)}`
    : `Begins a new training, with ${amount(next, resource)}`;
  const whole = amount(resource.max, resource);
  const others = rejected.length > 0 ? ` more than any of ${rejected.length} other candidates` : '';
  return {
    sampler: name,
    phase: curve ? 'promote' : 'explore',
    words: isFavourite
      ? `${action}: of all begun it is foreseen to be the best with ${whole}.`
      : `${action}: for its cost its next value tells${others} which configuration would be the best with ${whole}.`,
    acquisition,
    acquisitionName: `nats per ${resource.name}^${thrift}`,
    prediction: predictionOf(study, model, observation),
    surrogate: { name: 'Gaussian processes of training curves', trials: model.curves },
    ...(curve && { spokeFor: [curve.latest.number] }),
    rejected: rejected.slice(0, 3).map(({ member, acquisition }) => ({ params: member.params, acquisition })),
  };
}

/** The next value with its central 90 %, in the objective's own unit. */
function predictionOf({ directions }: StudyView, model: CurveModel, { mean, variance }: Observation) {
  const reach = 1.6449 * Math.sqrt(variance);
  const [low, value, high] = [mean - reach, mean, mean + reach]
    .map((standard) => toMinimize(model.lossOf(standard), directions[0]))
    .sort((a, b) => a - b);
  return { low, value, high };
}
