import type { Task } from '../../../shared/task.ts';
import type { NumericArray } from '../model.ts';
import type { Value } from './graph-builder.ts';
import type { GraphRows } from './graph-rows.ts';

/**
 * Writes what a fitted learner predicts into a graph: double, [rows x classes] probabilities or [rows x 1] values. A capability: a
 * learner that has none cannot be written as ONNX.
 */
export type WriteOnnx<State> = (
  rows: GraphRows,
  state: State,
  arrays: Readonly<Record<string, NumericArray>>,
  outcome: { readonly task: Task; readonly outputs: number },
) => Value;
