import type { Distribution, Parameter, Params, Value } from '../../../shared/space.ts';
import type { Trial } from '../../../shared/trial.ts';
import type { Random } from '../../random.ts';
import { isActive } from '../../space/conditions.ts';
import { sampleValue } from '../../space/distribution.ts';
import { conditionGroups } from '../../space/groups.ts';
import type { Sampler } from '../sampler.ts';
import type { StudyView } from '../study-view.ts';
import { branched } from './branched.ts';
import { coordinatesOf, fromCoordinate } from './kernels.ts';
import { ParzenEstimator } from './parzen-estimator.ts';
import { contributionsOf } from './tpe-contributions.ts';
import { type Candidate, type GroupChoice, startUpReason, tpeReason } from './tpe-reason.ts';
import { splitTrials, type Weighted, weighedByAge } from './tpe-split.ts';
import { trialColumn } from './trial-columns.ts';

export interface TpeOptions {
  /** Finished trials before it begins to learn. */
  readonly startUpTrials?: number;
  /** Draws from the density of the good trials, the best of which is suggested. */
  readonly candidates?: number;
  /** Whether parameters with the same conditions are modelled jointly (default), or each by itself as in the first TPE. */
  readonly multivariate?: boolean;
}

/**
 * Tree-structured Parzen estimator (Bergstra et al. 2011; for the constants see Watanabe 2023). Finished trials are parted into the good
 * and the rest, each becomes a density l and g, and of 24 draws from l the one with the highest log l - log g is suggested: the
 * expected improvement rises with it (Bergstra et al. 2011, equation 4). Several objectives as in MOTPE (Ozaki et al. 2022).
 *
 * Parameters with the same conditions form a group that is modelled jointly, from the trials that have the group; groups follow one
 * another down the tree of conditions. The group's trials are parted among themselves, so that a learner's parameters are judged
 * by that learner's trials. A parameter that chooses between such subspaces is chosen by a bandit. Failed trials count as bad,
 * running ones too (constant liar).
 */
export function tpeSampler({ startUpTrials = 10, candidates = 24, multivariate = true }: TpeOptions = {}): Sampler {
  const name = multivariate ? 'tpe' : 'tpe-univariate';
  return branched({
    name,
    relativeSpace: (study) => study.space,
    sampleRelative(study, _number, space, random) {
      const finished = finishedCount(study.trials);
      if (finished < startUpTrials) return { params: {}, why: startUpReason(name, finished, startUpTrials) };
      const choices: GroupChoice[] = [];
      const params: Record<string, Value> = {};
      for (const group of conditionGroups(space)) {
        if (!isActive(group[0], params)) continue;
        for (const part of multivariate ? [group] : group.map((parameter) => [parameter])) {
          const choice = chooseGroup(study, part, params, candidates, random);
          Object.assign(params, choice.taken.params);
          choices.push(choice);
        }
      }
      return { params, why: tpeReason(name, choices, params, space) };
    },
    sampleIndependent: (_study, _number, _name, distribution, random) => sampleValue(distribution, random),
  });
}

function finishedCount(trials: readonly Trial[]): number {
  let count = 0;
  for (const { state } of trials) if (state === 'complete' || state === 'pruned') count++;
  return count;
}

/** Uniform draws that look for something new where all candidates are tried. */
const sweep = 100;

const uniformPoint = (distributions: readonly Distribution[], random: Random): Float64Array =>
  Float64Array.from(distributions, (distribution) => coordinatesOf(distribution)(sampleValue(distribution, random)));

/** The best of the candidates for one group's values, given those of the groups before it. */
function chooseGroup(
  study: StudyView,
  group: readonly Parameter[],
  before: Params,
  candidates: number,
  random: Random,
): GroupChoice {
  const distributions = group.map(({ distribution }) => distribution);
  const columns = group.map((parameter) => trialColumn(study.trials, parameter));
  const split = splitTrials(trialsWith(study.trials, group), study.directions);
  const rest = weighedByAge(split.rest);
  const densityOf = ({ trials: members, weights }: Weighted) =>
    new ParzenEstimator(
      distributions,
      columns.map((column) => coordinates(column, members)),
      weights,
    );
  const l = densityOf({ trials: split.good, weights: split.goodWeights });
  const g = densityOf(rest);
  const candidateAt = (point: Float64Array): Candidate => {
    const params = Object.fromEntries(group.map(({ name }, i) => [name, fromCoordinate(distributions[i], point[i])]));
    const tried = study.tried({ ...before, ...params });
    return { point, params, tried, acquisition: l.logDensity(point) - g.logDensity(point) };
  };
  const drawn = Array.from({ length: candidates }, () => candidateAt(l.sample(random)));
  if (drawn.every(({ tried }) => tried)) {
    for (let i = 0; i < sweep; i++) drawn.push(candidateAt(uniformPoint(distributions, random)));
  }
  const [taken, ...rejected] = drawn.sort((a, b) => Number(a.tried) - Number(b.tried) || b.acquisition - a.acquisition);
  const best = split.best && Float64Array.from(columns, (column) => column[split.best?.number ?? 0]);
  return {
    split,
    against: rest.trials,
    taken,
    rejected,
    goodShares: l.shares(taken.point),
    restShares: g.shares(taken.point),
    contributions: best ? contributionsOf(group, l, g, taken.point, best) : [],
  };
}

function coordinates(column: Float64Array, members: readonly Trial[]): Float64Array {
  const own = new Float64Array(members.length);
  for (let i = 0; i < members.length; i++) own[i] = column[members[i].number];
  return own;
}

/** Trials that have the whole group, with values that are still possible. */
function trialsWith(trials: readonly Trial[], group: readonly Parameter[]): Trial[] {
  const columns = group.map((parameter) => trialColumn(trials, parameter));
  const found: Trial[] = [];
  for (let number = 0; number < trials.length; number++) {
    if (trials[number].state === 'waiting' || columns.some((column) => Number.isNaN(column[number]))) continue;
    found.push(trials[number]);
  }
  return found;
}
