import { numberWords } from '../../../shared/results/numbers.ts';
import type { Parameter } from '../../../shared/space.ts';
import type { Reason, Trial } from '../../../shared/trial.ts';
import type { Random } from '../../random.ts';
import { isCategorical, sampleValue, size } from '../../space/distribution.ts';
import { decodeValue } from '../../space/encoding.ts';
import { trialWords } from '../populations/breeding.ts';
import {
  adaptProbabilities,
  type ChoiceProbabilities,
  drawChoice,
  evenProbabilities,
} from '../populations/choice-probabilities.ts';
import { configurationAt, pointOf, pointText, readPoint, steppable } from '../populations/coordinates.ts';
import {
  adapt,
  defaultOffspring,
  drawStep,
  type SearchDistribution,
  startDistribution,
} from '../populations/covariance.ts';
import { generationsOf } from '../populations/generations.ts';
import { withMargin } from '../populations/margin.ts';
import { finishedTrials, fittestFirst } from '../populations/standing.ts';
import { drawUntried } from '../populations/untried.ts';
import type { Sampler } from '../sampler.ts';
import type { StudyView } from '../study-view.ts';

const generationName = 'cma-es.generation';
const pointName = 'cma-es.point';
const startStep = 1 / 6;
/** How fast the choices' probabilities follow a generation. */
const choiceRate = 0.3;
/** Draws in search of a point inside of the ranges. */
const mostInside = 20;

/** What a generation is drawn from, and the trials that moved it last. */
interface Strategy {
  readonly distribution: SearchDistribution;
  /** How much wider than the covariance says, by coordinate. */
  readonly widths: Float64Array;
  readonly choices: ChoiceProbabilities;
  readonly movers: readonly number[];
}

/**
 * CMA-ES (Hansen 2016) on the unit cube of the numeric parameters, from the middle with steps of a sixth of the range, with active rank-mu
 * and rank-one updates. Grid values keep a margin (Hamano et al. 2022), categorical ones have probabilities that follow the fitter half
 * (Hamano et al. 2024). A conditional parameter keeps its coordinate where it is not active: selection then does not move it.
 *
 * What a generation is drawn from is computed again from the finished trials of those before it, which record their points; a study
 * that others began starts at their fittest trial instead of the middle. While a generation's last trials run, more of it are drawn.
 */
export const cmaEsSampler: Sampler = {
  name: 'cma-es',
  relativeSpace: (study) => study.space,
  sampleRelative(study, _number, space, random) {
    const axes = steppable(space);
    const offspring = offspringOf(study);
    const { current, before } = generationsOf(study, generationName, offspring);
    const strategy = strategyAfter(study, axes, before);
    const draw = (widening: number) => {
      const text = pointText(drawInside(strategy, axes, widening, random));
      const choose = (parameter: Parameter) =>
        isCategorical(parameter.distribution)
          ? drawChoice(strategy.choices, parameter, random)
          : decodeValue(parameter.distribution, 0.5);
      return { params: configurationAt(space, axes, readPoint(text), choose), text };
    };
    const drawn = drawUntried(study, (passed) => draw(1 + passed / 10));
    return {
      params: drawn.params,
      why: reasonOf(strategy, current),
      attributes: { [generationName]: current, [pointName]: drawn.text },
    };
  },
  sampleIndependent: (_study, _number, _name, distribution, random) => sampleValue(distribution, random),
};

const offspringOf = ({ space }: StudyView): number =>
  defaultOffspring(
    space.parameters.filter(({ distribution }) => isCategorical(distribution)).length + steppable(space).length,
  );

interface Cached {
  readonly before: Strategy['movers'];
  readonly members: readonly Trial[];
  readonly strategy: Strategy;
}
const caches = new WeakMap<StudyView, Cached[]>();

/** The strategy after these generations; those whose members are the same as at the last call are not computed again. */
function strategyAfter(
  study: StudyView,
  axes: readonly Parameter[],
  generations: readonly (readonly Trial[])[],
): Strategy {
  const cache = caches.get(study) ?? [];
  caches.set(study, cache);
  let strategy = startStrategy(study, axes);
  for (const [i, members] of generations.entries()) {
    if (!sameTrials(cache[i]?.members, members) || (i === 0 && cache[0].before[0] !== strategy.movers[0])) {
      cache.length = i;
      cache.push({ before: strategy.movers, members, strategy: nextStrategy(study, axes, strategy, members) });
    }
    strategy = cache[i].strategy;
  }
  return strategy;
}

const sameTrials = (one: readonly Trial[] | undefined, other: readonly Trial[]): boolean =>
  one?.length === other.length && one.every((trial, i) => trial === other[i]);

/** In the middle, or at the fittest trial that others left before the sampler's first. */
function startStrategy(study: StudyView, axes: readonly Parameter[]): Strategy {
  const first = study.trials.findIndex(({ attributes }) => generationName in attributes);
  const others = finishedTrials(study).filter(({ number }) => first < 0 || number < first);
  const [fittest] = fittestFirst(others, study.directions).filter(({ state }) => state === 'complete');
  const mean = fittest ? pointOf(fittest, axes, pointName) : new Float64Array(axes.length).fill(0.5);
  return {
    distribution: startDistribution(mean, startStep),
    widths: new Float64Array(axes.length).fill(1),
    choices: evenProbabilities(study.space),
    movers: fittest ? [fittest.number] : [],
  };
}

function nextStrategy(
  study: StudyView,
  axes: readonly Parameter[],
  { distribution, widths, choices }: Strategy,
  members: readonly Trial[],
): Strategy {
  const fittest = fittestFirst(members, study.directions);
  const { mean, stepSize } = distribution;
  const steps = fittest.map((trial) =>
    pointOf(trial, axes, pointName).map((x, i) => (x - mean[i]) / (stepSize * widths[i])),
  );
  const adapted = axes.length > 0 ? adapt(distribution, steps, widths) : distribution;
  const alpha = 1 / (Math.max(1, axes.length) * members.length);
  const margins = withMargin(adapted, widths, axes, alpha);
  return {
    distribution: { ...adapted, mean: margins.mean },
    widths: margins.widths,
    choices: adaptProbabilities(choices, study.space, fittest, choiceRate),
    movers: fittest.slice(0, Math.floor(members.length / 2)).map(({ number }) => number),
  };
}

/** A point whose continuous coordinates are in their ranges: drawn again while they are not, cut to them in the end. */
function drawInside({ distribution, widths }: Strategy, axes: readonly Parameter[], widening: number, random: Random) {
  const continuous = axes.map((parameter) => !Number.isFinite(size(parameter.distribution)));
  const { mean, stepSize } = distribution;
  const outside = (x: number, i: number) => continuous[i] && (x < 0 || x > 1);
  for (let attempt = 1; ; attempt++) {
    const step = drawStep(distribution, random);
    const point = mean.map((middle, i) => middle + widening * stepSize * widths[i] * step[i]);
    if (!point.some(outside)) return point;
    if (attempt === mostInside) return point.map((x, i) => (continuous[i] ? Math.min(1, Math.max(0, x)) : x));
  }
}

function reasonOf({ distribution, widths, movers }: Strategy, generation: number): Reason {
  const step = typicalStep(distribution, widths);
  const where =
    movers.length === 0 ? 'the middle of the space' : `the mean that ${trialWords(movers.slice(0, 3))} moved`;
  const steps = widths.length === 0 ? '' : `, in steps of about ${numberWords(step, 2)} of each range`;
  const phase = generation === 0 ? 'start-up' : step > startStep / 2 ? 'explore' : 'exploit';
  const words = `Generation ${generation}: drawn around ${where}${steps}.`;
  return { sampler: 'cma-es', phase, words, generation, ...(movers.length > 0 && { parents: movers }) };
}

/** Root of the mean variance of the coordinates. */
function typicalStep({ stepSize, covariance }: SearchDistribution, widths: Float64Array): number {
  const n = widths.length;
  const variance = widths.reduce((sum, width, i) => sum + width * width * covariance[i * n + i], 0);
  return stepSize * Math.sqrt(variance / Math.max(1, n));
}
