import type { Random } from '../../random.ts';
import { containsConfiguration, sampleConfiguration } from '../../space/configuration.ts';
import { sampleValue } from '../../space/distribution.ts';
import { encode } from '../../space/encoding.ts';
import { acquisitions } from '../acquisition/acquisition.ts';
import { keyOf, type ScoredPoint } from '../acquisition/candidate-search.ts';
import { Cube } from '../acquisition/cube.ts';
import { maximize } from '../acquisition/maximize.ts';
import { thompsonDraw } from '../acquisition/thompson.ts';
import { observationsOf } from '../observations.ts';
import { fittestFirst } from '../populations/standing.ts';
import { quasiRandom } from '../populations/start.ts';
import type { Sampler, Suggestion } from '../sampler.ts';
import type { StudyView } from '../study-view.ts';
import type { FitOptions } from '../surrogates/gaussian-process/fit.ts';
import { type GpModels, gpModels } from './gp-models.ts';
import { allTriedReason, gpReason } from './gp-reason.ts';

export interface GpOptions {
  /** Default: 'log-ei'. 'thompson' draws a function from the process and takes its best point, whatever the constraints. */
  readonly acquisition?: keyof typeof acquisitions | 'thompson';
  /** Finished trials before it begins to learn; default: 10. */
  readonly startUpTrials?: number;
  /** Kernels and warps among which the likeliest is taken. */
  readonly fit?: FitOptions;
}

/** Best trials that candidates are looked for around. */
const incumbentCount = 4;
/** The same of a front, which is wider. */
const frontCount = 8;
/** The suggestion and the candidates that its reason names. */
const mostNamed = 4;
/** Points that differ by less than this everywhere are one candidate, as far as a person is concerned. */
const sameWithin = 0.01;

/**
 * Bayesian optimisation with a Gaussian process (Jones et al. 1998; Snoek et al. 2012): finished trials are modelled by a process with
 * a Matern 5/2 kernel and a length scale for each parameter, and the configuration with the highest acquisition is suggested. Running
 * trials are believed to give what is expected of them. Failed trials count as the worst seen, pruned ones as no better than the median;
 * of more than 400 the best and the newest are modelled.
 */
export function gpSampler({ acquisition = 'log-ei', startUpTrials = 10, fit = {} }: GpOptions = {}): Sampler {
  return {
    name: 'gp',
    relativeSpace: (study) => study.space,
    sampleRelative(study, number, _space, random) {
      const finished = observationsOf(study).trials.length;
      if (finished < startUpTrials) return startUp(study, number, finished, startUpTrials);
      return modelled(study, acquisition, fit, random);
    },
    sampleIndependent: (_study, _number, _name, distribution, random) => sampleValue(distribution, random),
  };
}

function startUp(study: StudyView, number: number, finished: number, needed: number): Suggestion {
  const { params, index } = quasiRandom(study, number);
  const words = `Point ${index} of a Sobol sequence, to begin evenly: ${finished} of the ${needed} finished trials that the model needs.`;
  return { params, why: { sampler: 'gp', phase: 'start-up', words } };
}

function modelled(
  study: StudyView,
  acquisition: NonNullable<GpOptions['acquisition']>,
  fit: FitOptions,
  random: Random,
): Suggestion {
  const cube = new Cube(study.space);
  const drawn = acquisition === 'thompson';
  const models = gpModels(study, acquisitions[drawn ? 'log-ei' : acquisition], fit, random);
  const incumbents = incumbentsOf(study, models);
  const found = drawn
    ? thompsonDraw(cube, models.believing, incumbents, random.fork('draw'))
    : maximize(cube, models.criterion, incumbents, triedPoints(study), random.fork('candidates'));
  const [taken, ...others] = differentUntried(study, cube, found);
  if (!taken) return { params: sampleConfiguration(study.space, random), why: allTriedReason };
  const acquisitionName = drawn ? 'negated draw from the process' : models.criterion.name;
  return { params: cube.params(taken.point), why: gpReason(study, models, { acquisitionName, taken, others }) };
}

/** Of two objectives the least crowded of the front, for a climb begins near what it is to improve on. */
function incumbentsOf(
  { directions }: StudyView,
  { observations: { trials, points, violations }, losses, joined }: GpModels,
): Float64Array[] {
  if (directions.length > 1 && !joined) {
    const places = new Map(trials.map((trial, i) => [trial.number, i]));
    const front = fittestFirst(trials, directions).slice(0, frontCount);
    return front.map(({ number }) => points[places.get(number) as number]);
  }
  const order = [...losses.keys()].sort((a, b) => violations[a] - violations[b] || losses[a] - losses[b] || a - b);
  return order.slice(0, incumbentCount).map((i) => points[i]);
}

/** Keys of the points that must not come again. */
const triedPoints = (study: StudyView): Set<string> =>
  new Set(
    study.trials
      .filter(({ params }) => containsConfiguration(study.space, params) && study.tried(params))
      .map(({ params }) => keyOf(encode(study.space, params))),
  );

/** The best few that are neither tried nor alike. */
function differentUntried(study: StudyView, cube: Cube, found: readonly ScoredPoint[]): ScoredPoint[] {
  const different: ScoredPoint[] = [];
  for (const candidate of found) {
    if (different.length === mostNamed) break;
    if (different.some(({ point }) => alike(cube, point, candidate.point))) continue;
    if (!study.tried(cube.params(candidate.point))) different.push(candidate);
  }
  return different;
}

const alike = (cube: Cube, a: Float64Array, b: Float64Array): boolean =>
  a.every((coordinate, i) => {
    if (cube.sides[i].kind !== 'continuous' || Number.isNaN(coordinate)) return Object.is(coordinate, b[i]);
    return Math.abs(coordinate - b[i]) < sameWithin;
  });
