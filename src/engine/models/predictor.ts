import type { Task } from '../../shared/task.ts';
import type { Target } from '../data/dataset.ts';
import type { Table } from '../data/table.ts';

/** [rows x classes] probabilities, row-major, each row summing to 1; or [rows] values. */
export type Prediction =
  | { readonly kind: 'probabilities'; readonly classCount: number; readonly values: Float64Array }
  | { readonly kind: 'values'; readonly values: Float64Array };

/** Of these rows, in this order, as often as they are named. */
export function takePrediction(prediction: Prediction, rows: ArrayLike<number>): Prediction {
  const width = prediction.kind === 'probabilities' ? prediction.classCount : 1;
  const values = new Float64Array(rows.length * width);
  for (let i = 0; i < rows.length; i++)
    for (let k = 0; k < width; k++) values[i * width + k] = prediction.values[rows[i] * width + k];
  return { ...prediction, values };
}

/** A whole pipeline: raw columns in, so that explanations speak of the user's columns. */
export interface Predictor {
  readonly task: Task;
  /** In the order of the probabilities; absent for regression. */
  readonly classes?: readonly string[];
  /** Columns in any order; unknown levels count as unseen, a missing column is a RangeError. */
  predict(rows: Table): Promise<Prediction>;
}

export interface InputGradient {
  /** Names of the numeric columns. */
  readonly columns: readonly string[];
  /** [rows x columns] row-major: d loss / d value, in loss per unit of the raw column; 0 where the value is missing. */
  readonly values: Float64Array;
}

/** A capability, asked for by `isDifferentiable`, never by the learner's name. */
export interface Differentiable {
  /** Gradient of each row's own loss (log loss, or squared error) with respect to its raw numeric inputs. */
  inputGradient(rows: Table, target: Target): Promise<InputGradient>;
}

export const isDifferentiable = (predictor: Predictor): predictor is Predictor & Differentiable =>
  typeof (predictor as Partial<Differentiable>).inputGradient === 'function';
