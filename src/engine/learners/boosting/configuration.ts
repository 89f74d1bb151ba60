import type { DatasetInfo } from '../../../shared/dataset.ts';
import type { Parameter, Params, Space } from '../../../shared/space.ts';
import type { BinOptions } from '../../data/encoders/bin-encoder.ts';
import type { Table } from '../../data/table.ts';
import type { FitContext } from '../learner.ts';
import { valueLosses } from './losses/registry.ts';
import type { TrainOptions } from './train.ts';

/** Searched only where the experiment file names them. `monotone` is text: 'age:+ income:-'. */
export const optional = (): readonly Parameter[] => [
  { name: 'loss', distribution: { type: 'categorical', choices: valueLosses } },
  { name: 'quantile_level', distribution: { type: 'float', low: 0.01, high: 0.99 } },
  { name: 'monotone', distribution: { type: 'categorical', choices: [''] } },
  { name: 'l1', distribution: { type: 'float', low: 1e-3, high: 10, log: true } },
  { name: 'path_smoothing', distribution: { type: 'float', low: 0.1, high: 100, log: true } },
];

/** Rounds beyond this many have never paid for their time here; with many classes, each of which takes a tree a round, fewer. */
const maxRoundsFor = ({ classes }: DatasetInfo) =>
  Math.round(Math.min(1500, Math.max(100, 15_000 / (classes?.length ?? 1))));

export function space({ rowCount }: DatasetInfo): Space {
  return {
    parameters: [
      { name: 'learning_rate', distribution: { type: 'float', low: 0.01, high: 0.3, log: true } },
      { name: 'leaves', distribution: { type: 'int', low: 2, high: largestTree(rowCount), log: true } },
      { name: 'min_leaf_rows', distribution: { type: 'int', low: 1, high: 100, log: true } },
      { name: 'l2', distribution: { type: 'float', low: 1e-2, high: 100, log: true } },
      { name: 'row_sample', distribution: { type: 'float', low: 0.4, high: 1 } },
      { name: 'column_sample', distribution: { type: 'float', low: 0.3, high: 1 } },
      { name: 'random_cuts', distribution: { type: 'categorical', choices: [false, true] } },
    ],
  };
}

const largestTree = (rows: number) => Math.round(Math.min(256, Math.max(16, rows / 20)));

/** Best of a few on the shared tables, near pytabkit's meta-tuned ones (Holzmüller et al. 2024), with smaller trees on small data. */
export function defaults({ rowCount }: DatasetInfo): Params {
  const few = rowCount < 2500;
  return {
    learning_rate: few ? 0.05 : 0.06,
    leaves: few ? 10 : 31,
    min_leaf_rows: few ? 5 : 10,
    l2: few ? 0.2 : 1,
    row_sample: few ? 0.75 : 0.9,
    column_sample: few ? 0.7 : 0.6,
    random_cuts: false,
  };
}

/** Bins summed and scanned: rows and bins of the sampled columns, for each tree. */
export function work({ rowCount, columns, classes }: DatasetInfo, params: Params): number {
  const outputs = classes && classes.length > 2 ? classes.length : 1;
  const rate = (params.learning_rate as number | undefined) ?? 0.06;
  const leaves = (params.leaves as number | undefined) ?? 31;
  const share = (params.column_sample as number | undefined) ?? 1;
  const rows = rowCount * ((params.row_sample as number | undefined) ?? 1);
  const rounds = Math.min(maxRoundsFor({ classes } as DatasetInfo), 10 / rate);
  // A row is summed about once for every second level of the tree; scans take 255 bins for each of the leaves.
  const perTree = rows * (1 + Math.log2(leaves) / 2) + 255 * 2 * leaves;
  return outputs * rounds * (Math.max(1, columns.length) * share * perTree + 20 * rowCount);
}

/**
 * Rare levels share a bin. Beyond some hundreds of columns fewer bins a column (LightGBM's advice is 63): sums of so many would take
 * longer to scan than to fill.
 */
export const binOptions = ({ rowCount, columns }: Table): BinOptions => ({
  minLevelRows: Math.min(10, 1 + rowCount / 200),
  ...(columns.length > 1000 && { maxBins: 63 }),
});

/** Constants that are not searched are LightGBM's, scaled down on small data. */
export function trainOptions({ train, validation, resource }: FitContext, params: Params): TrainOptions {
  const rows = train.features.rowCount;
  const learningRate = params.learning_rate as number;
  const most = maxRoundsFor(train.info);
  const untilStopped = validation ? most : Math.min(most, Math.round(10 / learningRate));
  return {
    learningRate,
    maxRounds: resource ?? untilStopped,
    patience: Math.max(20, Math.round(3 / learningRate)),
    rowSample: params.row_sample as number,
    columnSample: params.column_sample as number,
    maxLeaves: params.leaves as number,
    maxDepth: 64,
    l1: (params.l1 as number | undefined) ?? 0,
    l2: params.l2 as number,
    pathSmoothing: (params.path_smoothing as number | undefined) ?? 0,
    minLeafRows: params.min_leaf_rows as number,
    minLeafHessian: 1e-3,
    randomCuts: params.random_cuts as boolean,
    levelSmoothing: 10,
    levelL2: 10,
    minGroupRows: Math.min(100, Math.max(5, rows / 100)),
  };
}
