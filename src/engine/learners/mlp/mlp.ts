import { dispose, type Tensor } from '@tensorflow/tfjs-core';
import type { Params } from '../../../shared/space.ts';
import type { Target } from '../../data/dataset.ts';
import { rawInputGradient } from '../../data/encoders/input-gradient.ts';
import {
  type EncodedMatrix,
  fitMatrixEncoder,
  type MatrixEncoder,
  restoreMatrixEncoder,
} from '../../data/encoders/matrix-encoder.ts';
import { startBackend } from '../../networks/backends/start-backend.ts';
import { DecayTuning } from '../../networks/decay-tuning.ts';
import { graphWords, networkGraph, type PerceptronGraph, parameterCount } from '../../networks/graph.ts';
import { Network } from '../../networks/network.ts';
import {
  type Judge,
  type TrainingRows,
  type TrainingSettings,
  train as trainNetwork,
} from '../../networks/training.ts';
import { flatten, initialWeights, type NetworkWeights, parameterShapes } from '../../networks/weights.ts';
import { createRandom, type Random } from '../../random.ts';
import { defineLearner, type Inference, type Learnt, type Outcome } from '../define-learner.ts';
import { encodedColumns } from '../encoded-columns.ts';
import type { FitContext } from '../learner.ts';
import { gradientInfluences, type LastLayer } from '../networks/last-layer.ts';
import { matrixRows } from '../networks/network-rows.ts';
import { outputBias, probabilitiesOf, validationLoss, valuesOf } from '../networks/outputs.ts';
import {
  lossGradientFor,
  type TargetScale,
  targetScale,
  targetTensor,
  trainingRows,
} from '../networks/training-rows.ts';
import { Pace } from '../pace.ts';
import {
  architectureParameters,
  defaults,
  hiddenOf,
  optimizerOf,
  space,
  stepOf,
  trainingWork,
  wholeTraining,
} from './configuration.ts';
import { inherit, type MlpState, rowsDigest, weightsFrom } from './inheritance.ts';
import { mlpOnnx } from './mlp-onnx.ts';

/**
 * Multilayer perceptron on robustly scaled, smoothly clipped numbers and one-hot levels, after the simple variant of
 * RealMLP (Holzmueller et al. 2024): zero output layer, decoupled weight decay, best epoch kept. On wasm, single-threaded and
 * in order, the same seed on the same machine gives the same bits.
 */
export const mlp = defineLearner<MlpState>({
  name: 'mlp',
  title: 'Multilayer perceptron',
  tags: {
    tasks: ['binary', 'multiclass', 'regression'],
    resource: 'epochs',
    deterministic: true,
    tunesPenalties: true,
    weighsRows: true,
    readable: false,
    preparation: 'dense',
    byDefault: true,
  },
  further: architectureParameters,
  space,
  defaults,
  work: trainingWork,
  fit,
  restore: (state, arrays, outcome) => inferenceOf(state, weightsFrom(state.graph, arrays), outcome),
  onnx: mlpOnnx,
});

async function fit(context: FitContext, params: Params): Promise<Learnt<MlpState>> {
  const { train, weights } = context;
  const random = createRandom(context.seed);
  const { origin, words } = originOf(context, params, random);
  const work = 3 * parameterCount(origin.graph) * (params.batch_size as number);
  await startBackend({ multiplicationsPerStep: work });
  const x = origin.encoder.encode(train.features);
  const rows = trainingRows(matrixRows(x), train.target, origin.graph.outputs, origin.scale, weights);
  const tuned = context.hypergradients && tunedDecay(rows, origin, params, train.target, random.fork('tuning'));
  const pace = new Pace(context.signal, multiplicationsBetweenTurns);
  const trained = await trainNetwork(
    origin.graph,
    origin.weights,
    tuned?.learning ?? rows,
    trainingSettings(context, params, origin, tuned?.tuning),
    random,
    (multiplications) => pace.after(multiplications),
    context.resource === undefined ? judgeOf(context, origin) : undefined,
  ).finally(() => tuned?.dispose());
  const epochs = origin.epochs + trained.epochs;
  const { graph, encoder, scale } = origin;
  return {
    state: { encoder: encoder.state, graph, scale, epochs, rows: rowsDigest(train) },
    arrays: Object.fromEntries(flatten(graph, trained.weights).map(({ name, values }) => [name, values])),
    facts: {
      parameters: parameterCount(graph),
      resource: { name: 'epochs', best: epochs },
      words: `${graphWords(graph)}${words}${tuned ? decayWords(tuned.tuning.decays, graph) : ''}`,
    },
    graph: networkGraph(graph),
  };
}

/** Rows that choose the decays, at most and as a share of all. */
const choosing = { most: 512, share: 0.15 };

/** Share of a whole training after which the decays move. */
const tuningBegins = 0.3;

/** Weight decays that are tuned by some rows while the others train. */
function tunedDecay(rows: TrainingRows, { graph }: Origin, params: Params, target: Target, random: Random) {
  const order = random.permutation(rows.count);
  const count = Math.max(1, Math.min(choosing.most, Math.round(choosing.share * rows.count)));
  const batch = rows.batch(order.subarray(0, count));
  const learn = order.subarray(count);
  const learning: TrainingRows = {
    count: learn.length,
    batch: (places) => rows.batch(places.map((place) => learn[place])),
  };
  const parameters = parameterShapes(graph).length;
  const steps = Math.max(1, Math.round(learn.length / (params.batch_size as number))) * wholeTraining(rows.count);
  const begin = steps * tuningBegins;
  const tuning = new DecayTuning(parameters, params.weight_decay as number, begin, batch, lossGradientFor(target));
  return { learning, tuning, dispose: () => dispose(Object.values(batch) as Tensor[]) };
}

/** ', weight decay tuned by one-step gradients to 0.31, 0.5 and 0.08' */
function decayWords(decays: Float64Array, graph: PerceptronGraph): string {
  const matrices = parameterShapes(graph).flatMap(({ shape }, i) => (shape.length > 1 ? [decays[i]] : []));
  return `, weight decay tuned by one-step gradients to ${matrices.map((decay) => decay.toPrecision(2)).join(' / ')}`;
}

/** Our kernels do some 20 of them a nanosecond. */
const multiplicationsBetweenTurns = 2e8;

/** Where a training starts: a parent's network with its step done, or a fresh one. */
interface Origin {
  readonly graph: PerceptronGraph;
  readonly weights: NetworkWeights;
  readonly encoder: MatrixEncoder;
  readonly scale: TargetScale;
  /** Already trained; 0 for a fresh network. */
  readonly epochs: number;
}

function originOf(context: FitContext, params: Params, random: Random): { origin: Origin; words: string } {
  const { features, target } = context.train;
  const hidden = hiddenOf(params);
  const dropout = params.dropout as number;
  const { inheritance, words } = inherit(context, hidden, dropout, stepOf(params), random.fork('morph'));
  const encoder = inheritance
    ? restoreMatrixEncoder(inheritance.encoder)
    : fitMatrixEncoder(features, { scaling: 'robust', squash: true });
  const outputs = target.kind === 'classes' ? target.classes.length : 1;
  const graph: PerceptronGraph = { inputs: encoder.outputs.length, hidden, dropout, outputs };
  if (inheritance) return { origin: { ...inheritance, encoder, graph }, words };
  const weights = initialWeights(graph, outputBias(target, context.weights), random.fork('weights'));
  return { origin: { graph, weights, encoder, scale: targetScale(target, context.weights), epochs: 0 }, words };
}

/** Share of a whole training that a network with inherited weights gets. */
const inheritedShare = 1 / 3;

/** A refit trains as many epochs as the search chose, those of its ancestors included, whether it inherits or not. */
function trainingSettings(
  { train, resource }: FitContext,
  params: Params,
  origin: Origin,
  decayTuning: DecayTuning | undefined,
): TrainingSettings {
  const whole = wholeTraining(train.features.rowCount);
  const own = origin.epochs > 0 ? Math.max(2, Math.round(whole * inheritedShare)) : whole;
  const stopAfter = resource === undefined ? undefined : Math.max(0, resource - origin.epochs);
  return {
    learningRate: params.learning_rate as number,
    batchSize: params.batch_size as number,
    epochs: Math.max(own, stopAfter ?? 0),
    stopAfter,
    patience: Math.max(10, Math.ceil(own / 4)),
    optimizer: optimizerOf(params, decayTuning?.decays),
    decayTuning,
    loss: lossGradientFor(train.target),
  };
}

function judgeOf({ validation, report }: FitContext, { encoder, scale, epochs }: Origin): Judge | undefined {
  if (!validation || validation.features.rowCount === 0) return undefined;
  const x = encoder.encode(validation.features);
  return {
    loss: async (network) => validationLoss(await network.predict(x.rows, x.values), validation.target, scale),
    report: (epoch, loss) => report(epochs + epoch, loss),
  };
}

/** Weights go to the backend for each call and leave it again, so that a model holds no memory but its own arrays. */
function inferenceOf(
  { encoder: state, graph, scale }: MlpState,
  weights: NetworkWeights,
  { task, outputs }: Outcome,
): Inference {
  const encoder = restoreMatrixEncoder(state);
  const last = lastLayer(encoder, graph, weights);
  return {
    influential: {
      influenceWay: 'gradients',
      influences: (train, row, settings) => gradientInfluences(last, scale, train, row, settings),
    },
    encoded: (rows) => encodedColumns(state, rows),
    async predict(rows) {
      const x = encoder.encode(rows);
      const raw = await withNetwork(graph, weights, (network) => network.predict(x.rows, x.values));
      return task === 'regression' ? valuesOf(raw, scale) : probabilitiesOf(raw, outputs);
    },
    async inputGradient(rows, target) {
      const x = encoder.encode(rows);
      const gradient = await withNetwork(graph, weights, (network) => encodedGradient(network, x, target, scale));
      return rawInputGradient(encoder, rows, x, gradient);
    },
  };
}

/** The hidden layers' units enter it: the same network with an output that only passes them on. */
function lastLayer(encoder: MatrixEncoder, graph: PerceptronGraph, weights: NetworkWeights): LastLayer {
  const width = graph.hidden.at(-1)?.units ?? graph.inputs;
  const { kernel, bias } = weights[weights.length - 1];
  return {
    members: 1,
    width,
    outputs: graph.outputs,
    kernel,
    bias,
    work: parameterCount(graph),
    inputs(rows) {
      const passes = Float32Array.from({ length: width * width }, (_, at) => (at % (width + 1) === 0 ? 1 : 0));
      const front = [...weights.slice(0, -1), { kernel: passes, bias: new Float32Array(width) }];
      const x = encoder.encode(rows);
      return withNetwork({ ...graph, outputs: width }, front, (network) => network.predict(x.rows, x.values));
    },
  };
}

async function withNetwork<T>(
  graph: PerceptronGraph,
  weights: NetworkWeights,
  use: (network: Network) => Promise<T>,
): Promise<T> {
  await startBackend();
  const network = new Network(graph, weights);
  try {
    return await use(network);
  } finally {
    network.dispose();
  }
}

/** d loss / d encoded input of each row, [rows x inputs]: log loss, or squared error in the target's unit. */
async function encodedGradient(
  network: Network,
  x: EncodedMatrix,
  target: Target,
  scale: TargetScale,
): Promise<Float64Array> {
  const { outputs } = network.graph;
  const loss = lossGradientFor(target);
  const gradient = await network.inputGradient(x.rows, x.values, (output, from) => {
    const rows = Uint32Array.from({ length: output.shape[0] }, (_, i) => from + i);
    return loss(output, targetTensor(target, outputs, scale, rows), 1);
  });
  return Float64Array.from(gradient, (slope) => slope * scale.deviation ** 2);
}
