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
  /** What trials may be given less of than all; undefined where every trial is whole. */
  readonly resource?: Resource;
  /** What is known of the search to come. */
  readonly expected: Expected;
  /**
   * Whether the configuration must not be suggested, because it is forbidden or because a trial has it at this fidelity (default: the
   * whole resource); the latter never where duplicates are allowed.
   */
  tried(params: Params, fidelity?: number): boolean;
}

/** What makes a trial cheaper where it gets less: epochs, rounds, trees, folds, or a share of the rows. */
export interface Resource {
  readonly name: string;
  /** The least that tells anything, above 0. */
  readonly min: number;
  readonly max: number;
  /** Whether only whole amounts make sense; default: true. */
  readonly whole?: boolean;
}

export interface Expected {
  /** Trials that will be asked for. */
  readonly trials?: number;
  /** Trials side by side. */
  readonly workers?: number;
  /** Intermediate values that a whole trial reports. */
  readonly steps?: number;
  /** Time ends the search: what a trial takes counts, and which trials follow then depends on the machine. */
  readonly timed?: boolean;
}
