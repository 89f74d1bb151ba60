import { UserError } from '../../../shared/faults.ts';
import type { Params } from '../../../shared/space.ts';
import { type BinEncoder, type BinnedColumn, restoreBinEncoder } from '../../data/encoders/bin-encoder.ts';
import { createRandom } from '../../random.ts';
import { defineLearner, type Learnt } from '../define-learner.ts';
import { learnBins } from '../learn-bins.ts';
import type { FitContext } from '../learner.ts';
import { Pace } from '../pace.ts';
import { probabilitiesOf } from '../score-probabilities.ts';
import { nodesFromArrays, nodesToArrays } from '../trees/tree-nodes.ts';
import { boostingOnnx } from './boosting-onnx.ts';
import { boostingTrees } from './boosting-trees.ts';
import { binOptions, defaults, optional, space, trainOptions, work } from './configuration.ts';
import { type ValueScale, valuesOf } from './losses/loss.ts';
import { lossChoice, lossFor } from './losses/registry.ts';
import { directionsOf } from './monotone.ts';
import { trainBoosting, type ValidationRows } from './train.ts';
import { ensembleScores, TreeRunner } from './tree-scores.ts';

export interface BoostingState {
  readonly columns: readonly BinnedColumn[];
  /** Of a numeric target. */
  readonly scale: ValueScale;
}

/** Histogram gradient boosting, leaf-wise (Ke et al. 2017), with missing values and levels handled natively. */
export const boosting = defineLearner<BoostingState>({
  name: 'boosting',
  title: 'Gradient boosting',
  tags: {
    tasks: ['binary', 'multiclass', 'regression'],
    resource: 'rounds',
    deterministic: true,
    readable: false,
    weighsRows: true,
    byDefault: true,
  },
  space,
  optional,
  defaults,
  work,
  fit,
  restore(state, arrays, outcome) {
    const { columns, scale } = state;
    const { task, outputs } = outcome;
    const encoder = restoreBinEncoder(columns);
    const ensemble = {
      nodes: nodesFromArrays(arrays),
      roots: arrays.roots as Uint32Array,
      value: arrays.value as Float64Array,
      start: arrays.start as Float64Array,
    };
    const runner = new TreeRunner(ensemble.nodes, ensemble.value);
    return {
      predict(rows) {
        const scores = ensembleScores(ensemble, runner, encoder.encode(rows));
        return task === 'regression' ? valuesOf(scores, scale) : probabilitiesOf(scores, outputs);
      },
      treeEnsemble: boostingTrees(state, arrays, outcome),
    };
  },
  onnx: boostingOnnx,
});

async function fit(context: FitContext, params: Params): Promise<Learnt<BoostingState>> {
  const { train, validation, weights, signal } = context;
  const { loss, scale } = lossFor(train.target, lossChoice(params, train.target), weights);
  const pace = new Pace(signal);
  const { encoder, data } = await learnBins(train.features, binOptions(train.features), pace, context.progress);
  const directions = directionsOf(params.monotone ?? '', train.features, encoder.columns);
  if (directions && train.info.task === 'multiclass') {
    throw new UserError('monotone', 'Boosting cannot keep the chances of several classes monotone.', {
      advice: 'Take "monotone" out, or make the target one of two classes.',
    });
  }
  const { ensemble, rounds } = await trainBoosting(
    data,
    encoder.columns,
    loss,
    { ...trainOptions(context, params), ...(directions && { directions }) },
    createRandom(context.seed),
    pace,
    validation && context.resource === undefined ? validationRows(context, encoder) : undefined,
  );
  const leaves = ensemble.nodes.feature.filter((feature) => feature < 0).length;
  const trees = ensemble.roots.length;
  return {
    state: { columns: encoder.columns, scale },
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
