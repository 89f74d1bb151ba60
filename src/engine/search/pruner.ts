import type { Stop, Trial } from '../../shared/trial.ts';
import type { StudyView } from './study-view.ts';

/**
 * Decides, after each intermediate value, whether a running trial is hopeless. Intermediate values follow the first objective's
 * direction. Trials are compared only with those of the same `attributes.curve`, which says what their steps count
 * ('boosting rounds', 'mlp epochs'); it may be left out where all count the same.
 */
export interface Pruner {
  readonly name: string;
  /** Whether an intermediate value that is NaN or infinite ends the trial. */
  readonly stopsDiverged: boolean;
  /** What it saw when the trial should stop, else undefined. The last of `trial.intermediate` is the newest. */
  shouldPrune(study: StudyView, trial: Trial): Stop | undefined;
}

/**
 * The `attributes.curve` of values that are means over ever more folds: the newest stands for the trial, and an easy first fold says
 * nothing. Other curves are trainings, which end with the best of their steps.
 */
export const meansOverFolds = 'means over folds';
