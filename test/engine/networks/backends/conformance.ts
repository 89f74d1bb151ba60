import { dispose, type Tensor, tensor, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { LayerNetwork } from '../../../../src/engine/networks/layer-network.ts';
import { createDropoutMask } from '../../../../src/engine/networks/layers/dropout.ts';
import { crossEntropyGradient, squaredErrorGradient } from '../../../../src/engine/networks/loss.ts';
import { Network } from '../../../../src/engine/networks/network.ts';
import { createAdam } from '../../../../src/engine/networks/optimizers/adam.ts';
import type { Optimizer } from '../../../../src/engine/networks/optimizers/optimizer.ts';
import { createSgd } from '../../../../src/engine/networks/optimizers/sgd.ts';
import { train } from '../../../../src/engine/networks/training.ts';
import { type Batch, trainingStep } from '../../../../src/engine/networks/training-step.ts';
import { createRandom } from '../../../../src/engine/random.ts';
import { flatWeights, graphs, nameOf, trainedWeights } from '../graphs.ts';
import { inputsOf, cases as layerCases, rows as layerRows, weightsOf } from '../layer-cases.ts';

/** Something that every backend must compute alike. */
export interface Case {
  readonly name: string;
  /** Numbers from the current backend, by deterministic inputs; leaves no tensors behind. */
  compute(): Promise<number[]>;
}

const rows = 6;
const [inputs, outputs] = [5, 3];

function newBatch(): Batch {
  const random = createRandom(8);
  const x = Float32Array.from({ length: rows * inputs }, () => random.normal());
  const target = Float32Array.from({ length: rows * outputs }, (_, i) => Number(i % outputs === i % 2));
  return { x: tensor2d(x, [rows, inputs]), target: tensor2d(target, [rows, outputs]) };
}

async function numbersOf(tensors: readonly Tensor[]): Promise<number[]> {
  const arrays = await Promise.all(tensors.map((each) => each.data<'float32'>()));
  dispose([...tensors]);
  return arrays.flatMap((array) => [...array]);
}

/** What a network puts out, and d loss / d each parameter and input. */
const slopes: Case[] = graphs.flatMap((graph) =>
  ([0, 0.4] as const).map((rate) => ({
    name: `outputs and slopes, ${nameOf(graph)}${rate > 0 ? ', dropout' : ''}`,
    async compute() {
      const network = new Network(graph, trainedWeights(graph, createRandom(11)));
      const { x, target } = newBatch();
      const found = tidy(() => {
        const pass = network.forward(x as never, rate > 0 ? createDropoutMask(rate, createRandom(5)) : undefined);
        const losses = [crossEntropyGradient, squaredErrorGradient];
        const gradients = losses.map((loss) => pass.backward(loss(pass.output, target, 1)));
        return [pass.output, ...gradients.flatMap(({ parameters, input }) => [...parameters, input()])];
      });
      dispose([x, target]);
      network.dispose();
      return numbersOf(found);
    },
  })),
);

const optimizers: Record<string, () => Optimizer> = {
  'Adam with weight decay': () => createAdam({ weightDecay: 0.1 }),
  'Adam with a rate for each parameter': () => createAdam({ weightDecay: 0, rates: [1, 0.1, 1, 0.5, 2, 1, 1, 1] }),
  'plain gradient descent': () => createSgd({ momentum: 0, weightDecay: 0 }),
  'momentum with weight decay': () => createSgd({ momentum: 0.9, weightDecay: 0.1 }),
};

/** The weights after a few steps of each optimiser. */
const steps: Case[] = Object.entries(optimizers).flatMap(([name, create]) =>
  graphs.slice(0, 4).map((graph) => ({
    name: `ten steps, ${name}, ${nameOf(graph)}`,
    async compute() {
      const network = new Network(graph, trainedWeights(graph, createRandom(11)));
      const optimizer = create();
      const batch = newBatch();
      for (let step = 0; step < 10; step++) trainingStep(network, optimizer, crossEntropyGradient, batch, 0.02);
      const weights = await network.weights();
      dispose([batch.x, batch.target]);
      optimizer.dispose();
      network.dispose();
      return flatWeights(graph, weights);
    },
  })),
);

/** The loop with its schedule, its early stopping and its judge. */
const whole: Case = {
  name: 'a whole training, judged after every epoch',
  async compute() {
    const graph = { ...graphs[2], dropout: 0.2 };
    const start = trainedWeights(graph, createRandom(11));
    const losses: number[] = [];
    const judged = Float32Array.from({ length: 10 * inputs }, (_, i) => Math.sin(i));
    const judge = {
      async loss(network: Network) {
        const values = await network.predict(10, judged);
        return values.reduce((sum, value) => sum + (value - 0.3) ** 2, 0);
      },
      async report(_: number, loss: number) {
        losses.push(loss);
        return 'continue' as const;
      },
    };
    const settings = { learningRate: 0.02, batchSize: 4, epochs: 4, patience: 9, loss: squaredErrorGradient };
    const optimizer = createAdam({ weightDecay: 0.01 });
    const trainingRows = { count: rows, batch: (chosen: Uint32Array) => rowsOf(chosen) };
    const random = createRandom(3);
    const { weights } = await train(graph, start, trainingRows, { ...settings, optimizer }, random, idle, judge);
    return [...losses, ...flatWeights(graph, weights)];
  },
};

const idle = async () => undefined;

function rowsOf(chosen: Uint32Array): Batch {
  const value = (row: number, column: number) => Math.sin(3 * chosen[row] + column);
  const matrix = (columns: number) =>
    tensor2d(
      Float32Array.from({ length: chosen.length * columns }, (_, i) => value(Math.floor(i / columns), i % columns)),
      [chosen.length, columns],
    );
  return { x: matrix(inputs), target: matrix(outputs) };
}

/** Every layer, as it predicts and as it trains: outputs and d loss / d each parameter, and / d input where it has one. */
const layers: Case[] = layerCases.flatMap((each) =>
  (['predicting', 'training'] as const).map((mode) => ({
    name: `layers, ${each.name}, ${mode}`,
    async compute() {
      const network = new LayerNetwork(each.graph, weightsOf(each.graph));
      const found = tidy(() => {
        const x = tensor(inputsOf(each), [layerRows, ...each.graph.input]);
        const { output, backward } = mode === 'training' ? network.forTraining(createRandom(2))(x) : network.forward(x);
        const slope = Float32Array.from({ length: output.size }, (_, i) => Math.sin(1 + 2.3 * i));
        const { parameters, input } = backward(tensor(slope, output.shape));
        return [output, ...parameters, ...(each.graph.layers[0].kind === 'token-embedding' ? [] : [input()])];
      });
      network.dispose();
      return numbersOf(found);
    },
  })),
);

/** Convolutions, pools and a batch norm, whose running statistics move as well. */
const convolutions: Case = {
  name: 'five steps of a convolutional network',
  async compute() {
    const each = layerCases.find(({ name }) => name === 'a convolutional network')!;
    const network = new LayerNetwork(each.graph, weightsOf(each.graph));
    // Not Adam: a bias before a batch norm has no slope but rounding, which Adam would scale up to a step.
    const optimizer = createSgd({ momentum: 0.9, weightDecay: network.decays(0.1) });
    const x = tensor(inputsOf(each), [layerRows, ...each.graph.input]);
    const target = tensor2d(
      Float32Array.from({ length: 2 * layerRows }, (_, i) => Math.cos(i)),
      [layerRows, 2],
    );
    const forward = network.forTraining(createRandom(2));
    for (let i = 0; i < 5; i++) trainingStep(network, optimizer, squaredErrorGradient, { x, target }, 0.01, forward);
    const weights = await network.weights();
    dispose([x, target]);
    optimizer.dispose();
    network.dispose();
    return Object.values(weights).flatMap((values) => [...values]);
  },
};

export const cases: readonly Case[] = [...slopes, ...steps, whole, ...layers, convolutions];
