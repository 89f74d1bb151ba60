import { sampleValue } from '../../space/distribution.ts';
import { encode } from '../../space/encoding.ts';
import type { Sampler, Suggestion } from '../sampler.ts';
import type { Resource } from '../study-view.ts';
import { basketOf, type Member } from './freeze-thaw/basket.ts';
import { CurveModel } from './freeze-thaw/curve-model.ts';
import { type TrainingCurve, trainingCurves } from './freeze-thaw/curves.ts';
import { type Basket, informationGains } from './freeze-thaw/entropy-search.ts';
import { type BasketSetting, membersOf } from './freeze-thaw/members.ts';
import { type Choice, reasonOf } from './freeze-thaw/reason.ts';
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
  /** One trial in so many is the favourite's, thawed whatever it tells: the search is for a good result, not for knowing which. */
  readonly favourite?: number;
}

const name = 'freeze-thaw';
/** Curves that the model learns from: the best ones, for the cost grows with the cube. */
const mostCurves = 100;

interface Setting extends Required<FreezeThawOptions>, BasketSetting {
  readonly resource: Resource;
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
    why: reasonOf(setting, model, taken, rejected, favourite !== undefined),
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
