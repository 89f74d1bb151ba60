import { defineForest } from './trees/define-forest.ts';
import { leastLeafRows } from './trees/fit-forest.ts';

/**
 * Extremely randomised trees (Geurts et al. 2006): one random cut of each drawn column, all rows for each tree unless
 * `bootstrap`; the mean of their leaves, each drawn towards the nodes above it (Agarwal et al. 2022).
 */
export const extraTrees = defineForest({
  name: 'extra_trees',
  title: 'Extremely randomised trees',
  kind: 'extremely randomised trees',
  furtherParameters: [
    { name: 'bootstrap', distribution: { type: 'categorical', choices: [false, true] } },
    {
      name: 'shrinkage',
      distribution: { type: 'float', low: 0.1, high: 100, log: true },
      when: [{ parameter: 'bootstrap', oneOf: [false] }],
    },
  ],
  defaults: (info) => ({
    column_sample: info.task === 'regression' ? 0.9 : 0.6,
    min_leaf_rows: (info.task === 'binary' ? 2 : 1) * leastLeafRows(info),
    bootstrap: false,
    shrinkage: 0.5,
  }),
  growth: ({ bootstrap }) => ({ randomCuts: true, bootstrap: bootstrap as boolean }),
});
