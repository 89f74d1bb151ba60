import type { Direction } from '../../shared/metrics.ts';
import type { Params, Space } from '../../shared/space.ts';
import type { Trial } from '../../shared/trial.ts';

/** What samplers and pruners may see of a study. */
export interface StudyView {
  readonly space: Space;
  /** One an objective; the first ranks. */
  readonly directions: readonly Direction[];
  readonly seed: number;
  /** In order of their numbers, all states. */
  readonly trials: readonly Trial[];
  /** Whether the configuration must not be suggested because a trial has it; never where duplicates are allowed. */
  tried(params: Params): boolean;
}
