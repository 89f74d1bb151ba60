import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { memory, tensor2d } from '@tensorflow/tfjs-core';
import { startWasm } from '../../../src/engine/networks/backends/wasm/start-wasm.ts';
import type { PerceptronGraph } from '../../../src/engine/networks/graph.ts';
import { createDropoutMask } from '../../../src/engine/networks/layers/dropout.ts';
import { crossEntropyGradient, squaredErrorGradient } from '../../../src/engine/networks/loss.ts';
import type { Network } from '../../../src/engine/networks/network.ts';
import { createAdam } from '../../../src/engine/networks/optimizers/adam.ts';
import { createSgd } from '../../../src/engine/networks/optimizers/sgd.ts';
import { cosineSchedule } from '../../../src/engine/networks/schedule.ts';
import {
  type Judge,
  type Trained,
  type TrainingRows,
  type TrainingSettings,
  train,
} from '../../../src/engine/networks/training.ts';
import { initialWeights } from '../../../src/engine/networks/weights.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { UserError } from '../../../src/shared/faults.ts';
import { flatWeights } from './graphs.ts';

/** The four rows of exclusive or, 16 times. */
const xor: TrainingRows = {
  count: 64,
  batch(rows) {
    const bits = Array.from(rows, (row) => [row & 1, (row >> 1) & 1]);
    return { x: tensor2d(bits), target: tensor2d(bits.map(([a, b]) => [a === b ? 1 : 0, a === b ? 0 : 1])) };
  },
};
const xorGraph: PerceptronGraph = { inputs: 2, hidden: [{ units: 16, activation: 'relu' }], dropout: 0, outputs: 2 };

const settings = (changes: Partial<TrainingSettings> = {}): TrainingSettings => ({
  learningRate: 0.02,
  batchSize: 16,
  epochs: 60,
  patience: 1000,
  optimizer: createAdam({ weightDecay: 0 }),
  loss: crossEntropyGradient,
  ...changes,
});

interface Run extends Partial<TrainingSettings> {
  readonly graph?: PerceptronGraph;
  readonly seed?: number;
  readonly judge?: Judge;
  readonly afterBatch?: () => Promise<void>;
}

function trainXor({ graph = xorGraph, seed = 1, judge, afterBatch, ...changes }: Run = {}): Promise<Trained> {
  const random = createRandom(seed);
  const start = initialWeights(graph, new Float32Array(2), random.fork('weights'));
  return train(graph, start, xor, settings(changes), random, afterBatch ?? (async () => {}), judge);
}

/** Share of the four cases that the network gets right. */
async function accuracy(network: Network): Promise<number> {
  const outputs = await network.predict(4, Float32Array.of(0, 0, 1, 0, 0, 1, 1, 1));
  const right = [0, 1, 2, 3].filter((i) => outputs[2 * i + 1] > outputs[2 * i] === (i === 1 || i === 2));
  return right.length / 4;
}

/** A judge that replays these losses and remembers what was reported. */
function scripted(losses: number[], prunedAt = Number.POSITIVE_INFINITY) {
  const reported: number[] = [];
  const judge: Judge = {
    loss: () => losses.shift() ?? 9,
    report: async (epoch) => {
      reported.push(epoch);
      return epoch >= prunedAt ? 'prune' : 'continue';
    },
  };
  return { judge, reported };
}

before(startWasm);

describe('exclusive or is learnt', () => {
  const optimizers = {
    adam: () => ({ optimizer: createAdam({ weightDecay: 0.01 }) }),
    sgd: () => ({ optimizer: createSgd({ momentum: 0.9, weightDecay: 0 }), learningRate: 0.1, epochs: 100 }),
  };
  for (const [name, changes] of Object.entries(optimizers)) {
    test(name, async () => {
      let last = 0;
      const judge: Judge = {
        async loss(network) {
          last = await accuracy(network);
          return 1 - last;
        },
        report: async () => 'continue',
      };
      await trainXor({ ...changes(), judge });
      assert.equal(last, 1);
    });
  }
});

test('a straight line is learnt', async () => {
  const graph: PerceptronGraph = { inputs: 1, hidden: [{ units: 8, activation: 'silu' }], dropout: 0, outputs: 1 };
  const at = (row: number) => row / 32 - 1;
  const line: TrainingRows = {
    count: 64,
    batch: (rows) => ({
      x: tensor2d(Array.from(rows, (row) => [at(row)])),
      target: tensor2d(Array.from(rows, (row) => [2 * at(row) - 0.5])),
    }),
  };
  const start = initialWeights(graph, new Float32Array(1), createRandom(1));
  const options = settings({ loss: squaredErrorGradient, epochs: 100 });
  let worst = Number.NaN;
  const judge: Judge = {
    async loss(network) {
      const outputs = await network.predict(3, Float32Array.of(-1, 0, 1));
      worst = Math.max(...[-2.5, -0.5, 1.5].map((value, i) => Math.abs(value - outputs[i])));
      return worst;
    },
    report: async () => 'continue',
  };
  await train(graph, start, line, options, createRandom(2), async () => {}, judge);
  assert.ok(worst < 0.05, `${worst}`);
});

describe('one seed, one network, bit for bit', () => {
  for (const dropout of [0, 0.3]) {
    test(`dropout ${dropout}`, async () => {
      const graph = { ...xorGraph, dropout };
      const weights = async (seed: number) => flatWeights(graph, (await trainXor({ graph, seed, epochs: 5 })).weights);
      assert.deepEqual(await weights(4), await weights(4));
      assert.notDeepEqual(await weights(4), await weights(5));
    });
  }
});

describe('memory', () => {
  const tensors = async (run: Run) => {
    const before = memory().numTensors;
    await trainXor(run).catch(() => {});
    return memory().numTensors - before;
  };
  const gated: PerceptronGraph = { ...xorGraph, hidden: [{ units: 4, activation: 'selu', gated: true }], dropout: 0.2 };
  test('nothing is left after training', async () => assert.equal(await tensors({ epochs: 3 }), 0));
  test('nor with gates and dropout', async () => assert.equal(await tensors({ graph: gated, epochs: 3 }), 0));
  test('nor with sgd', async () =>
    assert.equal(await tensors({ optimizer: createSgd({ momentum: 0.9, weightDecay: 0 }), epochs: 3 }), 0));
  test('nor when training is broken off', async () => {
    const afterBatch = () => Promise.reject(new Error('stop'));
    assert.equal(await tensors({ afterBatch }), 0);
  });
});

describe('epochs', () => {
  test('the best one is kept, the start counting as epoch 0', async () => {
    const { judge } = scripted([5, 4, 3, 4, 5]);
    const trained = await trainXor({ judge, epochs: 4 });
    assert.deepEqual([trained.epochs, trained.loss], [2, 3]);
    const repeated = await trainXor({ epochs: 4, stopAfter: 2 });
    assert.deepEqual(flatWeights(xorGraph, trained.weights), flatWeights(xorGraph, repeated.weights));
    const worsened = await trainXor({ judge: scripted([1, 2, 3]).judge, epochs: 2 });
    assert.equal(worsened.epochs, 0);
    const start = initialWeights(xorGraph, new Float32Array(2), createRandom(1).fork('weights'));
    assert.deepEqual(flatWeights(xorGraph, worsened.weights), flatWeights(xorGraph, start));
  });

  test('training stops when patience ends', async () => {
    const { judge, reported } = scripted([5, 4, 5, 5, 5, 5, 5]);
    await trainXor({ judge, patience: 3 });
    assert.deepEqual(reported, [1, 2, 3, 4]);
  });

  test('training stops when it is pruned, with the best so far', async () => {
    const { judge, reported } = scripted([5, 4, 5, 5], 3);
    const trained = await trainXor({ judge });
    assert.deepEqual(reported, [1, 2, 3]);
    assert.equal(trained.epochs, 1);
  });

  test('divergence is said', async () => {
    const isDiverged = (error: unknown) => error instanceof UserError && error.code === 'training-diverged';
    await assert.rejects(trainXor({ judge: scripted([1, 0.5, Number.NaN]).judge }), isDiverged);
    const wild = { optimizer: createSgd({ momentum: 0.9, weightDecay: 0 }), learningRate: 1e30, epochs: 20 };
    await assert.rejects(trainXor(wild), isDiverged);
  });
});

test('the rate rises, then falls to 0 along a cosine', () => {
  assert.equal(cosineSchedule(0), 0);
  assert.equal(cosineSchedule(0.05), 1);
  assert.ok(Math.abs(cosineSchedule(0.525) - 0.5) < 1e-12);
  assert.ok(Math.abs(cosineSchedule(1)) < 1e-12);
});

test('a dropout mask silences its share and keeps the mean', () => {
  const mask = createDropoutMask(0.3, createRandom(1))(500, 200);
  const values = mask.dataSync<'float32'>();
  mask.dispose();
  const silent = values.filter((value) => value === 0).length / values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  // Three standard deviations of 100,000 draws.
  assert.ok(Math.abs(silent - 0.3) < 0.0045, `${silent}`);
  assert.ok(Math.abs(mean - 1) < 0.0065, `${mean}`);
  assert.ok(values.every((value) => value === 0 || Math.abs(value - 1 / 0.7) < 1e-6));
});
