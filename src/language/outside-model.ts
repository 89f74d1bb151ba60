import type { Experiment } from '../shared/experiment/experiment.ts';
import { experimentSchema } from '../shared/experiment/schema.ts';
import type { Task } from '../shared/task.ts';
import { resolve } from './resolve.ts';

/** As the engine calls a model that it has not fitted. */
export const outsideLearner = 'onnx';

export interface OutsideModelOptions {
  /** Path of the table, absolute or from the model's folder. */
  readonly data: string;
  readonly target: string;
  /** Absent: as the target tells. */
  readonly task?: Task;
  /** Columns that the model does not take. */
  readonly ignore?: readonly string[];
}

/**
 * The experiment that looks into an ONNX model of another program: one trial of it beside the constant baseline. Its study is kept under the
 * model's own name. @param file absolute path of the model
 */
export function outsideModelExperiment(file: string, { data, target, task, ignore }: OutsideModelOptions): Experiment {
  const settings = experimentSchema.parse({
    data: { path: data, target, split: { test: 'none' }, ignore: ignore ?? [] },
    ...(task && { task }),
    search: { sampler: 'random', pruner: 'none', workers: 1 },
    budget: { trials: 2 },
    ensemble: 'none',
  });
  return {
    ...resolve(settings, file),
    learners: [outsideLearner],
    space: { [outsideLearner]: { fixed: { model: file }, searched: {} } },
  };
}
