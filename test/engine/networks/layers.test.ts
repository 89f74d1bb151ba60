import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { memory, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { startWasm } from '../../../src/engine/networks/backends/wasm/start-wasm.ts';
import {
  initialLayerWeights,
  type LayerGraph,
  learntNumbers,
  planGraph,
} from '../../../src/engine/networks/layer-graph.ts';
import { LayerNetwork } from '../../../src/engine/networks/layer-network.ts';
import type { Pass } from '../../../src/engine/networks/layers/layer.ts';
import { sizeOf } from '../../../src/engine/networks/layers/plan.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { assertClose, isClose, onBoth } from './backends/wasm/compare-backends.ts';
import { cases, image, inputsOf, type LayerCase, rows, table, weightsOf } from './layer-cases.ts';

/** The loss is a weighted sum of the outputs, the weights (d loss / d output) being these. */
const slopesOf = (output: Tensor) => Float32Array.from({ length: output.size }, (_, i) => Math.sin(1 + 2.3 * i));

type Mode = 'predicting' | 'training';
const passOf = (network: LayerNetwork, mode: Mode, x: Tensor): Pass =>
  mode === 'training' ? network.forTraining(createRandom(2))(x) : network.forward(x);

function lossOf({ graph }: LayerCase, weights: Record<string, Float32Array>, inputs: Float32Array, mode: Mode): number {
  const network = new LayerNetwork(graph, weights);
  const outputs = tidy(() => {
    const { output } = passOf(network, mode, tensor(inputs, [rows, ...graph.input]));
    return { values: output.dataSync<'float32'>(), slopes: slopesOf(output) };
  });
  network.dispose();
  return outputs.values.reduce((sum, value, i) => sum + value * outputs.slopes[i], 0);
}

/** d loss / d each parameter, then / d input where the layers have one, one after the other. */
function gradientsOf({ graph }: LayerCase, weights: Record<string, Float32Array>, inputs: Float32Array, mode: Mode) {
  const network = new LayerNetwork(graph, weights);
  const gradients = tidy(() => {
    const pass = passOf(network, mode, tensor(inputs, [rows, ...graph.input]));
    const back = pass.backward(tensor(slopesOf(pass.output), pass.output.shape));
    const hasInput = graph.layers[0].kind !== 'token-embedding';
    const all = hasInput ? [...back.parameters, back.input()] : [...back.parameters];
    return all.map((each) => ({ shape: each.shape, values: each.dataSync<'float32'>().slice() }));
  });
  network.dispose();
  const shapes = planGraph(graph).parameters.map(({ shape }) => shape);
  assert.deepEqual(
    gradients.slice(0, shapes.length).map(({ shape }) => shape),
    shapes,
  );
  return gradients.map(({ values }) => values);
}

/** Central differences of the loss along these entries of an array. */
function differences(array: Float32Array, loss: () => number, entries: number[], step: number): number[] {
  return entries.map((i) => {
    const value = array[i];
    const [above, below] = [step, -step].map((by) => {
      array[i] = value + by;
      return loss();
    });
    array[i] = value;
    return (above - below) / (2 * step);
  });
}

before(startWasm);

for (const each of cases) {
  describe(each.name, () => {
    const modes: Mode[] = ['predicting', 'training'];
    for (const mode of modes) {
      test(`slopes are those of finite differences, ${mode}`, () => {
        const weights = weightsOf(each.graph);
        const inputs = inputsOf(each);
        const tensors = memory().numTensors;
        const gradients = gradientsOf(each, weights, inputs, mode);
        assert.equal(memory().numTensors, tensors, 'tensors were left behind');
        const names = planGraph(each.graph).parameters.map(({ name }) => name);
        const arrays = [...names.map((name) => weights[name]), ...(gradients.length > names.length ? [inputs] : [])];
        const width = sizeOf(each.graph.input);
        for (const [i, array] of arrays.entries()) {
          const isCode = (at: number) => array === inputs && each.codes && at % width >= width - each.codes.columns;
          const stride = Math.max(1, Math.floor(array.length / 12));
          const entries = [...array.keys()].filter((at) => at % stride === 0 && !isCode(at));
          const [expected, halved] = [4e-3, 2e-3].map((step) =>
            differences(array, () => lossOf(each, weights, inputs, mode), entries, step),
          );
          // Where another place of a window becomes the largest, a difference is no slope: it changes with the step.
          const smooth = entries.map((_, k) => k).filter((k) => isClose([halved[k]], [expected[k]], 4e-3));
          assert.ok(smooth.length >= 0.7 * entries.length, `${smooth.length} of ${entries.length}`);
          assertClose(
            smooth.map((k) => gradients[i][entries[k]]),
            smooth.map((k) => expected[k]),
            5e-3,
          );
        }
      });
    }

    test('outputs and slopes are those of the cpu backend', async () => {
      const weights = weightsOf(each.graph);
      const inputs = inputsOf(each);
      const { wasm, cpu } = await onBoth(() => {
        const network = new LayerNetwork(each.graph, weights);
        const { output } = network.forward(tensor(inputs, [rows, ...each.graph.input]));
        const values = output.dataSync<'float32'>();
        network.dispose();
        const slopes = gradientsOf(each, weights, inputs, 'training').map((slope) => [...slope]);
        return tensor([...values, ...slopes.flat()]);
      });
      assertClose(wasm, cpu, 1e-4);
    });
  });
}

test('layers that do not fit together are refused, in words', () => {
  const refuses = (graph: LayerGraph, words: RegExp) => assert.throws(() => planGraph(graph), words);
  refuses({ input: [3], layers: [] }, /needs a layer/);
  refuses({ input: [3], layers: [{ kind: 'conv2d', filters: 1, size: 1 }] }, /conv2d takes images/);
  refuses(image([{ kind: 'dense', units: 2 }]), /put flatten before/);
  refuses({ input: [3], layers: [{ kind: 'residual', layers: [{ kind: 'dense', units: 2 }] }] }, /must keep the shape/);
  refuses(image([{ kind: 'conv2d', filters: 1, size: 9, padding: 'valid' }]), /window of 9 does not fit into 6/);
  refuses({ input: [3], layers: [{ kind: 'conv1d', filters: 1, size: 1 }] }, /conv1d takes sequences/);
  refuses(
    { input: [4], layers: [{ ...table, numbers: 2, plain: 1, levels: [] }] },
    /rows of 4 numbers for 2 \+ 1 \+ 0/,
  );
});

test('what is learnt is counted, and weights that do not fit are refused', () => {
  const graph = image([{ kind: 'conv2d', filters: 4, size: 3 }, { kind: 'batch-norm' }]);
  assert.equal(learntNumbers(graph), 3 * 3 * 3 * 4 + 4 + 4 + 4);
  const weights = initialLayerWeights(graph, createRandom(1));
  assert.deepEqual(Object.keys(weights), [
    '1-conv2d/kernel',
    '1-conv2d/bias',
    '2-batch-norm/scale',
    '2-batch-norm/shift',
    '2-batch-norm/mean',
    '2-batch-norm/variance',
  ]);
  assert.throws(
    () => new LayerNetwork(graph, { ...weights, '1-conv2d/bias': new Float32Array(3) }),
    /3 weights "1-conv2d/,
  );
});

test('predictions in pieces are those of the whole', async () => {
  const graph: LayerGraph = {
    input: [4],
    layers: [
      { kind: 'members', count: 2 },
      { kind: 'dense', units: 3 },
    ],
  };
  const network = new LayerNetwork(graph, initialLayerWeights(graph, createRandom(1)));
  const count = 4100;
  const random = createRandom(5);
  const inputs = Float32Array.from({ length: count * 4 }, () => random.normal());
  const batch = (from: number, to: number) => tensor(inputs.subarray(from * 4, to * 4), [to - from, 4]);
  const all = await network.predict(count, batch);
  const last = await network.predict(1, () => batch(count - 1, count));
  assert.equal(all.length, 2 * count * 3);
  assert.deepEqual([...all.slice(3 * count - 3, 3 * count), ...all.slice(-3)], [...last]);
  network.dispose();
});
