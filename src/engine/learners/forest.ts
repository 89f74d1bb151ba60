import { defineLearner } from './define-learner.ts';
import { fitForest, forestOptions, leastLeafRows, treeCount } from './trees/fit-forest.ts';
import { type ForestState, restoreForest } from './trees/forest-model.ts';
import { forestOnnx } from './trees/forest-onnx.ts';

/**
 * A random forest (Breiman 2001): best cuts of few columns, a bootstrap of the rows for each tree; the mean of their leaves,
 * each drawn towards the nodes above it (Agarwal et al. 2022) as strongly as the rows out of the bags ask for.
 */
export const forest = defineLearner<ForestState>({
  name: 'forest',
  title: 'Random forest',
  tags: {
    tasks: ['binary', 'multiclass', 'regression'],
    deterministic: true,
    readable: false,
    weighsRows: true,
    byDefault: true,
  },
  optional: forestOptions,
  space: (info) => ({
    parameters: [
      { name: 'column_sample', distribution: { type: 'float', low: 0.1, high: 1 } },
      {
        name: 'min_leaf_rows',
        distribution: { type: 'int', low: leastLeafRows(info), high: 32 * leastLeafRows(info), log: true },
      },
    ],
  }),
  defaults: (info) => ({
    column_sample: info.task === 'regression' ? 0.65 : 0.35,
    min_leaf_rows: 2 * leastLeafRows(info),
  }),
  work: ({ rowCount, columns }, params) =>
    rowCount * Math.log2(rowCount + 1) * columns.length * (params.column_sample as number) * 100,
  fit: (context, params) =>
    fitForest(
      context,
      { trees: treeCount(context.train.info), ...params },
      { randomCuts: false, bootstrap: true },
      'trees on bootstraps',
    ),
  restore: restoreForest,
  onnx: forestOnnx,
});
