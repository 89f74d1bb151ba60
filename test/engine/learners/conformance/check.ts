import type { Dataset } from '../../../../src/engine/data/dataset.ts';
import type { Table } from '../../../../src/engine/data/table.ts';
import type { FitContext, Learner } from '../../../../src/engine/learners/learner.ts';
import { metricValue } from '../../../../src/engine/metrics/measure.ts';
import type { Model } from '../../../../src/engine/models/model.ts';
import type { Prediction } from '../../../../src/engine/models/predictor.ts';
import type { Params } from '../../../../src/shared/space.ts';
import type { Task } from '../../../../src/shared/task.ts';
import { toySizeOf } from './toy-size.ts';

/** Something that every learner owes the rest of the house, for each task that it claims. */
export interface Check {
  readonly name: string;
  readonly applies?: (learner: Learner) => boolean;
  run(learner: Learner, task: Task): Promise<void>;
}

export const hasResource = (learner: Learner) => learner.tags.resource !== undefined;

export const fitted = (
  learner: Learner,
  train: Dataset,
  context: Partial<FitContext> = {},
  params: Params = learner.defaults(train.info),
): Promise<Model> =>
  learner.fit(
    {
      train,
      seed: 1,
      signal: new AbortController().signal,
      report: async () => 'continue',
      ...(context.validation === undefined && { resource: toySizeOf(learner).resource }),
      ...context,
    },
    params,
  );

export const predictions = async (model: Model, rows: Table) => (await model.predict(rows)).values;

/** Log loss or RMSE. */
export const loss = (prediction: Prediction, data: Dataset) =>
  metricValue(data.info.task === 'regression' ? 'rmse' : 'log_loss', prediction, data.target)!;
