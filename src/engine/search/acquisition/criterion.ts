import type { GaussianProcess, LocalPrediction } from '../surrogates/gaussian-process/gaussian-process.ts';
import { type Acquisition, acquisitionValues, type Worth } from './acquisition.ts';
import { probabilityOfImprovement } from './probability-of-improvement.ts';

/** What decides between points, with slopes for a climb; higher is better. */
export interface Criterion {
  readonly name: string;
  /** Of settled points. */
  values(points: readonly Float64Array[]): Float64Array;
  /** Of one settled point; `slope` receives the derivatives by its coordinates. */
  sloped(point: Float64Array, slope: Float64Array): number;
}

/** An acquisition function of one process. @param best in warped losses */
export function modelCriterion(model: GaussianProcess, acquisition: Acquisition, best: number): Criterion {
  const worth: Worth = { value: 0, byMean: 0, byDeviation: 0 };
  const local = localPrediction(model.fit.kernel.dimensions);
  return {
    name: acquisition.name,
    values: (points) => acquisitionValues(acquisition, model.latent(points), best),
    sloped(point, slope) {
      model.latentAt(point, local);
      acquisition.worth(local.mean, local.deviation, best, worth);
      for (let d = 0; d < slope.length; d++) {
        slope[d] = worth.byMean * local.meanSlope[d] + worth.byDeviation * local.deviationSlope[d];
      }
      return worth.value;
    },
  };
}

/** log P(every constraint <= 0), each with a process of its own (Gardner et al. 2014, section 3.2). */
export const feasibilityCriterion = (constraints: readonly GaussianProcess[]): Criterion => ({
  ...summed(constraints.map((model) => modelCriterion(model, probabilityOfImprovement, model.fit.warp.warp(0)))),
  name: 'log probability of being feasible',
});

/** The sum of criteria that are logarithms: the product of what they are logarithms of. Named after the first. */
export function summed(criteria: readonly Criterion[]): Criterion {
  if (criteria.length === 1) return criteria[0];
  return {
    name: criteria[0].name,
    values(points) {
      const total = new Float64Array(points.length);
      for (const { values } of criteria) for (const [i, value] of values(points).entries()) total[i] += value;
      return total;
    },
    sloped(point, slope) {
      const own = new Float64Array(slope.length);
      let total = 0;
      slope.fill(0);
      for (const { sloped } of criteria) {
        total += sloped(point, own);
        for (let d = 0; d < slope.length; d++) slope[d] += own[d];
      }
      return total;
    },
  };
}

export const localPrediction = (dimensions: number): LocalPrediction => ({
  mean: 0,
  deviation: 0,
  meanSlope: new Float64Array(dimensions),
  deviationSlope: new Float64Array(dimensions),
});
