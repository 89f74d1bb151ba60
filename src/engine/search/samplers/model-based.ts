import type { Random } from '../../random.ts';
import { sampleConfiguration } from '../../space/configuration.ts';
import { sampleValue } from '../../space/distribution.ts';
import { type Acquisition, acquisitionValues } from '../acquisition/acquisition.ts';
import {
  type CandidateSearchOptions,
  type Score,
  type ScoredPoint,
  searchCandidates,
} from '../acquisition/candidate-search.ts';
import { Cube } from '../acquisition/cube.ts';
import { type ExplainedSurrogate, surrogateReason } from '../acquisition/surrogate-reason.ts';
import { type Observations, observationsOf } from '../observations.ts';
import { quasiRandom } from '../populations/start.ts';
import type { Sampler, Suggestion } from '../sampler.ts';
import type { StudyView } from '../study-view.ts';
import { standardise } from '../surrogates/standardised-losses.ts';

/** Losses as a surrogate is given them, and the way back; never falling. */
export interface ScaledLosses {
  readonly values: Float64Array;
  toLoss(value: number): number;
}

/** What makes one sampler of this kind differ from another. */
export interface ModelBasedOptions<Model extends ExplainedSurrogate> {
  readonly name: string;
  /** Quasi-random trials, finished, before the first model. */
  readonly startTrials: (study: StudyView) => number;
  /** Share of the later suggestions that is drawn at random; default: none. */
  readonly randomShare?: number;
  readonly scale: (losses: Float64Array) => ScaledLosses;
  /** Losses are scaled. Running trials come last, with the losses that the model without them expects. */
  readonly fit: (study: StudyView, points: readonly Float64Array[], losses: Float64Array, random: Random) => Model;
  readonly acquisition: Acquisition;
  readonly search: CandidateSearchOptions;
  /** Looks for configurations with a high score, best first; default: `searchCandidates` in the space itself. */
  readonly propose?: (
    cube: Cube,
    model: Model,
    score: Score,
    search: CandidateSearchOptions,
    random: Random,
  ) => ScoredPoint[];
}

/**
 * Sequential model-based optimisation (Hutter et al. 2011, algorithm 1): after a quasi-random start a surrogate is fitted on all
 * finished trials, and the configuration with the best acquisition that a search finds is suggested. Infeasible trials count as the
 * worst, like failed ones; running ones as if they gave what the surrogate expects of them (Ginsbourger et al. 2010, kriging
 * believer). Of several objectives the first is modelled.
 */
export function modelBasedSampler<Model extends ExplainedSurrogate>(options: ModelBasedOptions<Model>): Sampler {
  return {
    name: options.name,
    relativeSpace: (study) => study.space,
    sampleRelative(study, number, _space, random) {
      const observations = observationsOf(study);
      const [finished, needed] = [observations.trials.length, options.startTrials(study)];
      if (finished < needed) return startSuggestion(options.name, study, number, finished, needed);
      if (random.fork('interleave').uniform() < (options.randomShare ?? 0)) return interleaved(options, study, random);
      return modelled(options, study, observations, random);
    },
    sampleIndependent: (_study, _number, _name, distribution, random) => sampleValue(distribution, random),
  };
}

function modelled<Model extends ExplainedSurrogate>(
  options: ModelBasedOptions<Model>,
  study: StudyView,
  observations: Observations,
  random: Random,
): Suggestion {
  const { name, acquisition, search, propose = inTheSpace } = options;
  const losses = options.scale(penalised(observations));
  const surrogate = fitWithRunning(options, study, observations, losses.values, random);
  const best = losses.values.reduce((least, loss) => Math.min(least, loss));
  const cube = new Cube(study.space);
  const score: Score = (points) => acquisitionValues(acquisition, surrogate.predict(points), best);
  const incumbents = bestPoints(observations.points, losses.values, search.starts ?? 1);
  const candidates = propose(cube, surrogate, score, { ...search, incumbents }, random.fork('candidates'));
  const [taken, ...others] = untriedFirst(candidates, ({ point }) => study.tried(cube.params(point)));
  const why = surrogateReason({
    sampler: name,
    study,
    observations,
    surrogate,
    modelled: losses.values,
    toLoss: losses.toLoss,
    acquisitionName: acquisition.name,
    taken,
    others,
  });
  return { params: cube.params(taken.point), why };
}

const inTheSpace = (
  cube: Cube,
  _model: ExplainedSurrogate,
  score: Score,
  search: CandidateSearchOptions,
  random: Random,
): ScoredPoint[] => searchCandidates(cube, score, search, random);

/** Losses with mean 0 and variance 1. */
export function standardScale(losses: Float64Array): ScaledLosses {
  const { values, mean } = standardise(losses);
  return { values, toLoss: mean };
}

/** Losses in which an infeasible trial is as bad as the worst. */
export function penalised({ losses, violations }: Observations): Float64Array {
  const worst = losses.reduce((most, loss) => Math.max(most, loss), Number.NEGATIVE_INFINITY);
  return losses.map((loss, i) => (violations[i] > 0 ? worst : loss));
}

/** A model that believes its own predictions of the trials that still run, and so looks elsewhere. */
function fitWithRunning<Model extends ExplainedSurrogate>(
  options: ModelBasedOptions<Model>,
  study: StudyView,
  { points, runningPoints }: Observations,
  losses: Float64Array,
  random: Random,
): Model {
  const alone = options.fit(study, points, losses, random.fork('fit'));
  if (runningPoints.length === 0) return alone;
  const believed = Float64Array.of(...losses, ...alone.predict(runningPoints).mean);
  const together = options.fit(study, [...points, ...runningPoints], believed, random.fork('fit with running'));
  return { ...together, fit: alone.fit, fitName: alone.fitName };
}

/** Different points with the lowest losses. */
function bestPoints(points: readonly Float64Array[], losses: Float64Array, count: number): Float64Array[] {
  const order = Array.from(points.keys()).sort((a, b) => losses[a] - losses[b] || a - b);
  const different = new Map(order.map((i) => [String(points[i]), points[i]]));
  return [...different.values()].slice(0, count);
}

/** The first candidates that were not tried, a handful; all candidates where all were. */
export function untriedFirst(
  candidates: readonly ScoredPoint[],
  tried: (candidate: ScoredPoint) => boolean,
): readonly ScoredPoint[] {
  const fresh: ScoredPoint[] = [];
  for (const candidate of candidates) {
    if (fresh.length === 4) break;
    if (!tried(candidate)) fresh.push(candidate);
  }
  return fresh.length > 0 ? fresh : candidates;
}

/** A point of the study's Sobol sequence, by the trial's number. */
export function startSuggestion(
  sampler: string,
  study: StudyView,
  number: number,
  finished: number,
  needed: number,
): Suggestion {
  const { params, index } = quasiRandom(study, number);
  const words = `Point ${index} of a Sobol sequence, to begin evenly: ${finished} of the ${needed} finished trials that the model needs.`;
  return { params, why: { sampler, phase: 'start-up', words } };
}

function interleaved(
  { name, randomShare = 0 }: { readonly name: string; readonly randomShare?: number },
  study: StudyView,
  random: Random,
): Suggestion {
  const share = `${Math.round(100 * randomShare)} %`;
  const words = `Drawn at random, as ${share} of the suggestions are, so that no mistake of the model lasts.`;
  return {
    params: sampleConfiguration(study.space, random.fork('drawn')),
    why: { sampler: name, phase: 'explore', words },
  };
}

/** Two a parameter, at least five, and no more than a quarter of the trials to come. */
export function startTrials({ space, expected }: StudyView): number {
  const wanted = Math.max(5, 2 * space.parameters.length);
  return Math.max(1, Math.min(wanted, Math.floor((expected.trials ?? 100) / 4)));
}
