import type { Objective } from '../../shared/experiment/experiment.ts';
import { UserError } from '../../shared/faults.ts';
import type { Space } from '../../shared/space.ts';
import type { ImportWishes } from '../../shared/study-address.ts';
import type { Trial } from '../../shared/trial.ts';

/** A study as another program wrote it, in Vitrine's own terms. */
export interface ImportedStudy {
  /** As the other program calls it. */
  readonly name: string;
  /** Holds every trial but those that `notes` names. */
  readonly space: Space;
  /** At least one; the first ranks. */
  readonly objectives: readonly Objective[];
  /** Numbered from 0 without gaps. */
  readonly trials: readonly Trial[];
  /** What chose the configurations, in words. */
  readonly search: string;
  /** What a person should know: what was inferred, what lies outside of the space. */
  readonly notes: readonly string[];
}

/** What is asked first of a file: its path and how it begins. */
export interface FileHead {
  /** Absolute; may be a folder. */
  readonly path: string;
  /** The first bytes, at most `headBytes`; empty for a folder. */
  readonly bytes: Uint8Array;
  /** `bytes` as text. */
  readonly text: string;
}

export const headBytes = 1 << 16;

/** One format of studies. Reading writes nothing, needs no Python, and either gives all that the file holds or throws. */
export interface StudyImporter {
  /** 'optuna', 'smac': how `--format` names it. */
  readonly name: string;
  /** 'Optuna': how a person does. */
  readonly title: string;
  /** Whether the file looks like one of these, by its name and its beginning; never throws. */
  recognises(head: FileHead): boolean;
  /**
   * Every study in the file. Throws a UserError that names the file, and the line where there is one: `import-damaged` where it is cut
   * short or contradicts itself, `import-version` where another version wrote it, `import-empty`, and where the file alone does not tell
   * which numbers are the values, `import-values`.
   */
  read(path: string, wishes: ImportWishes, signal: AbortSignal): Promise<readonly ImportedStudy[]>;
}

/** The file is cut short or contradicts itself. */
export const damaged = (file: string, what: string, options: { line?: number; cause?: unknown } = {}): UserError =>
  new UserError('import-damaged', what, {
    place: { file, line: options.line },
    advice: 'Copy it again from where it was written; nothing of it was taken over.',
    cause: options.cause,
  });
