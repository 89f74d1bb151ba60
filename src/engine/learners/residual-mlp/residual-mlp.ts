import type { Tensor } from '@tensorflow/tfjs-core';
import type { Params } from '../../../shared/space.ts';
import type { Target } from '../../data/dataset.ts';
import { rawInputGradient } from '../../data/encoders/input-gradient.ts';
import type { EncodedMatrix } from '../../data/encoders/matrix-encoder.ts';
import { startBackend } from '../../networks/backends/start-backend.ts';
import { layerDrawing } from '../../networks/layer-drawing.ts';
import {
  initialLayerWeights,
  type LayerGraph,
  type LayerWeights,
  learntNumbers,
  planGraph,
} from '../../networks/layer-graph.ts';
import { LayerNetwork } from '../../networks/layer-network.ts';
import { membersGradient } from '../../networks/loss.ts';
import { createAdam } from '../../networks/optimizers/adam.ts';
import { type Judge, type TrainingSettings, trainNetwork } from '../../networks/training.ts';
import { createRandom, type Random } from '../../random.ts';
import { defineLearner, type Inference, type Learnt, type Outcome } from '../define-learner.ts';
import type { FitContext } from '../learner.ts';
import { outputBias, probabilitiesOf, validationLoss, valuesOf } from '../mlp/outputs.ts';
import { lossGradientFor, type TargetScale, targetScale, targetTensor, trainingRows } from '../mlp/training-rows.ts';
import { Pace } from '../pace.ts';
import { defaults, graphOf, space, trainingWork, wholeTraining } from './configuration.ts';
import { memberMean, memberSlope } from './member-mean.ts';
import { residualMlpOnnx } from './residual-mlp-onnx.ts';
import { fitRowEncoder, type RowEncoder, type RowState, restoreRowEncoder, rowsTensor } from './row-encoder.ts';

export interface ResidualMlpState {
  readonly encoder: RowState;
  readonly graph: LayerGraph;
  readonly scale: TargetScale;
}

/**
 * Perceptron with residual layers for tables, in the manner of RealMLP (Holzmueller et al. 2024) and TabM-mini (Gorishniy et al.
 * 2024): numbers scaled robustly, clipped smoothly and embedded by periodic waves, levels embedded or one-hot, and several members
 * that share all but their view of the inputs and their outputs, trained each by itself and averaged. Best epoch kept.
 */
export const residualMlp = defineLearner<ResidualMlpState>({
  name: 'residual_mlp',
  title: 'Residual perceptron',
  tags: {
    tasks: ['binary', 'multiclass', 'regression'],
    resource: 'epochs',
    deterministic: true,
    weighsRows: true,
    readable: false,
    preparation: 'dense',
    byDefault: true,
  },
  space,
  defaults,
  work: trainingWork,
  fit,
  restore: (state, arrays, outcome) => inferenceOf(state, arrays as LayerWeights, outcome),
  onnx: residualMlpOnnx,
});

async function fit(context: FitContext, params: Params): Promise<Learnt<ResidualMlpState>> {
  const { train, weights } = context;
  const random = createRandom(context.seed);
  const encoder = fitRowEncoder(train.features);
  const outputs = train.target.kind === 'classes' ? train.target.classes.length : 1;
  const graph = graphOf(encoder, outputs, params);
  const scale = targetScale(train.target, weights);
  await startBackend({ multiplicationsPerStep: 3 * planGraph(graph).work * (params.batch_size as number) });
  const rows = trainingRows(encoder.encode(train.features), train.target, outputs, scale, weights);
  const network = new LayerNetwork(graph, startOf(graph, context, random.fork('weights')));
  const settings = settingsOf(context, params, network);
  const pace = new Pace(context.signal, multiplicationsBetweenTurns);
  const afterBatch = (multiplications: number) => pace.after(multiplications);
  const judge = context.resource === undefined ? judgeOf(context, encoder, scale) : undefined;
  try {
    const trained = await trainNetwork<LayerWeights, LayerNetwork>(network, rows, settings, random, afterBatch, judge);
    return {
      state: { encoder: encoder.state, graph, scale },
      arrays: trained.weights,
      facts: {
        parameters: learntNumbers(graph),
        resource: { name: 'epochs', best: trained.epochs },
        words: wordsOf(params),
      },
      graph: layerDrawing(graph, outputs === 1 ? 'value' : `${outputs} classes`),
    };
  } finally {
    network.dispose();
    settings.optimizer.dispose();
  }
}

/** Some 20 milliseconds: what lies between the products takes most of the time of so small a network. */
const multiplicationsBetweenTurns = 5e7;

/** '8 members of 2 layers of 96, silu' */
function wordsOf({ members, blocks, units, activation }: Params): string {
  const layers = `${blocks} layer${blocks === 1 ? '' : 's'} of ${units}, ${activation}`;
  return members === 1 ? layers : `${members} members of ${layers}`;
}

/** Fresh weights whose outputs are the prior's. */
function startOf(graph: LayerGraph, { train, weights }: FitContext, random: Random): LayerWeights {
  const start = initialLayerWeights(graph, random);
  const bias = outputBias(train.target, weights);
  const name = Object.keys(start).at(-1) as string;
  return { ...start, [name]: start[name].map((_, i) => bias[i % bias.length]) };
}

/** Where nothing tells when to stop, half of a whole training: the best epoch seldom is the last. */
function settingsOf(
  { train, validation, resource }: FitContext,
  params: Params,
  network: LayerNetwork,
): TrainingSettings {
  const most = wholeTraining(train.features.rowCount);
  const whole = validation || resource !== undefined ? most : Math.ceil(most / 2);
  const members = params.members as number;
  const loss = lossGradientFor(train.target);
  return {
    learningRate: params.learning_rate as number,
    batchSize: params.batch_size as number,
    epochs: Math.max(whole, resource ?? 0),
    stopAfter: resource,
    patience: Math.max(8, Math.ceil(whole / 4)),
    optimizer: createAdam({ weightDecay: network.decays(params.weight_decay as number), rates: network.rates }),
    loss: members > 1 ? membersGradient(loss, members) : loss,
  };
}

function judgeOf(
  { validation, report }: FitContext,
  encoder: RowEncoder,
  scale: TargetScale,
): Judge<LayerNetwork> | undefined {
  if (!validation || validation.features.rowCount === 0) return undefined;
  const x = encoder.encode(validation.features);
  const { target } = validation;
  const classes = target.kind === 'classes' ? target.classes.length : 0;
  return { loss: async (network) => validationLoss(await memberMean(network, x, classes), target, scale), report };
}

function inferenceOf(
  { encoder: state, graph, scale }: ResidualMlpState,
  weights: LayerWeights,
  { task, outputs }: Outcome,
): Inference {
  const encoder = restoreRowEncoder(state);
  return {
    async predict(rows) {
      const x = encoder.encode(rows);
      const raw = await withNetwork(graph, weights, (network) =>
        memberMean(network, x, task === 'regression' ? 0 : outputs),
      );
      return task === 'regression' ? valuesOf(raw, scale) : probabilitiesOf(raw, outputs);
    },
    async inputGradient(rows, target) {
      const x = encoder.encode(rows);
      const gradient = await withNetwork(graph, weights, (network) => encodedGradient(network, x, target, scale));
      const ofMatrix = encoder.matrixPart({ ...x, values: gradient });
      return rawInputGradient(encoder.matrix, rows, encoder.matrixPart(x), ofMatrix.values);
    },
  };
}

/** d loss / d encoded input of each row, [rows x inputs]: log loss, or squared error in the target's unit. */
async function encodedGradient(
  network: LayerNetwork,
  x: EncodedMatrix,
  target: Target,
  scale: TargetScale,
): Promise<Float32Array> {
  const isClasses = target.kind === 'classes';
  const outputs = isClasses ? target.classes.length : 1;
  const slope = (output: Tensor, from: number, to: number) => {
    const rows = Uint32Array.from({ length: to - from }, (_, i) => from + i);
    return memberSlope(output, targetTensor(target, outputs, scale, rows), isClasses);
  };
  const gradient = await network.inputGradient(x.rows, (from, to) => rowsTensor(x, from, to), slope);
  return gradient.map((value) => value * scale.deviation ** 2);
}

/** Weights go to the backend for each call and leave it again, so that a model holds no memory but its own arrays. */
async function withNetwork<T>(
  graph: LayerGraph,
  weights: LayerWeights,
  use: (network: LayerNetwork) => Promise<T>,
): Promise<T> {
  await startBackend();
  const network = new LayerNetwork(graph, weights);
  try {
    return await use(network);
  } finally {
    network.dispose();
  }
}
