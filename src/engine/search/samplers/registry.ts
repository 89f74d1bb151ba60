import type { Sampler } from '../sampler.ts';
import { ashaSampler } from './asha.ts';
import { autoSampler, autoWords, type SamplerSetting } from './auto.ts';
import { bohamiannSampler } from './bohamiann.ts';
import { bohbSampler } from './bohb.ts';
import { cmaEsSampler } from './cma-es.ts';
import { dehbSampler } from './dehb.ts';
import { differentialEvolutionSampler } from './differential-evolution.ts';
import { dngoSampler } from './dngo.ts';
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
import { vaeBoSampler } from './vae-bo.ts';

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
  dngo: dngoSampler(),
  'vae-bo': vaeBoSampler(),
  bohamiann: bohamiannSampler(),
} as const satisfies Record<string, Sampler>;

export type SamplerName = keyof typeof samplers | 'auto';

/** The sampler of a name, and in words which it is and why. */
export function resolveSampler(
  choice: SamplerName | Sampler,
  setting: SamplerSetting,
): { sampler: Sampler; words: string } {
  if (typeof choice === 'object') return { sampler: choice, words: `Sampler: ${choice.name}, as given.` };
  if (choice === 'auto') return { sampler: autoSampler, words: autoWords(setting) };
  return { sampler: samplers[choice], words: `Sampler: ${choice}, as set.` };
}
