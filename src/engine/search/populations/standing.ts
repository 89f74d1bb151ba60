import type { Direction } from '../../../shared/metrics.ts';
import type { Space } from '../../../shared/space.ts';
import { isOver, type Trial } from '../../../shared/trial.ts';
import { containsConfiguration } from '../../space/configuration.ts';
import { crowdedOrder } from '../pareto.ts';
import { losses, violation } from '../ranking.ts';
import type { StudyView } from '../study-view.ts';

/** Trials that are over, have a configuration of the space as it is now, and used the whole resource; in order of their numbers. */
export const finishedTrials = ({ trials, space, resource }: StudyView): Trial[] =>
  trials.filter(
    (trial) => isOver(trial) && (trial.fidelity ?? resource?.max) === resource?.max && isInside(space, trial),
  );

/** By space: whether a trial's configuration is in it. Neither ever changes, and every suggestion asks it of every trial. */
const known = new WeakMap<Space, WeakMap<Trial, boolean>>();

function isInside(space: Space, trial: Trial): boolean {
  const answers = known.get(space) ?? new WeakMap<Trial, boolean>();
  known.set(space, answers);
  const answer = answers.get(trial) ?? containsConfiguration(space, trial.params);
  answers.set(trial, answer);
  return answer;
}

/**
 * Finished trials, the fittest first, by constrained domination (Deb et al. 2002, section VI): complete ones that keep every constraint by
 * front and crowding (of one objective: by value), then those that break them by how far, then pruned, then failed ones: nothing is
 * known of what those would have given. Earlier trials first among equals.
 */
export function fittestFirst(trials: readonly Trial[], directions: readonly Direction[]): Trial[] {
  const complete = trials.filter(({ state }) => state === 'complete');
  const feasible = complete.filter((trial) => violation(trial) === 0);
  const order = crowdedOrder(feasible.map((trial) => losses(trial, directions)));
  return [
    ...order.map((i) => feasible[i]),
    ...complete.filter((trial) => violation(trial) > 0).sort((a, b) => violation(a) - violation(b)),
    ...trials.filter(({ state }) => state === 'pruned'),
    ...trials.filter(({ state }) => state === 'failed'),
  ];
}
