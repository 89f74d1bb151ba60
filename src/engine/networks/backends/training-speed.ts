import { dispose, type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import { createRandom } from '../../random.ts';
import type { PerceptronGraph } from '../graph.ts';
import { crossEntropyGradient } from '../loss.ts';
import { Network } from '../network.ts';
import { createAdam } from '../optimizers/adam.ts';
import { type Batch, trainingStep } from '../training-step.ts';
import { initialWeights } from '../weights.ts';

/** The perceptron that backends are compared by, 64-256-256-10. */
export const comparedGraph: PerceptronGraph = {
  inputs: 64,
  hidden: [256, 256].map((units) => ({ units, activation: 'relu' })),
  dropout: 0,
  outputs: 10,
};

/**
 * Training steps a second (Adam, cross-entropy) of a perceptron on the current backend. A step may only be queued when it returns, so the
 * clock is read after a number has come back.
 */
export async function trainingSpeed(seconds: number, graph = comparedGraph, rows = 128): Promise<number> {
  const batch = randomBatch(graph, rows);
  const network = new Network(graph, initialWeights(graph, new Float32Array(graph.outputs), createRandom(1)));
  const optimizer = createAdam({ weightDecay: 0 });
  const step = () => trainingStep(network, optimizer, crossEntropyGradient, batch, 0.001);
  const settle = () => network.parameters.at(-1)!.data();
  try {
    for (let i = 0; i < 3; i++) step();
    await settle();
    const start = performance.now();
    let steps = 0;
    while (performance.now() - start < 1000 * seconds) {
      for (let i = 0; i < 5; i++) step();
      await settle();
      steps += 5;
    }
    return (1000 * steps) / (performance.now() - start);
  } finally {
    network.dispose();
    optimizer.dispose();
    dispose([batch.x, batch.target]);
  }
}

/** Normal inputs and one class after the other. */
export function randomBatch({ inputs, outputs }: PerceptronGraph, rows: number): Batch & { readonly x: Tensor } {
  const random = createRandom(2);
  const values = Float32Array.from({ length: rows * inputs }, () => random.normal());
  const target = Float32Array.from({ length: rows * outputs }, (_, i) =>
    i % outputs === Math.floor(i / outputs) % outputs ? 1 : 0,
  );
  return { x: tensor2d(values, [rows, inputs]), target: tensor2d(target, [rows, outputs]) };
}
