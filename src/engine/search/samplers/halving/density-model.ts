import type { Params } from '../../../../shared/space.ts';
import { isOver, type Reason, type Trial } from '../../../../shared/trial.ts';
import type { Random } from '../../../random.ts';
import { containsConfiguration } from '../../../space/configuration.ts';
import { sampleValue } from '../../../space/distribution.ts';
import { decode, encode, encodeValue } from '../../../space/encoding.ts';
import { fittestFirst } from '../../populations/standing.ts';
import type { StudyView } from '../../study-view.ts';
import { KernelDensity } from './kernel-density.ts';
import { amount } from './promotion.ts';

export interface DensityOptions {
  /** Share of the trials that is good. */
  readonly good: number;
  /** Draws from the density of the good ones. */
  readonly samples: number;
  /** By how much the bandwidths are widened for drawing. */
  readonly widening: number;
}

/** The densities of the good and of the other trials at one amount of the resource. */
export interface DensityModel {
  readonly fidelity: number;
  readonly good: readonly Trial[];
  readonly rest: readonly Trial[];
  readonly l: KernelDensity;
  readonly g: KernelDensity;
}

/**
 * The model at the largest amount of the resource with enough trials: both densities get at least one point more than there are
 * parameters, together at least two more than that (Falkner et al. 2018, section 3.2 and equation 3). Failed and pruned trials are among
 * the others. Undefined while no amount has enough.
 */
export function densityModel(
  study: StudyView,
  levels: readonly number[],
  { good: share }: DensityOptions,
  random: Random,
): DensityModel | undefined {
  const least = study.space.parameters.length + 1;
  for (const fidelity of levels.toReversed()) {
    const trials = study.trials.filter(
      (trial) => trial.fidelity === fidelity && isOver(trial) && containsConfiguration(study.space, trial.params),
    );
    const ranked = fittestFirst(trials, study.directions);
    if (ranked.length < least + 2) continue;
    const count = Math.max(least, Math.floor(share * ranked.length));
    const good = ranked.slice(0, count);
    const rest = ranked.slice(-Math.max(least, ranked.length - count));
    const [l, g] = [good, rest].map(
      (group) => new KernelDensity(study.space.parameters, withoutGaps(study, group, random)),
    );
    return { fidelity, good, rest, l, g };
  }
  return undefined;
}

/** Points of trials; where a parameter is not active it takes another trial's value, else a random one (HpBandSter's imputation). */
function withoutGaps({ space }: StudyView, trials: readonly Trial[], random: Random): Float64Array[] {
  const points = trials.map(({ params }) => encode(space, params));
  return points.map((point) =>
    point.map((value, i) => {
      if (!Number.isNaN(value)) return value;
      const others = points.map((other) => other[i]).filter((other) => !Number.isNaN(other));
      const { distribution } = space.parameters[i];
      return others.length > 0
        ? others[random.integer(others.length)]
        : encodeValue(distribution, sampleValue(distribution, random));
    }),
  );
}

interface Candidate {
  readonly params: Params;
  readonly point: Float64Array;
  readonly acquisition: number;
}

/** The draw from the good density with the highest log l - log g that is new at the fidelity; undefined where none of them is. */
export function likeliest(
  study: StudyView,
  model: DensityModel,
  fidelity: number,
  { samples, widening }: DensityOptions,
  random: Random,
): { params: Params; why: Omit<Reason, 'sampler'> } | undefined {
  const drawn = Array.from({ length: samples }, (): Candidate => {
    const point = model.l.sample(widening, random);
    const acquisition = model.l.logDensity(point) - model.g.logDensity(point);
    return { params: decode(study.space, point), point, acquisition };
  });
  const possible = drawn
    .filter(({ params, acquisition }) => Number.isFinite(acquisition) && !study.tried(params, fidelity))
    .sort((a, b) => b.acquisition - a.acquisition);
  const [taken, ...rejected] = possible;
  return taken && { params: taken.params, why: reason(study, model, taken, rejected) };
}

function reason(
  { resource }: StudyView,
  model: DensityModel,
  { point, acquisition }: Candidate,
  rejected: readonly Candidate[],
): Omit<Reason, 'sampler'> {
  const count = model.good.length + model.rest.length;
  const where = resource ? ` at ${amount(model.fidelity, resource)}` : '';
  return {
    phase: 'exploit',
    words: `Most typical of the ${model.good.length} good among ${count} trials${where}, of the draws from their density.`,
    acquisition,
    acquisitionName: 'log l - log g',
    surrogate: { name: `kernel densities of trials${where}`, trials: count },
    spokeFor: loudest(model.good, model.l.shares(point)),
    spokeAgainst: loudest(model.rest, model.g.shares(point)),
    rejected: rejected.slice(0, 3).map(({ params, acquisition }) => ({ params, acquisition })),
  };
}

/** Numbers of the three trials with the largest shares; those below a twentieth are not heard. */
const loudest = (trials: readonly Trial[], shares: Float64Array): number[] =>
  [...trials.keys()]
    .filter((i) => shares[i] >= 0.05)
    .sort((a, b) => shares[b] - shares[a])
    .slice(0, 3)
    .map((i) => trials[i].number);
