import type { Direction } from '../../../shared/metrics.ts';
import type { Pruner } from '../pruner.ts';
import type { Resource } from '../study-view.ts';
import { dominancePruner } from './dominance.ts';
import { hyperbandPruner } from './hyperband.ts';
import { learningCurvePruner } from './learning-curve.ts';
import { medianPruner } from './median.ts';
import { noPruner } from './none.ts';
import { successiveHalvingPruner } from './successive-halving.ts';

/** Every pruner by the name in the experiment file. */
export const pruners = {
  none: noPruner,
  median: medianPruner(),
  'successive-halving': successiveHalvingPruner(),
  hyperband: hyperbandPruner(),
  'learning-curve': learningCurvePruner(),
  dominance: dominancePruner(),
} as const satisfies Record<string, Pruner>;

export type PrunerName = keyof typeof pruners | 'auto';

/** What the choice of a pruner may depend on. */
export interface PrunerSetting {
  readonly directions: readonly Direction[];
  /** What the sampler shares out, where it does. */
  readonly resource?: Resource;
  /** Intermediate values that a whole trial reports. */
  readonly steps?: number;
}

/** From this many steps on, rungs at 1, 3, 9 and 27 leave most of the cost to be saved. */
const manySteps = 27;

/** The pruner of a name, and in words which it is and why. */
export function resolvePruner(choice: PrunerName | Pruner, setting: PrunerSetting): { pruner: Pruner; words: string } {
  if (typeof choice === 'object') return { pruner: choice, words: `Pruner: ${choice.name}, as given.` };
  if (choice !== 'auto')
    return { pruner: pruners[choice], words: `Pruner: ${choice}, as set.${firstOnly(choice, setting)}` };
  const [name, why] = automatic(setting);
  return { pruner: pruners[name], words: `Pruner: ${name}, chosen because ${why}.` };
}

/** What must be known of a rule that was made for one objective, where there are several. */
const firstOnly = (choice: keyof typeof pruners, { directions }: PrunerSetting): string =>
  directions.length > 1 && choice !== 'none' && choice !== 'dominance'
    ? ' It judges by the first objective alone, and may stop a trial that is best on another.'
    : '';

function automatic({ directions, resource, steps }: PrunerSetting): [keyof typeof pruners, string] {
  if (resource) return ['none', `the sampler itself gives poor trials less of the ${resource.name}`];
  if (steps === undefined || steps < 2) return ['none', 'trials report no intermediate values to judge by'];
  if (directions.length > 1) {
    return ['dominance', 'a trial that is poor on the first objective may be best on another: only hopeless ones stop'];
  }
  if (steps < manySteps) return ['median', `${steps} steps a trial are few, and the median rule is gentle`];
  return ['successive-halving', `${steps} steps a trial are many, and stopping at the first few saves most of them`];
}
