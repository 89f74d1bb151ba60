import { dispose, type Tensor } from '@tensorflow/tfjs-core';
import { UserError } from '../../shared/faults.ts';
import type { Random } from '../random.ts';
import type { DecayTuning } from './decay-tuning.ts';
import type { PerceptronGraph } from './graph.ts';
import type { LossGradient } from './loss.ts';
import { Network } from './network.ts';
import type { Optimizer } from './optimizers/optimizer.ts';
import { cosineSchedule, type Schedule } from './schedule.ts';
import type { Trainable } from './trainable.ts';
import { type Batch, trainingStep } from './training-step.ts';
import type { NetworkWeights } from './weights.ts';

export interface TrainingSettings {
  /** At the top of the schedule. */
  readonly learningRate: number;
  /** Rows a step; batches are evened out so that none is a small rest. */
  readonly batchSize: number;
  /** Epochs that the learning-rate schedule spans. */
  readonly epochs: number;
  /** By default half a cosine after a short rise. */
  readonly schedule?: Schedule;
  /** Stop after this many, though the schedule has not ended (a refit repeats what early stopping chose). */
  readonly stopAfter?: number;
  /** Epochs without a better validation loss after which training stops. */
  readonly patience: number;
  readonly optimizer: Optimizer;
  readonly loss: LossGradient;
  /** Moves the optimiser's weight decays while it trains. */
  readonly decayTuning?: DecayTuning;
}

export interface TrainingRows {
  readonly count: number;
  /** New tensors of the rows at these positions; the caller disposes them. */
  batch(rows: Uint32Array): Batch;
}

/** Judges the network as it stands after an epoch. */
export interface Judge<N = Network> {
  /** Validation loss, smaller is better. */
  loss(network: N): number | Promise<number>;
  /** Epochs done in this training, and the loss. */
  report(epoch: number, loss: number): Promise<'continue' | 'prune'>;
}

export interface Trained<Weights = NetworkWeights> {
  /** Those of the best epoch; without a judge those of the last. */
  readonly weights: Weights;
  readonly epochs: number;
  /** Of the best epoch; absent without a judge. */
  readonly loss?: number;
}

/** A perceptron trained by `trainNetwork`, its tensors and the optimiser's freed at the end. */
export async function train(
  graph: PerceptronGraph,
  start: NetworkWeights,
  rows: TrainingRows,
  settings: TrainingSettings,
  random: Random,
  afterBatch: (multiplications: number) => Promise<void>,
  judge?: Judge,
): Promise<Trained> {
  const network = new Network(graph, start);
  try {
    return await trainNetwork(network, rows, settings, random, afterBatch, judge);
  } finally {
    network.dispose();
    settings.optimizer.dispose();
  }
}

/**
 * Trains by mini-batches until the schedule ends, the validation loss stops falling, or the search prunes; the best
 * epoch's weights come back. The start counts as epoch 0: inherited weights that training only worsens are kept.
 * Without a judge every epoch is trained. `afterBatch` is awaited with the multiplications done, to let others speak.
 * The caller disposes network and optimiser. Throws a UserError where the training diverges.
 */
export async function trainNetwork<Weights, N extends Trainable<Weights>>(
  network: N & Trainable<Weights>,
  rows: TrainingRows,
  settings: TrainingSettings,
  random: Random,
  afterBatch: (multiplications: number) => Promise<void>,
  judge?: Judge<N>,
): Promise<Trained<Weights>> {
  const best = new BestEpoch<Weights>(await network.weights(), await judge?.loss(network));
  const last = Math.min(settings.epochs, settings.stopAfter ?? settings.epochs);
  for (let epoch = 1; epoch <= last; epoch++) {
    await trainEpoch(network, rows, settings, epoch, random, afterBatch);
    if (judge) await best.consider(epoch, network, await judge.loss(network));
    if (!judge) continue;
    const decision = await judge.report(epoch, best.latest);
    if (decision === 'prune' || epoch - best.epoch >= settings.patience) break;
  }
  if (!judge) await best.keep(last, network);
  return best.trained();
}

async function trainEpoch(
  network: Trainable,
  rows: TrainingRows,
  { learningRate, batchSize, epochs, schedule = cosineSchedule, optimizer, loss, decayTuning }: TrainingSettings,
  epoch: number,
  random: Random,
  afterBatch: (multiplications: number) => Promise<void>,
): Promise<void> {
  const stream = random.fork(`epoch ${epoch}`);
  const order = stream.permutation(rows.count);
  const forward = network.forTraining(stream);
  const steps = Math.max(1, Math.round(rows.count / batchSize));
  for (let step = 0; step < steps; step++) {
    const chosen = order.subarray((step * rows.count) / steps, ((step + 1) * rows.count) / steps);
    const batch = rows.batch(chosen);
    // At the middle of the step: neither the first nor the last has rate 0.
    const rate = learningRate * schedule((epoch - 1 + (step + 0.5) / steps) / epochs);
    trainingStep(network, optimizer, loss, batch, rate, forward);
    await decayTuning?.afterStep(network, rate);
    dispose(Object.values(batch) as Tensor[]);
    await afterBatch(3 * network.work * chosen.length);
  }
}

/** Remembers the weights of the epoch with the smallest loss, the earliest of equals. */
class BestEpoch<Weights> {
  #weights: Weights;
  #loss: number | undefined;
  #latest: number | undefined;
  #epoch = 0;

  constructor(start: Weights, loss: number | undefined) {
    this.#weights = start;
    this.#loss = loss;
  }

  get epoch(): number {
    return this.#epoch;
  }

  /** Loss after the epoch last considered. */
  get latest(): number {
    return this.#latest ?? Number.NaN;
  }

  /** Throws where the loss is no number. */
  async consider(epoch: number, network: Trainable<Weights>, loss: number): Promise<void> {
    this.#latest = loss;
    if (!Number.isFinite(loss)) throw diverged(epoch);
    if (loss >= this.#loss!) return;
    this.#loss = loss;
    await this.keep(epoch, network);
  }

  async keep(epoch: number, network: Trainable<Weights>): Promise<void> {
    this.#weights = await network.weights();
    this.#epoch = epoch;
  }

  /** Throws where the weights are no numbers, which only a training without a judge can come to. */
  trained(): Trained<Weights> {
    if (!allFinite(this.#weights)) throw diverged(this.#epoch);
    return { weights: this.#weights, epochs: this.#epoch, loss: this.#loss };
  }
}

/** Whether every array in there holds numbers only. */
function allFinite(weights: unknown): boolean {
  if (weights instanceof Float32Array) return weights.every(Number.isFinite);
  return typeof weights !== 'object' || Object.values(weights ?? {}).every(allFinite);
}

const diverged = (epoch: number) =>
  new UserError('training-diverged', `The network diverged: after epoch ${epoch} its predictions are no numbers.`, {
    advice: 'Try a smaller learning_rate, or optimizer adam.',
  });
