import type { DatasetInfo } from '../../../shared/dataset.ts';
import type { Parameter, Params } from '../../../shared/space.ts';
import { defineLearner } from '../define-learner.ts';
import type { Learner } from '../learner.ts';
import { fitForest, forestOptions, leastLeafRows, treeCount } from './fit-forest.ts';
import { type ForestState, restoreForest } from './forest-model.ts';
import { forestOnnx } from './forest-onnx.ts';

/** The part of a forest that is its own; `defineForest` adds what all have. */
export interface ForestDefinition {
  readonly name: string;
  readonly title: string;
  /** Of `ModelFacts.words`: 'trees on bootstraps' */
  readonly kind: string;
  /** Beside the share of the columns and the rows of a leaf. */
  readonly furtherParameters?: readonly Parameter[];
  defaults(info: DatasetInfo): Params;
  /** Whether cuts are random, and whether each tree has a bootstrap of the rows. */
  growth(params: Params): { readonly randomCuts: boolean; readonly bootstrap: boolean };
}

/** A learner of many trees, each grown by itself, whose leaves' mean is the prediction. */
export const defineForest = ({
  name,
  title,
  kind,
  furtherParameters = [],
  defaults,
  growth,
}: ForestDefinition): Learner =>
  defineLearner<ForestState>({
    name,
    title,
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
        ...furtherParameters,
      ],
    }),
    defaults,
    work: ({ rowCount, columns }, params) =>
      rowCount * Math.log2(rowCount + 1) * columns.length * (params.column_sample as number) * 100,
    fit: (context, params) =>
      fitForest(context, { trees: treeCount(context.train.info), ...params }, growth(params), kind),
    restore: restoreForest,
    onnx: forestOnnx,
  });
