import { defineLearner } from './define-learner.ts';
import { fitForest, forestOptions, leastLeafRows, treeCount } from './trees/fit-forest.ts';
import { type ForestState, restoreForest } from './trees/forest-model.ts';
import { forestOnnx } from './trees/forest-onnx.ts';

/**
 * Extremely randomised trees (Geurts et al. 2006): one random cut of each drawn column, all rows for each tree unless
 * `bootstrap`; the mean of their leaves, each drawn towards the nodes above it (Agarwal et al. 2022).
 */
export const extraTrees = defineLearner<ForestState>({
  name: 'extra_trees',
  title: 'Extremely randomised trees',
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
      { name: 'bootstrap', distribution: { type: 'categorical', choices: [false, true] } },
      {
        name: 'shrinkage',
        distribution: { type: 'float', low: 0.1, high: 100, log: true },
        when: [{ parameter: 'bootstrap', oneOf: [false] }],
      },
    ],
  }),
  defaults: (info) => ({
    column_sample: info.task === 'regression' ? 0.9 : 0.6,
    min_leaf_rows: (info.task === 'binary' ? 2 : 1) * leastLeafRows(info),
    bootstrap: false,
    shrinkage: 0.5,
  }),
  work: ({ rowCount, columns }, params) =>
    rowCount * Math.log2(rowCount + 1) * columns.length * (params.column_sample as number) * 100,
  fit: (context, params) =>
    fitForest(
      context,
      { trees: treeCount(context.train.info), ...params },
      { randomCuts: true, bootstrap: params.bootstrap as boolean },
      'extremely randomised trees',
    ),
  restore: restoreForest,
  onnx: forestOnnx,
});
