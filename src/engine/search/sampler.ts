import type { Distribution, Params, Space, Value } from '../../shared/space.ts';
import type { Reason, Trial } from '../../shared/trial.ts';
import type { Random } from '../random.ts';
import type { StudyView } from './study-view.ts';

/** A configuration and why; the reason is recorded when it is made. */
export interface Suggestion {
  readonly params: Params;
  readonly why: Reason;
}

/**
 * Suggests configurations. `Study.ask` calls, in this order: `relativeSpace`, `sampleRelative` with it, then
 * `sampleIndependent` for each parameter that is active (its conditions hold) and still without a value, and after `tell`: `after`.
 * A sampler keeps nothing between calls: all it knows is in the study, so that a resumed study goes on as if it had never stopped.
 */
export interface Sampler {
  readonly name: string;
  /** Parameters to be sampled jointly; may be empty. */
  relativeSpace(study: StudyView): Space;
  sampleRelative(study: StudyView, number: number, space: Space, random: Random): Suggestion;
  sampleIndependent(study: StudyView, number: number, name: string, distribution: Distribution, random: Random): Value;
  after?(study: StudyView, trial: Trial): void;
}
