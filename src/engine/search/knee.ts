import type { Direction } from '../../shared/metrics.ts';
import { kneeIndex } from '../../shared/results/knee.ts';
import type { Trial } from '../../shared/trial.ts';
import { frontTrials, losses } from './ranking.ts';

/** The trial at the knee of the study's front; undefined where the front has none. */
export function kneeTrial(trials: readonly Trial[], directions: readonly Direction[]): Trial | undefined {
  const front = frontTrials(trials, directions);
  const index = kneeIndex(front.map((trial) => losses(trial, directions)));
  return index === undefined ? undefined : front[index];
}
