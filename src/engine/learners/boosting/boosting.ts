import type { DatasetInfo } from '../../../shared/dataset.ts';
import type { Params, Space } from '../../../shared/space.ts';
import {
  type BinEncoder,
  type BinnedColumn,
  fitBinEncoder,
  restoreBinEncoder,
} from '../../data/encoders/bin-encoder.ts';
import { createRandom } from '../../random.ts';
import { defineLearner, type Learnt } from '../define-learner.ts';
import type { FitContext } from '../learner.ts';
import { Pace } from '../pace.ts';
import { scaleOf } from '../target-scale.ts';
import { nodesFromArrays, nodesToArrays } from '../trees/tree-nodes.ts';
import { probabilitiesOf } from './loss.ts';
import { ensembleScores, type TrainOptions, trainBoosting, type ValidationRows } from './train.ts';

interface BoostingState {
  readonly columns: readonly BinnedColumn[];
  /** Raw scores times deviation plus mean are values of the target; 1 and 0 for classes. */
  readonly mean: number;
  readonly deviation: number;
}

/** Rounds beyond this many have never paid for their time here; with many classes, each of which takes a tree a round, fewer. */
const maxRoundsFor = ({ classes }: DatasetInfo) =>
  Math.round(Math.min(1500, Math.max(100, 15_000 / (classes?.length ?? 1))));

/** Histogram gradient boosting, leaf-wise (Ke et al. 2017), with missing values and levels handled natively. */
export const boosting = defineLearner<BoostingState>({
  name: 'boosting',
  title: 'Gradient boosting',
  tags: {
    tasks: ['binary', 'multiclass', 'regression'],
    resource: 'rounds',
    deterministic: true,
    readable: false,
    byDefault: true,
  },
  space,
  defaults,
  fit,
  restore({ columns, mean, deviation }, arrays, { task, outputs }) {
    const encoder = restoreBinEncoder(columns);
    const ensemble = {
      nodes: nodesFromArrays(arrays),
      roots: arrays.roots as Uint32Array,
      value: arrays.value as Float64Array,
      start: arrays.start as Float64Array,
    };
    return {
      predict(rows) {
        const scores = ensembleScores(ensemble, encoder.encode(rows));
        return task === 'regression' ? scores.map((s) => s * deviation + mean) : probabilitiesOf(scores, outputs);
      },
    };
  },
});

function space({ rowCount }: DatasetInfo): Space {
  return {
    parameters: [
      { name: 'learning_rate', distribution: { type: 'float', low: 0.02, high: 0.3, log: true } },
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
function defaults({ rowCount }: DatasetInfo): Params {
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

async function fit(context: FitContext, params: Params): Promise<Learnt<BoostingState>> {
  const { train, validation, signal } = context;
  const encoder = fitBinEncoder(train.features, { minLevelRows: Math.min(10, 1 + train.features.rowCount / 200) });
  const data = encoder.encode(train.features);
  const { ensemble, rounds } = await trainBoosting(
    data,
    encoder.columns,
    train.target,
    trainOptions(context, params),
    createRandom(context.seed),
    new Pace(signal),
    validation && context.resource === undefined ? validationRows(context, encoder) : undefined,
  );
  const { mean, deviation } = train.target.kind === 'values' ? scaleOf(train.target.values) : { mean: 0, deviation: 1 };
  const leaves = ensemble.nodes.feature.filter((feature) => feature < 0).length;
  const trees = ensemble.roots.length;
  return {
    state: { columns: encoder.columns, mean, deviation },
    arrays: { ...nodesToArrays(ensemble.nodes), roots: ensemble.roots, value: ensemble.value, start: ensemble.start },
    facts: {
      // A split is a column and a threshold, a leaf a value.
      parameters: 2 * (leaves - trees) + leaves,
      resource: { name: 'rounds', best: rounds },
      words: `${trees} trees, ${(leaves / Math.max(1, trees)).toFixed(1)} leaves each on average`,
    },
  };
}

function validationRows({ validation, report }: FitContext, encoder: BinEncoder): ValidationRows | undefined {
  if (!validation || validation.features.rowCount === 0) return undefined;
  return { data: encoder.encode(validation.features), target: validation.target, report };
}

/** Constants that are not searched are LightGBM's, scaled down on small data. */
function trainOptions({ train, validation, resource }: FitContext, params: Params): TrainOptions {
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
    l2: params.l2 as number,
    minLeafRows: params.min_leaf_rows as number,
    minLeafHessian: 1e-3,
    randomCuts: params.random_cuts as boolean,
    levelSmoothing: 10,
    levelL2: 10,
    minGroupRows: Math.min(100, Math.max(5, rows / 100)),
  };
}
