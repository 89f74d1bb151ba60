import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { tensor2d } from '@tensorflow/tfjs-core';
import { startWasm } from '../../../src/engine/networks/backends/wasm/start-wasm.ts';
import type { PerceptronGraph } from '../../../src/engine/networks/graph.ts';
import { type GraphStep, stepGraph, stepText } from '../../../src/engine/networks/graph-step.ts';
import { squaredErrorGradient } from '../../../src/engine/networks/loss.ts';
import { morph } from '../../../src/engine/networks/morphisms.ts';
import { Network } from '../../../src/engine/networks/network.ts';
import { createAdam } from '../../../src/engine/networks/optimizers/adam.ts';
import { trainingStep } from '../../../src/engine/networks/training-step.ts';
import type { NetworkWeights } from '../../../src/engine/networks/weights.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { graphs, nameOf, trainedWeights } from './graphs.ts';

const rows = 200;
const random = createRandom(21);
const inputs = Float32Array.from({ length: rows * 5 }, () => 3 * random.normal());

async function outputs(graph: PerceptronGraph, weights: NetworkWeights): Promise<Float32Array> {
  const network = new Network(graph, weights);
  const values = await network.predict(rows, inputs);
  network.dispose();
  return values;
}

/** Largest difference of outputs, in units of the largest output. */
function apart(parent: Float32Array, child: Float32Array): number {
  const size = Math.max(1, ...Array.from(parent, Math.abs));
  return Math.max(...Array.from(parent, (value, i) => Math.abs(value - child[i]))) / size;
}

const preserving: GraphStep[] = [
  { kind: 'wider', layer: 1, units: 8 },
  { kind: 'wider', layer: 1, units: 20 },
  { kind: 'wider', layer: 2, units: 13 },
  { kind: 'deeper', layer: 1 },
  { kind: 'deeper', layer: 2 },
  { kind: 'tune', parameter: 'dropout' },
];

before(startWasm);

describe('the child predicts as its parent to 1e-5', () => {
  for (const graph of graphs) {
    for (const step of preserving) {
      test(`${nameOf(graph)}: ${stepText(step)}`, async () => {
        const weights = trainedWeights(graph, createRandom(5));
        const child = morph(graph, weights, step, createRandom(6));
        const difference = apart(await outputs(graph, weights), await outputs(stepGraph(graph, step), child));
        assert.ok(difference <= 1e-5, `${difference}`);
      });
    }
  }

  test('after ten steps, too', async () => {
    let graph = graphs[2];
    let weights = trainedWeights(graph, createRandom(5));
    const first = await outputs(graph, weights);
    for (let i = 0; i < 10; i++) {
      const layer = 1 + (i % graph.hidden.length);
      const step: GraphStep =
        i % 2 === 0 ? { kind: 'wider', layer, units: graph.hidden[layer - 1].units + 3 } : { kind: 'deeper', layer };
      weights = morph(graph, weights, step, createRandom(i));
      graph = stepGraph(graph, step);
    }
    assert.ok(apart(first, await outputs(graph, weights)) <= 1e-5);
  });
});

test('a wrong morphism would be caught: an ungated identity after tanh, parts that do not sum to the whole', async () => {
  const graph = graphs.find((each) => nameOf(each) === 'tanh')!;
  const weights = trainedWeights(graph, createRandom(5));
  const parent = await outputs(graph, weights);
  const deeper = morph(graph, weights, { kind: 'deeper', layer: 2 }, random);
  const { kernel, bias } = deeper[2];
  const ungated = { ...graph, hidden: [...graph.hidden, graph.hidden[1]] };
  assert.ok(apart(parent, await outputs(ungated, deeper.with(2, { kernel, bias }))) > 1e-3);
  const step: GraphStep = { kind: 'wider', layer: 1, units: 8 };
  const wider = morph(graph, weights, step, random);
  const doubled = wider[1].kernel.slice();
  doubled.set(weights[1].kernel);
  assert.ok(
    apart(parent, await outputs(stepGraph(graph, step), wider.with(1, { ...wider[1], kernel: doubled }))) > 1e-3,
  );
});

test('the twins of a wider layer part in training', async () => {
  const graph = graphs[0];
  const step: GraphStep = { kind: 'wider', layer: 1, units: 14 };
  const child = stepGraph(graph, step);
  const network = new Network(child, morph(graph, trainedWeights(graph, createRandom(5)), step, createRandom(6)));
  const twins = async () => {
    const [{ kernel }] = await network.weights();
    const column = (unit: number) => Array.from({ length: 5 }, (_, i) => kernel[i * 14 + unit]);
    const distances = Array.from({ length: 7 }, (_, unit) =>
      Math.min(
        ...Array.from({ length: 7 }, (_, old) =>
          Math.max(...column(7 + unit).map((w, i) => Math.abs(w - column(old)[i]))),
        ),
      ),
    );
    return Math.min(...distances);
  };
  assert.equal(await twins(), 0);
  const optimizer = createAdam({ weightDecay: 0 });
  const batch = { x: tensor2d(inputs, [rows, 5]), target: tensor2d(new Float32Array(rows * 3), [rows, 3]) };
  for (let i = 0; i < 20; i++) trainingStep(network, optimizer, squaredErrorGradient, batch, 0.01);
  const distance = await twins();
  assert.ok(distance > 1e-3, `${distance}`);
  network.dispose();
  optimizer.dispose();
});

test("'narrower' keeps the units that weigh most", () => {
  const graph: PerceptronGraph = { inputs: 1, hidden: [{ units: 3, activation: 'relu' }], dropout: 0, outputs: 1 };
  const weights = [
    { kernel: Float32Array.of(1, 5, 3), bias: Float32Array.of(0.1, 0.2, 0.3) },
    { kernel: Float32Array.of(1, 0.01, 2), bias: Float32Array.of(9) },
  ];
  const [hidden, output] = morph(graph, weights, { kind: 'narrower', layer: 1, units: 2 }, random);
  assert.deepEqual(hidden, { kernel: Float32Array.of(1, 3), bias: Float32Array.of(0.1, 0.3) });
  assert.deepEqual(output, { kernel: Float32Array.of(1, 2), bias: Float32Array.of(9) });
});

test('the same seed makes the same child, another a different one; the parent stays as it was', () => {
  const graph = graphs[4];
  const weights = trainedWeights(graph, createRandom(5));
  const copy = structuredClone(weights);
  const child = (seed: number) => morph(graph, weights, { kind: 'wider', layer: 2, units: 9 }, createRandom(seed));
  assert.deepEqual(child(1), child(1));
  assert.notDeepEqual(child(1), child(2));
  assert.deepEqual(weights, copy);
});

test('weights of another graph are refused', () => {
  const weights = trainedWeights(graphs[1], createRandom(5));
  assert.throws(() => morph(graphs[0], weights, { kind: 'deeper', layer: 1 }, random), /do not fit/);
});
