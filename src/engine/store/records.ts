import type { DatasetInfo } from '../../shared/dataset.ts';
import type { Experiment, Objective } from '../../shared/experiment/experiment.ts';
import type { EnergyReport } from '../../shared/results/energy.ts';
import type { RunState } from '../../shared/results/study.ts';
import type { Space } from '../../shared/space.ts';
import type { Trial, TrialRecord } from '../../shared/trial.ts';
import type { Spent } from '../search/budget.ts';

/** Where a study comes from that another program made; in what a view asks of an experiment, it answers alike. */
export interface ImportSource {
  readonly kind: 'import';
  readonly name: string;
  /** 'Optuna' */
  readonly program: string;
  /** Absolute path of the file that it was read from, and when, in milliseconds since 1970. */
  readonly path: string;
  readonly readAt: number;
  readonly search: { readonly sampler: string; readonly pruner: string; readonly seed: number };
  readonly constraints: readonly [];
}

export const isImported = (experiment: Experiment | ImportSource): experiment is ImportSource => 'kind' in experiment;

/** A search over one experiment file as it stood, a changed file begins another; or the study of another program. */
export interface StudyRecord {
  readonly id: number;
  readonly file: string;
  readonly fingerprint: string;
  readonly experiment: Experiment | ImportSource;
  /** null where there is none: the study is another program's. */
  readonly data: DatasetInfo | null;
  readonly space: Space;
  readonly objectives: readonly Objective[];
  /** The sampler and the pruner in use, and why, in words. */
  readonly search: string;
  readonly notes: readonly string[];
  readonly created: number;
  readonly sequence: number;
}

/** What a `TrialRecord` has beyond the `Trial` of the search. */
export type TrialOutcome = Omit<TrialRecord, keyof Trial | 'id'>;

export interface StoredTrial {
  readonly trial: Trial;
  readonly outcome: TrialOutcome;
}

/** One go at a study, by one process. */
export interface RunRecord {
  readonly id: number;
  readonly study: number;
  readonly pid: number;
  readonly processStarted: string;
  readonly state: RunState;
  readonly message: string;
  readonly started: number;
  /** When `spent` was true. */
  readonly updated: number;
  readonly ended: number | null;
  readonly spent: Spent;
  readonly budget: Experiment['budget'];
  readonly energy: EnergyReport | null;
}
