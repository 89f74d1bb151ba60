import { startBackend } from '../../networks/backends/start-backend.ts';
import { initialLayerWeights, type LayerGraph, type LayerWeights, planGraph } from '../../networks/layer-graph.ts';
import { LayerNetwork } from '../../networks/layer-network.ts';
import { sizeOf, type TensorPlan } from '../../networks/layers/plan.ts';
import type { LossGradient } from '../../networks/loss.ts';
import { createAdam } from '../../networks/optimizers/adam.ts';
import {
  type Judge,
  type Trained,
  type TrainingRows,
  type TrainingSettings,
  trainNetwork,
} from '../../networks/training.ts';
import { createRandom, type Random } from '../../random.ts';
import type { FitContext } from '../learner.ts';
import { Pace } from '../pace.ts';
import { type NetworkRows, tensorOfRange } from './network-rows.ts';
import { outputBias, validationLoss } from './outputs.ts';
import { lossGradientFor, type TargetScale, targetScale, trainingRows } from './training-rows.ts';

export interface LayerFit {
  readonly graph: LayerGraph;
  readonly train: NetworkRows;
  /** Absent where nothing tells when to stop. */
  readonly validation?: NetworkRows;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly weightDecay: number;
  /** Of a whole training; half of them where nothing tells when to stop: the best epoch seldom is the last. */
  readonly epochs: number;
  /** Changes the rows of each step. */
  readonly varied?: (rows: TrainingRows) => TrainingRows;
  /** The slope of the loss that is trained on, from the usual one. */
  readonly loss?: (usual: LossGradient) => LossGradient;
  /** How outputs are read; absent: as they leave the last layer. */
  readonly read?: ReadOutputs;
  /** Epochs without a better loss that are always waited for; default: 6. */
  readonly leastPatience?: number;
  /** Smaller batches are taken where a step would multiply more often, so that a prune or an abort is heard within a second; default: 1e9. */
  readonly mostMultiplicationsPerStep?: number;
}

/** The outputs of a network for all rows, [rows x outputs]: logits, or values in deviations. */
export type ReadOutputs = (network: LayerNetwork, rows: NetworkRows, pace?: Pace) => Promise<Float32Array>;

export interface FittedLayers extends Trained<LayerWeights> {
  readonly scale: TargetScale;
}

/** Some 20 to 50 milliseconds. */
const multiplicationsBetweenTurns = 5e7;
/** Fewer rows a step say too little for batch norm. */
const fewestRowsPerStep = 8;

/** Trains a network of layers for a learner: from outputs that are the prior's to the best epoch. */
export async function fitLayers(context: FitContext, fit: LayerFit): Promise<FittedLayers> {
  const { train, weights, resource } = context;
  const { graph, read = outputsInPieces, leastPatience = 6, mostMultiplicationsPerStep = 1e9 } = fit;
  const random = createRandom(context.seed);
  const scale = targetScale(train.target, weights);
  const { work } = planGraph(graph);
  const most = Math.max(fewestRowsPerStep, Math.floor(mostMultiplicationsPerStep / (3 * work)));
  const batchSize = Math.min(fit.batchSize, most);
  await startBackend({ multiplicationsPerStep: 3 * work * batchSize });
  const network = new LayerNetwork(graph, startOf(graph, context, random.fork('weights')));
  const optimizer = createAdam({ weightDecay: network.decays(fit.weightDecay), rates: network.rates });
  const whole = fit.validation || resource !== undefined ? fit.epochs : Math.ceil(fit.epochs / 2);
  const pace = new Pace(context.signal, multiplicationsBetweenTurns);
  const plain = trainingRows(fit.train, train.target, outputsIn(graph), scale, weights);
  const usual = lossGradientFor(train.target);
  try {
    const settings: TrainingSettings = {
      learningRate: fit.learningRate,
      batchSize,
      epochs: Math.max(whole, resource ?? 0),
      stopAfter: resource,
      patience: Math.max(leastPatience, Math.ceil(whole / 4)),
      optimizer,
      loss: fit.loss?.(usual) ?? usual,
    };
    const judge = resource === undefined ? judgeOf(context, fit.validation, scale, read, pace) : undefined;
    const afterBatch = (multiplications: number) => pace.after(multiplications);
    const rows = fit.varied?.(plain) ?? plain;
    const trained = await trainNetwork<LayerWeights, LayerNetwork>(network, rows, settings, random, afterBatch, judge);
    return { ...trained, scale };
  } finally {
    network.dispose();
    optimizer.dispose();
  }
}

/** Weights go to the backend for each call and leave it again, so that a model holds no memory but its own arrays. */
export async function withLayers<T>(
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

const outputsIn = (graph: LayerGraph): number => sizeOf(planGraph(graph).output);

/** As they leave the last layer, in pieces between which others are heard. */
export const outputsInPieces: ReadOutputs = async (network, rows, pace) => {
  const outputs = outputsIn(network.graph);
  const result = new Float32Array(rows.count * outputs);
  const piece = Math.max(1, Math.floor(multiplicationsBetweenTurns / network.work));
  for (let start = 0; start < rows.count; start += piece) {
    const count = Math.min(piece, rows.count - start);
    const batch = (from: number, to: number) => tensorOfRange(rows, start + from, start + to);
    result.set(await network.predict(count, batch), start * outputs);
    await pace?.after(network.work * count);
  }
  return result;
};

/** Fresh weights whose outputs are the prior's. */
function startOf(graph: LayerGraph, { train, weights }: FitContext, random: Random): LayerWeights {
  const start = initialLayerWeights(graph, random);
  const bias = outputBias(train.target, weights);
  const { name } = planGraph(graph).parameters.at(-1) as TensorPlan;
  // Members have a bias each.
  return { ...start, [name]: start[name].map((_, i) => bias[i % bias.length]) };
}

function judgeOf(
  { validation, report }: FitContext,
  rows: NetworkRows | undefined,
  scale: TargetScale,
  read: ReadOutputs,
  pace: Pace,
): Judge<LayerNetwork> | undefined {
  if (!validation || !rows || rows.count === 0) return undefined;
  const { target } = validation;
  return { loss: async (network) => validationLoss(await read(network, rows, pace), target, scale), report };
}
