import { type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import { startBackend } from '../networks/backends/start-backend.ts';
import { initialLayerWeights, type LayerGraph, type LayerWeights, planGraph } from '../networks/layer-graph.ts';
import { LayerNetwork } from '../networks/layer-network.ts';
import { sizeOf } from '../networks/layers/plan.ts';
import { createAdam } from '../networks/optimizers/adam.ts';
import {
  type Judge,
  type Trained,
  type TrainingRows,
  type TrainingSettings,
  trainNetwork,
} from '../networks/training.ts';
import { createRandom, type Random } from '../random.ts';
import type { FitContext } from './learner.ts';
import { outputBias, validationLoss } from './mlp/outputs.ts';
import { lossGradientFor, type TargetScale, targetScale, targetTensor } from './mlp/training-rows.ts';
import { Pace } from './pace.ts';

/** Encoded rows as a network takes them. */
export interface NetworkRows {
  readonly count: number;
  /** Rows at these positions as a new tensor. */
  tensor(positions: Uint32Array): Tensor;
}

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
}

export interface FittedLayers extends Trained<LayerWeights> {
  readonly scale: TargetScale;
}

/** Some 20 to 50 milliseconds. */
const multiplicationsBetweenTurns = 5e7;
/** Of a step, so that a prune or an abort is heard within a second. */
const mostMultiplicationsPerStep = 1e9;
/** Fewer rows a step say too little for batch norm. */
const fewestRowsPerStep = 8;

/** Trains a network of layers for a learner: from outputs that are the prior's to the best epoch. */
export async function fitLayers(context: FitContext, fit: LayerFit): Promise<FittedLayers> {
  const { train, weights, resource } = context;
  const { graph } = fit;
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
  const plain = rowsOf(context, fit.train, outputsIn(graph), scale);
  try {
    const settings: TrainingSettings = {
      learningRate: fit.learningRate,
      batchSize,
      epochs: Math.max(whole, resource ?? 0),
      stopAfter: resource,
      patience: Math.max(6, Math.ceil(whole / 4)),
      optimizer,
      loss: lossGradientFor(train.target),
    };
    const judge = resource === undefined ? judgeOf(context, fit.validation, scale, pace) : undefined;
    const afterBatch = (multiplications: number) => pace.after(multiplications);
    const rows = fit.varied?.(plain) ?? plain;
    const trained = await trainNetwork<LayerWeights, LayerNetwork>(network, rows, settings, random, afterBatch, judge);
    return { ...trained, scale };
  } finally {
    network.dispose();
    optimizer.dispose();
  }
}

/** Outputs of all rows, [rows x outputs]. Weights go to the backend for the call and leave it again. */
export async function runLayers(graph: LayerGraph, weights: LayerWeights, rows: NetworkRows): Promise<Float32Array> {
  await startBackend();
  const network = new LayerNetwork(graph, weights);
  try {
    return await outputsOf(network, rows);
  } finally {
    network.dispose();
  }
}

const outputsIn = (graph: LayerGraph): number => sizeOf(planGraph(graph).output);

/** In pieces between which others are heard. */
async function outputsOf(network: LayerNetwork, rows: NetworkRows, pace?: Pace): Promise<Float32Array> {
  const outputs = outputsIn(network.graph);
  const result = new Float32Array(rows.count * outputs);
  const piece = Math.max(1, Math.floor(multiplicationsBetweenTurns / network.work));
  for (let start = 0; start < rows.count; start += piece) {
    const count = Math.min(piece, rows.count - start);
    const batch = (from: number, to: number) =>
      rows.tensor(Uint32Array.from({ length: to - from }, (_, i) => start + from + i));
    result.set(await network.predict(count, batch), start * outputs);
    await pace?.after(network.work * count);
  }
  return result;
}

/** Fresh weights whose outputs are the prior's. */
function startOf(graph: LayerGraph, { train, weights }: FitContext, random: Random): LayerWeights {
  const start = initialLayerWeights(graph, random);
  const bias = outputBias(train.target, weights);
  return { ...start, [`${graph.layers.length}-dense/bias`]: bias };
}

const rowsOf = (
  { train, weights }: FitContext,
  rows: NetworkRows,
  outputs: number,
  scale: TargetScale,
): TrainingRows => ({
  count: rows.count,
  batch: (positions: Uint32Array) => ({
    x: rows.tensor(positions),
    target: targetTensor(train.target, outputs, scale, positions),
    ...(weights && {
      weights: tensor2d(
        Float32Array.from(positions, (row) => weights[row]),
        [positions.length, 1],
      ),
    }),
  }),
});

function judgeOf(
  { validation, report }: FitContext,
  rows: NetworkRows | undefined,
  scale: TargetScale,
  pace: Pace,
): Judge<LayerNetwork> | undefined {
  if (!validation || !rows || rows.count === 0) return undefined;
  const { target } = validation;
  return { loss: async (network) => validationLoss(await outputsOf(network, rows, pace), target, scale), report };
}
