import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { memory, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { startWasm } from '../../../src/engine/networks/backends/wasm/start-wasm.ts';
import type { PerceptronGraph } from '../../../src/engine/networks/graph.ts';
import { createDropoutMask } from '../../../src/engine/networks/layers/dropout.ts';
import { crossEntropyGradient, type LossGradient, squaredErrorGradient } from '../../../src/engine/networks/loss.ts';
import { Network } from '../../../src/engine/networks/network.ts';
import { flatten, type NetworkWeights, unflatten } from '../../../src/engine/networks/weights.ts';
import { createRandom, type Random } from '../../../src/engine/random.ts';
import { assertClose, isClose } from './backends/wasm/compare-backends.ts';
import { graphs, nameOf, trainedWeights } from './graphs.ts';

const rows = 4;
const random = createRandom(3);
const drawInputs = (from: Random) => Float32Array.from({ length: rows * 5 }, () => from.normal());
/** One-hot: each row's class is its number. */
const target = Float32Array.from({ length: rows * 3 }, (_, i) => (i % 3 === Math.floor(i / 3) % 3 ? 1 : 0));

/** Summed loss of outputs [rows x 3] in double precision: what `gradient` should be the slope of. */
const losses: [string, LossGradient, (outputs: Float32Array) => number][] = [
  [
    'cross-entropy',
    crossEntropyGradient,
    (outputs) => {
      let sum = 0;
      for (let row = 0; row < rows; row++) {
        const logits = [0, 1, 2].map((k) => outputs[row * 3 + k]);
        const log = Math.log(logits.reduce((total, logit) => total + Math.exp(logit), 0));
        for (let k = 0; k < 3; k++) sum += target[row * 3 + k] * (log - logits[k]);
      }
      return sum;
    },
  ],
  [
    'squared error',
    squaredErrorGradient,
    (outputs) => outputs.reduce((sum, output, i) => sum + (output - target[i]) ** 2, 0),
  ],
];

function outputsOf(graph: PerceptronGraph, weights: NetworkWeights, inputs: Float32Array, dropoutSeed?: number) {
  const network = new Network(graph, weights);
  const mask = dropoutSeed === undefined ? undefined : createDropoutMask(0.4, createRandom(dropoutSeed));
  const values = tidy(() => network.forward(tensor2d(inputs, [rows, 5]), mask).output.dataSync<'float32'>());
  network.dispose();
  return values;
}

/** Central difference of `loss` along each entry of each array. */
function differences(arrays: Float32Array[], loss: () => number, step: number): number[] {
  return arrays.flatMap((array) =>
    Array.from(array, (value, i) => {
      array[i] = value + step;
      const above = loss();
      array[i] = value - step;
      const below = loss();
      array[i] = value;
      return (above - below) / (2 * step);
    }),
  );
}

const tolerance = 2e-3;

/**
 * Inputs at which the loss is smooth in every weight and input, with its slopes there. At a kink (relu and selu at 0) a central
 * difference is a mean of the slopes on both sides: it changes when the step is halved, which is how such a point is known.
 */
function smoothPoint(
  graph: PerceptronGraph,
  weights: NetworkWeights,
  lossOf: (outputs: Float32Array) => number,
  dropoutSeed?: number,
) {
  for (let draw = 0; draw < 20; draw++) {
    const inputs = drawInputs(createRandom(3).fork(`inputs ${draw}`));
    const arrays = flatten(graph, weights).map(({ values }) => values.slice());
    const moved = () => lossOf(outputsOf(graph, unflatten(graph, arrays), inputs, dropoutSeed));
    const [parameters, halved] = [5e-3, 2.5e-3].map((step) => differences(arrays, moved, step));
    const [input, inputHalved] = [5e-3, 2.5e-3].map((step) => differences([inputs], moved, step));
    if (isClose(parameters, halved, tolerance / 2) && isClose(input, inputHalved, tolerance / 2))
      return { inputs, parameters, input };
  }
  throw new Error('no draw of inputs keeps every unit away from its kink');
}

before(startWasm);

for (const [lossName, gradient, loss] of losses) {
  describe(`slope of ${lossName} against finite differences`, () => {
    for (const graph of graphs) {
      for (const dropoutSeed of [undefined, 5]) {
        test(`${nameOf(graph)}${dropoutSeed ? ', dropout' : ''}`, () => {
          const weights = trainedWeights(graph, createRandom(11));
          const slopes = smoothPoint(graph, weights, loss, dropoutSeed);
          const network = new Network(graph, weights);
          const tensors = memory().numTensors;
          const { parameters, input } = tidy(() => {
            const mask = dropoutSeed ? createDropoutMask(0.4, createRandom(dropoutSeed)) : undefined;
            const pass = network.forward(tensor2d(slopes.inputs, [rows, 5]), mask);
            const back = pass.backward(gradient(pass.output, tensor2d(target, [rows, 3]), 1));
            const read = (t: { dataSync(): ArrayLike<number> }) => Array.from(t.dataSync());
            return { parameters: back.parameters.flatMap(read), input: read(back.input()) };
          });
          assert.equal(memory().numTensors, tensors, 'tensors were left behind');
          network.dispose();
          assertClose(parameters, slopes.parameters, tolerance);
          assertClose(input, slopes.input, tolerance);
        });
      }
    }
  });
}

test('input gradients in pieces are those of each row', async () => {
  const graph = graphs[0];
  const network = new Network(graph, trainedWeights(graph, createRandom(2)));
  const many = 4100;
  const inputs = Float32Array.from({ length: many * 5 }, () => random.normal());
  const slope = () =>
    network.inputGradient(many, inputs, (output, from) => {
      assert.ok(from === 0 || from === 4096);
      return squaredErrorGradient(output, tensor2d(new Float32Array(output.size), output.shape), 1);
    });
  const last = await network.inputGradient(1, inputs.slice(-5), (output) =>
    squaredErrorGradient(output, tensor2d([[0, 0, 0]]), 1),
  );
  assert.deepEqual((await slope()).slice(-5), last);
  network.dispose();
});
