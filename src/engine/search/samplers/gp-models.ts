import type { Trial } from '../../../shared/trial.ts';
import type { Random } from '../../random.ts';
import type { Acquisition } from '../acquisition/acquisition.ts';
import { type Criterion, feasibilityCriterion, modelCriterion, summed } from '../acquisition/criterion.ts';
import { hypervolumeCriterion } from '../acquisition/hypervolume-improvement.ts';
import { scalarised } from '../acquisition/scalarisation.ts';
import { type Observations, observationsOf } from '../observations.ts';
import type { StudyView } from '../study-view.ts';
import { type FitOptions, fitGaussianProcess } from '../surrogates/gaussian-process/fit.ts';
import type { GaussianProcess } from '../surrogates/gaussian-process/gaussian-process.ts';

/** What the sampler knows when it suggests. */
export interface GpModels {
  /** Of the first objective, or of what several were joined to. */
  readonly observations: Observations;
  /** The losses that `first` was fitted on. */
  readonly losses: Float64Array;
  /** The process of those losses without, then with, beliefs about the trials that still run. */
  readonly first: GaussianProcess;
  readonly believing: GaussianProcess;
  readonly criterion: Criterion;
  /** Whether `losses` are several objectives, joined. */
  readonly joined: boolean;
}

/**
 * One process an objective and one a constraint. One objective: the acquisition given; two: expected hypervolume improvement; more: the
 * acquisition of randomly weighted losses. While no trial is feasible, only becoming feasible counts.
 */
export function gpModels(study: StudyView, acquisition: Acquisition, options: FitOptions, random: Random): GpModels {
  const objectives = thinned(study.directions.map((_, objective) => observationsOf(study, objective)));
  const [observations] = objectives;
  const joined = objectives.length > 2;
  const losses = joined
    ? scalarised(
        objectives.map(({ losses }) => losses),
        random.fork('weights'),
      )
    : observations.losses;
  // A bent loss would bend the hypervolume: a hair's breadth near the best of one objective would outweigh all of the other.
  const fit: FitOptions = objectives.length > 1 ? { ...options, warps: ['linear'] } : options;
  const processOf = (own: Float64Array) => fitGaussianProcess(study.space, observations.points, own, fit);
  const first = processOf(losses);
  const believing = first.believing(observations.runningPoints);
  const constraints = constraintProcesses(study, observations);
  const feasible = [...losses.keys()].filter((i) => observations.violations[i] === 0);
  const criterion = (): Criterion => {
    if (feasible.length === 0) return feasibilityCriterion(constraints);
    const parts = constraints.length > 0 ? [feasibilityCriterion(constraints)] : [];
    if (objectives.length !== 2) {
      const best = feasible.reduce((least, i) => Math.min(least, losses[i]), Number.POSITIVE_INFINITY);
      return summed([modelCriterion(believing, acquisition, believing.fit.warp.warp(best)), ...parts]);
    }
    const other = objectives[1].losses;
    const second = processOf(other).believing(observations.runningPoints);
    const pairs = feasible.map((i) => [first.fit.warp.warp(losses[i]), second.fit.warp.warp(other[i])]);
    return summed([hypervolumeCriterion([believing, second], pairs), ...parts]);
  };
  return { observations, losses, first, believing, criterion: criterion(), joined };
}

/** More observations are not modelled: the time of a suggestion grows with the second to third power of their number. */
const mostModelled = 400;

/** All objectives' observations, where there are too many only the best by the first objective and the newest, half each. */
function thinned(objectives: readonly Observations[]): readonly Observations[] {
  const [{ losses, violations }] = objectives;
  if (losses.length <= mostModelled) return objectives;
  const order = [...losses.keys()].sort((a, b) => violations[a] - violations[b] || losses[a] - losses[b] || a - b);
  const kept = new Set(order.slice(0, mostModelled / 2));
  for (let i = losses.length - 1; kept.size < mostModelled; i--) kept.add(i);
  const of = <T>(all: ArrayLike<T>): T[] => Array.from(all).filter((_, i) => kept.has(i));
  return objectives.map((observations) => ({
    ...observations,
    trials: of(observations.trials),
    points: of(observations.points),
    losses: Float64Array.from(of(observations.losses)),
    violations: Float64Array.from(of(observations.violations)),
  }));
}

/** One process a constraint, from the trials that told it. */
function constraintProcesses(study: StudyView, { trials, points, runningPoints }: Observations): GaussianProcess[] {
  const count = trials.reduce((most, { constraints = [] }) => Math.max(most, constraints.length), 0);
  return Array.from({ length: count }, (_, c) => {
    const told = [...trials.keys()].filter((i) => constraintOf(trials[i], c) !== undefined);
    const values = Float64Array.from(told, (i) => constraintOf(trials[i], c) as number);
    const process = fitGaussianProcess(
      study.space,
      told.map((i) => points[i]),
      values,
      { warps: ['linear'] },
    );
    return process.believing(runningPoints);
  });
}

const constraintOf = ({ constraints = [] }: Trial, c: number): number | undefined => constraints[c];
