import type { ModelEdit } from '../../shared/model-edit.ts';
import type { Params } from '../../shared/space.ts';
import type { Task } from '../../shared/task.ts';
import type { ModelFacts, NetworkGraph } from '../../shared/trial.ts';
import type { Promises } from '../ensembles/promises.ts';
import type { Predictor } from './predictor.ts';

export type NumericArray = Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** How an edited model came about. */
export interface EditHistory {
  /** The model that was edited: 'trial 12 (ebm)', and the SHA-256 of its bundle. */
  readonly of: string;
  readonly originalHash: string;
  readonly edits: readonly ModelEdit[];
  readonly note: string;
  /** ISO. */
  readonly savedAt: string;
}

/** Everything a fitted model is, without the study: enough for `Learner.load` to predict again, bit for bit. */
export interface ModelBundle {
  readonly format: 'vitrine-model';
  readonly version: 1;
  readonly learner: string;
  readonly params: Params;
  readonly task: Task;
  readonly classes?: readonly string[];
  /** The column that it predicts; absent in old bundles. */
  readonly target?: string;
  /** Raw columns the model takes. */
  readonly columns: readonly { readonly name: string; readonly type: string; readonly levels?: readonly string[] }[];
  readonly dataHash: string;
  readonly seed: number;
  /** JSON-able remainder: encoder settings, tree structure, graph. */
  readonly state: unknown;
  /** Of a final model: how labels are decided, and how wide sets and intervals must be. */
  readonly promises?: Promises;
  /** What a person has changed of it since it was fitted; absent: nothing. */
  readonly edits?: EditHistory;
  /** Large numeric parts by name. */
  readonly arrays: Readonly<Record<string, NumericArray>>;
}

/** A fitted pipeline. */
export interface Model extends Predictor {
  readonly facts: ModelFacts;
  readonly graph?: NetworkGraph;
  save(): ModelBundle;
  /** Frees what the garbage collector does not see (tensors). */
  dispose?(): void;
}
