import { type Dataset, outputsOf, takeDataset } from '../data/dataset.ts';
import { splitValidation } from '../data/splits/split.ts';
import { boosting } from '../learners/boosting/boosting.ts';
import type { Model } from '../models/model.ts';
import type { CheckContext } from './data-check.ts';

export interface OutOfFoldOptions {
  readonly folds: number;
  readonly rounds: number;
}

/** Small steps and small trees: a model that suits most tables in a second, not the best for any. */
const params = { learning_rate: 0.1, leaves: 8, min_leaf_rows: 5, row_sample: 0.8, column_sample: 0.7, l2: 1 };

/**
 * [rows x outputs] predictions of each row by gradient boosting that was not fitted on it. A row that every fold is fitted on (the only one
 * of its class) gets NaN.
 */
export async function outOfFold(
  data: Dataset,
  { folds: count, rounds }: OutOfFoldOptions,
  { random, signal, seed }: CheckContext,
): Promise<Float64Array> {
  // The rows are parted at random here, whatever keys the experiment parts them by.
  const loose = { ...data, keys: { rowCount: data.keys.rowCount, columns: [] }, info: withoutKeys(data.info) };
  const { folds } = splitValidation(loose, { folds: count }, random.fork('out of fold'));
  const outputs = outputsOf(data.target);
  const predicted = new Float64Array(data.features.rowCount * outputs).fill(Number.NaN);
  for (const { train, validation } of folds) {
    const model = await fitQuick(takeDataset(loose, train), rounds, { seed, signal });
    const { values } = await model.predict(takeDataset(loose, validation).features);
    for (let i = 0; i < validation.length; i++) {
      for (let k = 0; k < outputs; k++) predicted[validation[i] * outputs + k] = values[i * outputs + k];
    }
  }
  return predicted;
}

/** The model that `outOfFold` fits on each fold, on all of these rows. */
export const fitQuick = (
  train: Dataset,
  rounds: number,
  { seed, signal }: Pick<CheckContext, 'seed' | 'signal'>,
): Promise<Model> => boosting.fit({ train, seed, signal, resource: rounds, report: async () => 'continue' }, params);

const withoutKeys = (info: Dataset['info']): Dataset['info'] => ({
  ...info,
  columns: info.columns.map((column) =>
    column.role === 'group' || column.role === 'time' ? { ...column, role: 'ignored' as const } : column,
  ),
});
