import type { Direction } from '../../../shared/metrics.ts';
import type { Space } from '../../../shared/space.ts';
import { spaceSize } from '../../space/enumeration.ts';
import type { Sampler } from '../sampler.ts';
import type { Expected, Resource } from '../study-view.ts';
import { ashaSampler } from './asha.ts';
import { bohbSampler } from './bohb.ts';
import { cmaEsSampler } from './cma-es.ts';
import { dehbSampler } from './dehb.ts';
import { differentialEvolutionSampler } from './differential-evolution.ts';
import { evolutionStrategySampler } from './evolution-strategy.ts';
import { freezeThawSampler } from './freeze-thaw.ts';
import { geneticSampler } from './genetic.ts';
import { gpSampler } from './gp.ts';
import { gridSampler } from './grid.ts';
import { hyperbandSampler } from './hyperband.ts';
import { nsga2Sampler } from './nsga2.ts';
import { particleSwarmSampler } from './particle-swarm.ts';
import { randomSampler } from './random.ts';
import { smacSampler } from './smac.ts';
import { sobolSampler } from './sobol.ts';
import { successiveHalvingSampler } from './successive-halving.ts';
import { tpeSampler } from './tpe.ts';

/** Every sampler by the name in the experiment file. */
export const samplers = {
  random: randomSampler,
  tpe: tpeSampler(),
  'tpe-univariate': tpeSampler({ multivariate: false }),
  'successive-halving': successiveHalvingSampler(),
  hyperband: hyperbandSampler(),
  asha: ashaSampler(),
  sobol: sobolSampler,
  genetic: geneticSampler(),
  nsga2: nsga2Sampler(),
  'cma-es': cmaEsSampler,
  bohb: bohbSampler(),
  dehb: dehbSampler(),
  grid: gridSampler(),
  'evolution-strategy': evolutionStrategySampler(),
  'particle-swarm': particleSwarmSampler(),
  'differential-evolution': differentialEvolutionSampler(),
  smac: smacSampler(),
  gp: gpSampler(),
  'freeze-thaw': freezeThawSampler(),
} as const satisfies Record<string, Sampler>;

export type SamplerName = keyof typeof samplers | 'auto';

/** What the choice of a sampler may depend on. */
export interface SamplerSetting extends Expected {
  readonly space: Space;
  readonly directions: readonly Direction[];
  readonly resource?: Resource;
}

/** The sampler of a name, and in words which it is and why. */
export function resolveSampler(
  choice: SamplerName | Sampler,
  setting: SamplerSetting,
): { sampler: Sampler; words: string } {
  if (typeof choice === 'object') return { sampler: choice, words: `Sampler: ${choice.name}, as given.` };
  if (choice !== 'auto') return { sampler: samplers[choice], words: `Sampler: ${choice}, as set.` };
  const [name, why] = automatic(setting);
  return { sampler: samplers[name], words: `Sampler: ${name}, chosen because ${why}.` };
}

function automatic({ space, trials, workers = 1 }: SamplerSetting): [keyof typeof samplers, string] {
  const size = spaceSize(space);
  if (trials !== undefined && size <= trials) {
    return ['random', `all ${size} configurations fit the budget of ${trials} trials, in whatever order`];
  }
  if (trials !== undefined && trials <= 2 * workers) {
    return ['random', `${trials} trials on ${workers} workers leave none to learn from before most are started`];
  }
  const kinds = `${space.parameters.length} parameters, ${space.parameters.some(({ when }) => when?.length) ? 'some' : 'none'} of them conditional`;
  return ['tpe', `it learns from every trial at little cost in a space of ${kinds}`];
}
