import type { Direction } from '../../../shared/metrics.ts';
import type { Space } from '../../../shared/space.ts';
import type { Trial } from '../../../shared/trial.ts';
import { createRandom } from '../../random.ts';
import { sampleConfiguration } from '../../space/configuration.ts';
import { spaceSize } from '../../space/enumeration.ts';
import type { Sampler } from '../sampler.ts';
import type { Expected, Resource, StudyView } from '../study-view.ts';
import { bohbSampler } from './bohb.ts';
import { isBranch } from './branch-bandit.ts';
import { branched } from './branched.ts';
import { gpSampler } from './gp.ts';
import { randomSampler } from './random.ts';
import { sobolSampler } from './sobol.ts';
import { tpeSampler } from './tpe.ts';

/** What the choice of a sampler may depend on. */
export interface SamplerSetting extends Expected {
  readonly space: Space;
  readonly directions: readonly Direction[];
  readonly resource?: Resource;
}

/** A sampler and when its turn begins. */
interface Stage {
  readonly sampler: Sampler;
  /** Finished trials. */
  readonly from: number;
  /** 'it learns most from few trials' */
  readonly why: string;
}

/** Finished trials up to which the Gaussian process is worth its seconds; TPE then goes on at a hundredth of them. */
const processTrials = 300;
/** Parameters of one configuration beyond which the process's distances say little. */
const processParameters = 40;

const tpe = tpeSampler();
const gp = gpSampler();
const branchedGp = branched(gpSampler({ startUpTrials: 5 }));
const bohb = bohbSampler();

/**
 * Chooses a sampler by the space, the budget, the workers and the resource, and hands over to the next as trials come in. What speaks is
 * decided from the study alone, so that a resumed study goes on with it; the reasons name it.
 */
export const autoSampler: Sampler = {
  name: 'auto',
  members: [tpe, gp, bohb, sobolSampler, randomSampler].map(({ name }) => name),
  relativeSpace: (study) => study.space,
  sampleRelative(study, number, _space, random) {
    const member = memberOf(study);
    return member.sampleRelative(study, number, member.relativeSpace(study), random);
  },
  sampleIndependent: (study, number, name, distribution, random) =>
    memberOf(study).sampleIndependent(study, number, name, distribution, random),
  after: (study, trial) => memberOf(study).after?.(study, trial),
};

/** Whose turns there are and why, in words: 'Sampler: auto. It begins with gp, because ...; from 300 finished trials on tpe, because ...' */
export function autoWords(setting: SamplerSetting): string {
  const [first, ...later] = stagesOf(setting);
  const handovers = later.map(
    ({ sampler, from, why }) => `; from ${from} finished trials on it is ${sampler.name}, because ${why}`,
  );
  return `Sampler: auto chose ${first.sampler.name}, because ${first.why}${handovers.join('')}.`;
}

/** The last stage that has begun. */
function memberOf(study: StudyView): Sampler {
  const stages = plannedStages(study);
  const finished = stages.length > 1 ? finishedCount(study.trials) : 0;
  return stages.findLast(({ from }) => from <= finished)?.sampler ?? stages[0].sampler;
}

const plans = new WeakMap<StudyView, readonly Stage[]>();

function plannedStages(study: StudyView): readonly Stage[] {
  const { space, directions, resource, expected } = study;
  const stages = plans.get(study) ?? stagesOf({ space, directions, resource, ...expected });
  plans.set(study, stages);
  return stages;
}

function stagesOf(setting: SamplerSetting): readonly Stage[] {
  const { space, trials = Number.POSITIVE_INFINITY, workers = 1, resource } = setting;
  const size = spaceSize(space);
  if (Number.isFinite(trials) && size <= trials) {
    const why = `all ${size} configurations fit the budget of ${trials} trials, in whatever order`;
    return [{ sampler: randomSampler, from: 0, why }];
  }
  if (trials <= 2 * workers) {
    const why = `${trials} trials on ${workers} workers leave none to learn from before most are started`;
    return [{ sampler: sobolSampler, from: 0, why: `${why}, and a Sobol sequence leaves the fewest gaps` }];
  }
  if (resource) {
    const why = `trials may be given less of ${resource.name}, and a model of those at each share chooses the next`;
    return [{ sampler: bohb, from: 0, why }];
  }
  return modelStages(setting);
}

function modelStages({ space, trials = Number.POSITIVE_INFINITY }: SamplerSetting): readonly Stage[] {
  const width = widthOf(space);
  if (width > processParameters) {
    const why = `up to ${width} parameters at once are too many for distances to say much, and its cost grows with them only slowly`;
    return [{ sampler: tpe, from: 0, why }];
  }
  const root = space.parameters.find((one) => !one.when?.length && isBranch(one, space));
  const process: Stage = root
    ? {
        sampler: branchedGp,
        from: 0,
        why: `a bandit chooses ${root.name}, and a Gaussian process learns most from the few trials that each has`,
      }
    : { sampler: gp, from: 0, why: `a Gaussian process learns most from few trials, in a space of ${kindsOf(space)}` };
  if (trials <= processTrials) return [process];
  return [process, { sampler: tpe, from: processTrials, why: 'it then finds as much at a hundredth of the time' }];
}

/** The most parameters that a configuration has, of some that are drawn. */
function widthOf(space: Space): number {
  const random = createRandom(1);
  const widths = Array.from({ length: 30 }, () => Object.keys(sampleConfiguration(space, random)).length);
  return Math.max(...widths);
}

function kindsOf({ parameters }: Space): string {
  const conditional = parameters.filter(({ when }) => when?.length).length;
  const count = `${parameters.length} parameter${parameters.length === 1 ? '' : 's'}`;
  return conditional === 0 ? count : `${count}, ${conditional} of them conditional`;
}

function finishedCount(trials: readonly Trial[]): number {
  let count = 0;
  for (const { state } of trials) if (state === 'complete' || state === 'pruned') count++;
  return count;
}
