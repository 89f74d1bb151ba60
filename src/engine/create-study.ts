import { UserError } from '../shared/faults.ts';
import type { Space } from '../shared/space.ts';
import type { Trial } from '../shared/trial.ts';
import { Study, type StudyOptions } from './search/study.ts';
import { checkPartial } from './space/configuration.ts';
import { StudyJournal } from './store/study-journal.ts';

export interface CreateStudyOptions extends Omit<StudyOptions, 'journal'> {
  /** Path of a file that keeps the study, made where there is none; default: none, the study lives in memory. */
  readonly store?: string;
  /** Which study of the file; default: 'study'. One that is there already is gone on with. */
  readonly name?: string;
}

/**
 * A search that another program drives: `ask` for a configuration, `tell` its value, or let `optimize` do both. `ask` and `tell` are
 * synchronous, and what they did is kept in the store when they return; awaiting them does no harm.
 *
 * A study in a store is gone on with where it was left: trials that ran when its process ended wait to be asked for again, those that
 * a changed space no longer holds are kept and named in `study.outside`. One process writes a study at a time; `study.close()` lets
 * the next one go on. Throws the UserErrors of `Study` and `StudyJournal`, and `study-store` for `trials` beside `store`.
 */
export function createStudy(given: CreateStudyOptions): Study {
  const { store, name = 'study', ...options } = given ?? {};
  if (store === undefined) return new Study(options);
  if (options.trials) {
    throw new UserError('study-store', "a study goes on from 'trials' or from its 'store'; got both.", {
      advice: "Leave 'trials' out: those of the store are read.",
    });
  }
  // Checked before anything is written.
  const { space, directions } = new Study(options);
  const journal = new StudyJournal(store, { name, directions, space });
  try {
    const trials = journal.trials.map((trial) => stillPossible(trial, space, journal));
    const study = new Study({ ...options, journal, trials });
    for (const { number, state } of trials)
      if (state === 'running') study.requeue(number, 'Its process ended while it was running; tried again.');
    return study;
  } catch (error) {
    journal.close();
    throw error;
  }
}

/** A trial that was still to be run, and that the space no longer holds, has failed. */
function stillPossible(trial: Trial, space: Space, journal: StudyJournal): Trial {
  if (trial.state !== 'waiting' && trial.state !== 'running') return trial;
  try {
    checkPartial(space, trial.params);
    return trial;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const failed: Trial = {
      ...trial,
      state: 'failed',
      message: `The space changed before it was run: ${error.message}`,
    };
    journal.record(failed);
    return failed;
  }
}
