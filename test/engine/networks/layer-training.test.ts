import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { memory, tensor } from '@tensorflow/tfjs-core';
import { imageGraph } from '../../../src/engine/learners/cnn/graph.ts';
import { textGraph } from '../../../src/engine/learners/text-cnn/graph.ts';
import { startWasm } from '../../../src/engine/networks/backends/wasm/start-wasm.ts';
import { initialLayerWeights, type LayerGraph, type LayerWeights } from '../../../src/engine/networks/layer-graph.ts';
import { LayerNetwork } from '../../../src/engine/networks/layer-network.ts';
import { sizeOf } from '../../../src/engine/networks/layers/plan.ts';
import { crossEntropyGradient, membersGradient, squaredErrorGradient } from '../../../src/engine/networks/loss.ts';
import { createAdam } from '../../../src/engine/networks/optimizers/adam.ts';
import { createSgd } from '../../../src/engine/networks/optimizers/sgd.ts';
import { schedules } from '../../../src/engine/networks/schedule.ts';
import { type TrainingRows, type TrainingSettings, trainNetwork } from '../../../src/engine/networks/training.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { assertClose } from './backends/wasm/compare-backends.ts';

interface Rows {
  readonly inputs: Float32Array;
  readonly codes: readonly number[];
}

/** Which half of the image is bright: no pixel alone tells, for their brightness varies. */
function brightHalves(count: number): Rows {
  const random = createRandom(3);
  const codes = Array.from({ length: count }, (_, i) => i % 2);
  const inputs = Float32Array.from({ length: count * 64 }, (_, i) => {
    const row = Math.floor((i % 64) / 8);
    const bright = row >= 4 === (codes[Math.floor(i / 64)] === 1);
    return random.normal() + (bright ? 1 : 0);
  });
  return { inputs, codes };
}

/** Whether token 1 comes right before token 2 anywhere; both stand in every text. */
function neighbours(count: number): Rows {
  const random = createRandom(4);
  const codes = Array.from({ length: count }, (_, i) => i % 2);
  const inputs = Float32Array.from({ length: count * 10 }, () => 3 + random.integer(5));
  for (const [i, code] of codes.entries()) {
    const at = i * 10 + random.integer(8);
    inputs[at] = code === 1 ? 1 : 2;
    inputs[at + 1] = code === 1 ? 2 : 1;
  }
  return { inputs, codes };
}

function rowsOf({ inputs, codes }: Rows, graph: LayerGraph): TrainingRows {
  const width = sizeOf(graph.input);
  return {
    count: codes.length,
    batch(rows) {
      const values = Float32Array.from({ length: rows.length * width }, (_, i) => {
        return inputs[rows[Math.floor(i / width)] * width + (i % width)];
      });
      const target = Array.from(rows, (row) => [1 - codes[row], codes[row]]).flat();
      return { x: tensor(values, [rows.length, ...graph.input]), target: tensor(target, [rows.length, 2]) };
    },
  };
}

async function train(graph: LayerGraph, rows: Rows, changes: Partial<TrainingSettings> = {}): Promise<LayerWeights> {
  const network = new LayerNetwork(graph, initialLayerWeights(graph, createRandom(1)));
  const optimizer = createAdam({ weightDecay: network.decays(0.05), rates: network.rates });
  const settings = { learningRate: 0.02, batchSize: 16, epochs: 12, patience: 99, loss: crossEntropyGradient };
  try {
    const all: TrainingSettings = { ...settings, optimizer, ...changes };
    return (await trainNetwork(network, rowsOf(rows, graph), all, createRandom(2), async () => {})).weights;
  } finally {
    network.dispose();
    optimizer.dispose();
  }
}

async function accuracy(graph: LayerGraph, weights: LayerWeights, { inputs, codes }: Rows): Promise<number> {
  const network = new LayerNetwork(graph, weights);
  const width = sizeOf(graph.input);
  const outputs = await network.predict(codes.length, (from, to) =>
    tensor(inputs.subarray(from * width, to * width), [to - from, ...graph.input]),
  );
  network.dispose();
  return codes.filter((code, i) => Number(outputs[2 * i + 1] > outputs[2 * i]) === code).length / codes.length;
}

before(startWasm);

const images = imageGraph([8, 8, 1], 2, { filters: 4, stages: 2, blocks: 1, dropout: 0.1 });
const texts = textGraph(10, 8, 2, { embedding: 6, filters: 8, widths: [2, 3], dropout: 0.1 });

test('a convolutional network tells bright halves apart, by running statistics too', async () => {
  const weights = await train(images, brightHalves(96));
  const reached = await accuracy(images, weights, brightHalves(96));
  assert.ok(reached > 0.95, `${reached}`);
});

test('a text convolution sees who stands beside whom', async () => {
  const weights = await train(texts, neighbours(128));
  const reached = await accuracy(texts, weights, neighbours(128));
  assert.ok(reached > 0.95, `${reached}`);
});

test('images of one row, and larger filters than the text is long, fit', async () => {
  const row = imageGraph([1, 9, 3], 2, { filters: 2, stages: 3, blocks: 0, dropout: 0 });
  const short = textGraph(2, 5, 2, { embedding: 2, filters: 2, widths: [2, 5], dropout: 0 });
  for (const graph of [row, short]) {
    const network = new LayerNetwork(graph, initialLayerWeights(graph, createRandom(1)));
    const outputs = await network.predict(3, (from, to) =>
      tensor(new Float32Array((to - from) * sizeOf(graph.input)), [to - from, ...graph.input]),
    );
    assert.equal(outputs.length, 6);
    network.dispose();
  }
});

test('one seed, one network, bit for bit, and no tensor is left', async () => {
  const tensors = memory().numTensors;
  const [first, second] = [await train(images, brightHalves(32)), await train(images, brightHalves(32))];
  assert.deepEqual(first, second);
  assert.equal(memory().numTensors, tensors);
});

describe('schedules', () => {
  const ends = { cosine: [0, 0], one_cycle: [1 / 25, 1e-5], four_cycles: [0, 0], constant: [0, 1] } as const;
  for (const [name, schedule] of Object.entries(schedules)) {
    test(name, () => {
      const [first, last] = ends[name as keyof typeof ends];
      assert.ok(Math.abs(schedule(0) - first) < 1e-9 && Math.abs(schedule(1) - last) < 1e-9);
      const values = Array.from({ length: 101 }, (_, i) => schedule(i / 100));
      assert.ok(values.every((value) => value >= 0 && value <= 1) && Math.max(...values) > 0.99);
    });
  }

  test('four cycles rest where a training may be cut off', () => {
    for (const stop of [1 / 15, 3 / 15, 7 / 15, 1]) assert.ok(schedules.four_cycles(stop) < 1e-9);
  });
});

describe('losses', () => {
  const output = () => tensor([1, 2, 0.5, -1], [2, 2]);
  const target = () => tensor([1, 0, 0, 1], [2, 2]);

  test('a weight a row multiplies its slope', () => {
    for (const loss of [crossEntropyGradient, squaredErrorGradient]) {
      const plain = loss(output(), target(), 1).dataSync();
      const weighted = loss(output(), target(), tensor([3, 0.5], [2, 1])).dataSync();
      assertClose(weighted, [3 * plain[0], 3 * plain[1], 0.5 * plain[2], 0.5 * plain[3]]);
    }
  });

  test('members share the loss', () => {
    const both = membersGradient(squaredErrorGradient, 2)(
      tensor([1, 2, 0.5, -1, 0, 0, 3, 3], [4, 2]),
      target(),
      tensor([1, 2], [2, 1]),
    ).dataSync();
    const first = squaredErrorGradient(output(), target(), tensor([0.5, 1], [2, 1])).dataSync();
    assertClose(both.slice(0, 4), first);
  });
});

test('rates by parameter hold for both optimisers', () => {
  for (const optimizer of [
    createAdam({ weightDecay: 0, rates: [1, 0] }),
    createSgd({ momentum: 0.9, weightDecay: 0, rates: [1, 0] }),
  ]) {
    const weights = [tensor([1, 2]), tensor([3, 4])];
    const [moved, still] = optimizer.step(weights, [tensor([1, 1]), tensor([1, 1])], 0.1);
    assert.ok(moved.dataSync()[0] < 1);
    assertClose(still.dataSync(), [3, 4]);
    optimizer.dispose();
  }
});
