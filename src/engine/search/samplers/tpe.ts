import type { Parameter, Params, Value } from '../../../shared/space.ts';
import type { Trial } from '../../../shared/trial.ts';
import type { Random } from '../../random.ts';
import { isActive } from '../../space/conditions.ts';
import { contains, sampleValue } from '../../space/distribution.ts';
import { conditionGroups } from '../../space/groups.ts';
import type { Sampler } from '../sampler.ts';
import type { StudyView } from '../study-view.ts';
import { fromCoordinate, toCoordinate } from './kernels.ts';
import { ParzenEstimator } from './parzen-estimator.ts';
import { type Candidate, type GroupChoice, startUpReason, tpeReason } from './tpe-reason.ts';
import { ageWeights, splitTrials } from './tpe-split.ts';

export interface TpeOptions {
  /** Finished trials before it begins to learn. */
  readonly startUpTrials?: number;
  /** Draws from the density of the good trials, the best of which is suggested. */
  readonly candidates?: number;
}

/**
 * Tree-structured Parzen estimator (Bergstra et al. 2011; constants as Optuna 5 has them, see Watanabe 2023). Finished trials are
 * parted into the good and the rest, each becomes a density l and g, and of 24 draws from l the one with the highest log l - log g
 * is suggested: the expected improvement rises with it (Bergstra et al. 2011, equation 4).
 *
 * Parameters with the same conditions form a group that is modelled jointly, from the trials that have the group; groups follow one
 * another down the tree of conditions. The group's trials are parted among themselves, so that a learner's parameters are judged
 * by that learner's trials. Failed trials count as bad, running ones too (constant liar).
 */
export function tpeSampler({ startUpTrials = 10, candidates = 24 }: TpeOptions = {}): Sampler {
  return {
    name: 'tpe',
    relativeSpace: (study) => study.space,
    sampleRelative(study, _number, space, random) {
      const finished = study.trials.filter(({ state }) => state === 'complete' || state === 'pruned').length;
      if (finished < startUpTrials) return { params: {}, why: startUpReason(finished, startUpTrials) };
      const choices: GroupChoice[] = [];
      const params: Record<string, Value> = {};
      for (const group of conditionGroups(space)) {
        if (!isActive(group[0], params)) continue;
        const choice = chooseGroup(study, group, params, candidates, random);
        Object.assign(params, choice.taken.params);
        choices.push(choice);
      }
      return { params, why: tpeReason(choices, params, space) };
    },
    sampleIndependent: (_study, _number, _name, distribution, random) => sampleValue(distribution, random),
  };
}

/** The best of the candidates for one group's values, given those of the groups before it. */
function chooseGroup(
  study: StudyView,
  group: readonly Parameter[],
  before: Params,
  candidates: number,
  random: Random,
): GroupChoice {
  const distributions = group.map(({ distribution }) => distribution);
  const split = splitTrials(trialsWith(study.trials, group), study.directions);
  const [l, g] = [split.good, split.rest].map((trials) => {
    const columns = group.map((parameter) => coordinates(parameter, trials));
    return new ParzenEstimator(distributions, columns, ageWeights(trials.length));
  });
  const drawn = Array.from({ length: candidates }, (): Candidate => {
    const point = l.sample(random);
    const params = Object.fromEntries(group.map(({ name }, i) => [name, fromCoordinate(distributions[i], point[i])]));
    const tried = study.tried({ ...before, ...params });
    return { point, params, tried, acquisition: l.logDensity(point) - g.logDensity(point) };
  });
  const [taken, ...rejected] = drawn.sort((a, b) => Number(a.tried) - Number(b.tried) || b.acquisition - a.acquisition);
  return { split, taken, rejected, goodShares: l.shares(taken.point), restShares: g.shares(taken.point) };
}

/** Trials that have the whole group, with values that are still possible. */
const trialsWith = (trials: readonly Trial[], group: readonly Parameter[]): Trial[] =>
  trials.filter(
    ({ state, params }) =>
      state !== 'waiting' &&
      group.every(({ name, distribution }) => params[name] !== undefined && contains(distribution, params[name])),
  );

function coordinates({ name, distribution }: Parameter, trials: readonly Trial[]): Float64Array {
  const column = new Float64Array(trials.length);
  for (let i = 0; i < trials.length; i++) column[i] = toCoordinate(distribution, trials[i].params[name]);
  return column;
}
