import type { BackendChoice } from '../backend.ts';
import type { ColumnType } from '../dataset.ts';
import type { Direction } from '../metrics.ts';
import type { Distribution, Forbidden, Params } from '../space.ts';
import type { Task } from '../task.ts';
import type { Constraint } from './constraint.ts';
import type { ExperimentSettings } from './schema.ts';

export interface Objective {
  /** One of shared/metrics, or what somebody else's study or script calls its value; `metricInfo` knows both. */
  readonly metric: string;
  readonly direction: Direction;
}

/** Amounts in base units; an absent one does not limit. */
export interface Budget {
  readonly seconds?: number;
  readonly trials?: number;
  readonly wattHours?: number;
  readonly co2Grams?: number;
  readonly cost?: { readonly amount: number; readonly currency: string };
}

/** What the person changed of one learner's space. */
export interface SpaceOverride {
  readonly fixed: Params;
  readonly searched: Readonly<
    Record<
      string,
      {
        readonly distribution: Distribution;
        readonly when?: Readonly<Record<string, Params[string] | readonly Params[string][]>>;
      }
    >
  >;
}

/** Rows of the data that are neither learnt from nor judged by. */
export interface DroppedRows {
  /** Of rows that are equal in all features and in the target all but the first. */
  readonly duplicates: boolean;
  /** All rows that are equal in all features and not in the target. */
  readonly conflicting: boolean;
  /** Those of the development part that stand in the test part too. */
  readonly shared: boolean;
  /** By their place in the data, from 1. */
  readonly rows: readonly number[];
}
export const nothingDropped: DroppedRows = { duplicates: false, conflicting: false, shared: false, rows: [] };

export type Balance = 'weights' | 'oversample' | 'undersample';

export interface ExperimentData {
  /** As written, and absolute. */
  readonly path: string;
  readonly absolutePath: string;
  readonly target: string;
  readonly types: Readonly<Record<string, ColumnType>>;
  readonly ignore: readonly string[];
  readonly sensitive: readonly string[];
  /** Absent: none. */
  readonly drop?: DroppedRows;
  /** How every learner comes to count classes alike; absent: as the search finds best. */
  readonly balance?: Balance;
  readonly group: string | null;
  readonly time: string | null;
  readonly test:
    | { readonly kind: 'share'; readonly share: number }
    | { readonly kind: 'file'; readonly absolutePath: string }
    | { readonly kind: 'none' };
  readonly validation:
    | { readonly kind: 'auto' }
    | { readonly kind: 'folds'; readonly folds: number }
    | { readonly kind: 'holdout'; readonly share: number };
}

/** A program of the person's whose parameters are searched. */
export interface ExperimentScript {
  /** The program and its arguments, `{name}` standing for values. */
  readonly command: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  readonly space: SpaceOverride;
  readonly defaults?: Params;
  /** Its own value, the first objective. */
  readonly objective: Objective;
  readonly resource?: { readonly name: string; readonly min: number; readonly max: number };
  readonly pruning: 'signal' | 'line';
  readonly graceSeconds: number;
}

/** An experiment file that has been read and checked: quantities parsed, defaults filled, nothing left to guess but the data. */
export interface Experiment {
  /** Absolute path of the experiment file. */
  readonly file: string;
  readonly name: string;
  /** null where a script is searched, which has its data to itself. */
  readonly data: ExperimentData | null;
  readonly script: ExperimentScript | null;
  readonly task?: Task;
  readonly learners?: readonly string[];
  readonly space: Readonly<Record<string, SpaceOverride>>;
  readonly nas: ExperimentSettings['nas'];
  /** Empty: the task's default metric. Beside a script: what else to optimise. */
  readonly objectives: readonly Objective[];
  /** What a trial must keep to be the best. */
  readonly constraints: readonly Constraint[];
  /** What is done so that groups are treated alike. `reweight`, 'searched': a configuration may weigh its rows, or not. */
  readonly mitigation: { readonly reweight: 'never' | 'searched' | 'always'; readonly thresholds: boolean };
  /** Combinations that must not be tried, over the joined space: `learner`, `mlp.layers`. */
  readonly forbidden: readonly Forbidden[];
  readonly search: {
    readonly sampler: ExperimentSettings['search']['sampler'];
    readonly pruner: ExperimentSettings['search']['pruner'];
    /** Penalties are tuned by their gradients while a learner that can fits. */
    readonly hypergradients: ExperimentSettings['search']['hypergradients'];
    /** What a sampler that gives some trials less shares out; default: rows. */
    readonly resource?: NonNullable<ExperimentSettings['search']['resource']>;
    readonly seed: number;
    readonly workers: number | 'auto';
    /** What networks are computed on; results agree to 1e-4. */
    readonly backend: BackendChoice;
    readonly timeoutSeconds?: number;
    readonly memoryBytes?: number;
  };
  readonly budget: Budget;
  readonly explain: ExperimentSettings['explain'];
  readonly ensemble: ExperimentSettings['ensemble'];
  /** What a person says of the model and the data; no run depends on it. */
  readonly about?: ExperimentSettings['about'];
  readonly robustness: ExperimentSettings['robustness'];
  readonly energy: {
    readonly region: string;
    readonly pue: number;
    readonly price: { readonly perKilowattHour: number; readonly currency: string };
  };
}
