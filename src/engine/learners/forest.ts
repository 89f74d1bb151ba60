import { defineForest } from './trees/define-forest.ts';
import { leastLeafRows } from './trees/fit-forest.ts';

/**
 * A random forest (Breiman 2001): best cuts of few columns, a bootstrap of the rows for each tree; the mean of their leaves,
 * each drawn towards the nodes above it (Agarwal et al. 2022) as strongly as the rows out of the bags ask for.
 */
export const forest = defineForest({
  name: 'forest',
  title: 'Random forest',
  kind: 'trees on bootstraps',
  defaults: (info) => ({
    column_sample: info.task === 'regression' ? 0.65 : 0.35,
    min_leaf_rows: 2 * leastLeafRows(info),
  }),
  growth: () => ({ randomCuts: false, bootstrap: true }),
});
