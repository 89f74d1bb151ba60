import type { Distribution, Params, Space, Value } from '../../shared/space.ts';
import type { Reason, Trial } from '../../shared/trial.ts';
import type { Random } from '../random.ts';
import type { StudyView } from './study-view.ts';

/** A configuration and why; the reason is recorded when it is made. */
export interface Suggestion {
  readonly params: Params;
  readonly why: Reason;
  /** How much of the study's resource the trial may use; default: all of it. */
  readonly fidelity?: number;
  /** The trial at a lower fidelity that this one, with the same configuration, goes on with. */
  readonly continues?: number;
  /** Facts that the sampler wants to find again in the trial's `attributes`, under names that begin with its own. */
  readonly attributes?: Readonly<Record<string, Value>>;
}

/**
 * Suggests configurations. `Study.ask` calls, in this order: `relativeSpace`, `sampleRelative` with it, then
 * `sampleIndependent` for each parameter that is active (its conditions hold) and still without a value, and after `tell`: `after`.
 * All a sampler knows is in the study, so that a resumed study goes on as if it had never stopped. What is dear to compute may be kept
 * between calls in a WeakMap by study, as long as it is exactly what would be computed again.
 */
export interface Sampler {
  readonly name: string;
  /** Names of the samplers that it hands over to; reasons name the one that spoke. */
  readonly members?: readonly string[];
  /** Whether it shares out the study's resource, and so needs one (Hyperband, BOHB, DEHB). */
  readonly sharesResource?: boolean;
  /** Parameters to be sampled jointly; may be empty. */
  relativeSpace(study: StudyView): Space;
  sampleRelative(study: StudyView, number: number, space: Space, random: Random): Suggestion;
  sampleIndependent(study: StudyView, number: number, name: string, distribution: Distribution, random: Random): Value;
  after?(study: StudyView, trial: Trial): void;
  /** Why it has nothing new to suggest though the space has, in words; undefined while it has. Not asked where duplicates are allowed. */
  exhausted?(study: StudyView): string | undefined;
}
