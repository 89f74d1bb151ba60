import type { Trial } from '../../shared/trial.ts';
import type { StudyView } from './study-view.ts';

/** Decides, after each intermediate value, whether a running trial is hopeless. Intermediate values follow the first objective's direction. */
export interface Pruner {
  readonly name: string;
  /** The reason in words when the trial should stop, else undefined. */
  shouldPrune(study: StudyView, trial: Trial): string | undefined;
}
