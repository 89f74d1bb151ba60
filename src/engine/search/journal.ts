import type { Trial } from '../../shared/trial.ts';

export type TrialChange = 'enqueued' | 'started' | 'reported' | 'annotated' | 'ended' | 'requeued';

/** Where a study's trials are kept. */
export interface Journal {
  /**
   * Keeps the trial as it is about to stand, in place of what was kept under its number. Called before the change is acted on:
   * when this throws, the study stays as it was.
   */
  record(trial: Trial, change: TrialChange): void;
  /** Lets go of what it holds: a file, and the right to write a study there. */
  close?(): void;
}

/** Keeps nothing: the study lives in memory alone. */
export const noJournal: Journal = { record: () => {} };
