import type { DatasetInfo } from '../../shared/dataset.ts';
import type { Parameter, Params, Space } from '../../shared/space.ts';
import type { Task } from '../../shared/task.ts';
import type { Dataset } from '../data/dataset.ts';
import type { TunerName } from '../hypergradients/registry.ts';
import type { Model, ModelBundle } from '../models/model.ts';
import type { Value } from '../models/onnx/graph-builder.ts';
import type { GraphRows } from '../models/onnx/graph-rows.ts';

export interface LearnerTags {
  readonly tasks: readonly Task[];
  /** What `FitContext.report` counts and what a refit is told to repeat; absent where fitting is one step. */
  readonly resource?: 'rounds' | 'epochs';
  /** Same seed, same data, same model, bit for bit. */
  readonly deterministic: boolean;
  /** Its penalties can be tuned by `FitContext.hypergradients`. */
  readonly tunesPenalties?: boolean;
  /** A person can follow its model whole: a formula, graphs, rules or one tree. */
  readonly readable: boolean;
  /** Honours `FitContext.weights`; for the others, rows are drawn in proportion. */
  readonly weighsRows?: boolean;
  /**
   * What its table must be like. 'linear': numbers whose scales suit sums of them; 'dense': numbers on comparable scales, which it bends
   * by itself; 'distances': as 'linear', and every column more does harm; 'native' (where absent): it copes with missing
   * values, levels and scales by itself; 'none': nothing is prepared.
   */
  readonly preparation?: 'linear' | 'dense' | 'distances' | 'native' | 'none';
  /** It can do nothing without a feature of this type, and is no default learner where there is none. */
  readonly needs?: 'image' | 'text';
  /** Whether a search over such data has it where the file names no learners; the baseline is always run once besides. */
  readonly byDefault: boolean | ((info: DatasetInfo) => boolean);
}

export interface FitContext {
  readonly train: Dataset;
  /** [train rows], positive, mean 1: how much each row's loss counts; absent: all the same. Given only where `tags.weighsRows`. */
  readonly weights?: Float64Array;
  /** For early stopping and for `report`; absent when the winner is refitted on all rows. */
  readonly validation?: Dataset;
  /** Train for exactly this many rounds or epochs: a refit, or a trial that gets less than a whole training. */
  readonly resource?: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  /**
   * Tells the search the validation loss (log loss or RMSE, smaller is better) after `resource` rounds or epochs.
   * On 'prune' the fit stops soon and returns its best model so far.
   */
  report(resource: number, loss: number): Promise<'continue' | 'prune'>;
  /** Tells which share of the rows has been made ready (0 to 1), where that takes seconds: there is no loss to report yet. */
  progress?(share: number): void;
  /** Tune the penalties by their gradients while fitting, where the learner can (`tags.tunesPenalties`). */
  readonly hypergradients?: TunerName;
  /** A fitted parent whose weights may be inherited (network morphisms). */
  readonly warmStart?: Model;
}

/** Something that can be fitted. Stateless: everything learnt is in the `Model`. */
export interface Learner {
  /** As written in the experiment file. */
  readonly name: string;
  readonly title: string;
  readonly tags: LearnerTags;
  /** Hyperparameters worth searching for such data, without the learner's name as prefix. Empty where there is nothing to tune. */
  space(info: DatasetInfo): Space;
  /** Hyperparameters that are not searched unless the experiment file names them. */
  optional?(info: DatasetInfo): readonly Parameter[];
  /** A good first configuration, inside the space; tried first. */
  defaults(info: DatasetInfo): Params;
  /**
   * What the time of a fit grows with, in any unit of the learner's own: rows x columns x rounds, say. The run learns what a unit
   * takes on this machine. Absent: rows x columns.
   */
  work?(info: DatasetInfo, params: Params): number;
  /** Throws a UserError where the data cannot be fitted, an AbortError on the signal. */
  fit(context: FitContext, config: Params): Promise<Model>;
  load(bundle: ModelBundle): Promise<Model>;
  /**
   * Writes a fitted model into an ONNX graph: [rows x classes] probabilities or [rows x 1] values. Absent where the learner has no such
   * form; throws a UserError where this one model has none.
   */
  onnx?(bundle: ModelBundle, rows: GraphRows): Value;
}
