import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memory } from '@tensorflow/tfjs-core';
import { type Dataset, type Target, takeDataset } from '../../../src/engine/data/dataset.ts';
import { columnNamed, type NumericColumn, type Table, withColumns } from '../../../src/engine/data/table.ts';
import type { FitContext } from '../../../src/engine/learners/learner.ts';
import { mlp } from '../../../src/engine/learners/mlp/mlp.ts';
import { metricValue } from '../../../src/engine/metrics/measure.ts';
import type { Model } from '../../../src/engine/models/model.ts';
import { isDifferentiable } from '../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../src/engine/random.ts';
import type { Params } from '../../../src/shared/space.ts';
import { categories, datasetOf, numbers, tableOf } from '../explain/fixtures.ts';

type Task = 'binary' | 'multiclass' | 'regression';

/** Two numbers of very different scales, a category and gaps; what is asked is whether x and y agree in sign, by place. */
function rowsOf(count: number, seed: number): { features: Table; score: Float64Array } {
  const random = createRandom(1).fork(`rows ${seed}`);
  const [x, y, place] = [new Float64Array(count), new Float64Array(count), new Int32Array(count)];
  const score = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    x[i] = random.normal();
    y[i] = 5000 + 1000 * random.normal();
    place[i] = random.integer(3);
    score[i] = (x[i] * (y[i] - 5000)) / 1000 + 0.5 * place[i];
    if (i % 29 === 0) x[i] = Number.NaN;
  }
  const columns = [numbers('x', [...x]), numbers('y', [...y]), categories('place', [...place], ['a', 'b', 'c'])];
  return { features: tableOf(columns), score };
}

function dataOf(task: Task, count: number, seed: number): Dataset {
  const { features, score } = rowsOf(count, seed);
  const classes = task === 'binary' ? ['no', 'yes'] : ['low', 'middle', 'high'];
  const codeOf = (s: number) => (task === 'binary' ? Number(s > 0.5) : Number(s > 0) + Number(s > 1));
  const target: Target =
    task === 'regression'
      ? { kind: 'values', values: score.map((s) => 200 + 30 * s) }
      : { kind: 'classes', codes: Int32Array.from(score, codeOf), classes };
  return datasetOf(features, target, task);
}

const tasks = ['binary', 'multiclass', 'regression'] as const;
const quick: Params = { layers: 2, units: 16, dropout: 0, weight_decay: 0.01, learning_rate: 0.01, batch_size: 16 };

function contextOf(task: Task, changes: Partial<FitContext> = {}): FitContext {
  const data = dataOf(task, 260, 1);
  const split = (from: number, to: number) =>
    takeDataset(
      data,
      Uint32Array.from({ length: to - from }, (_, i) => from + i),
    );
  return {
    train: split(0, 200),
    validation: split(200, 260),
    seed: 7,
    signal: new AbortController().signal,
    report: async (epoch) => (epoch >= 12 ? 'prune' : 'continue'),
    ...changes,
  };
}

async function predictions(model: Model, rows: Table): Promise<Float64Array> {
  return (await model.predict(rows)).values;
}

describe('what is not linear is learnt', () => {
  // The target's deviation is 32; rows without x keep some 6 of it.
  const good = { binary: 0.25, multiclass: 0.45, regression: 13 };
  for (const task of tasks) {
    test(task, async () => {
      const model = await mlp.fit(contextOf(task, { report: async () => 'continue' }), quick);
      const fresh = dataOf(task, 500, 2);
      const metric = task === 'regression' ? 'rmse' : 'log_loss';
      const loss = metricValue(metric, await model.predict(fresh.features), fresh.target) as number;
      assert.ok(loss < good[task], `${metric} ${loss}`);
    });
  }
});

describe('input gradients agree with finite differences of predict', () => {
  /** [rows] each row's own loss. */
  async function losses(model: Model, rows: Table, target: Target): Promise<number[]> {
    const values = await predictions(model, rows);
    if (target.kind === 'values') return Array.from(values, (value, i) => (value - target.values[i]) ** 2);
    return Array.from(target.codes, (code, i) => -Math.log(values[i * target.classes.length + code]));
  }

  for (const task of tasks) {
    for (const activation of ['silu', 'tanh']) {
      test(`${task}, ${activation}`, async () => {
        const model = await mlp.fit(contextOf(task), { ...quick, activation });
        assert.ok(isDifferentiable(model));
        const { features, target } = dataOf(task, 30, 3);
        const gradient = await model.inputGradient(features, target);
        assert.deepEqual(gradient.columns, ['x', 'y']);
        for (const [j, name] of gradient.columns.entries()) {
          const column = columnNamed(features, name) as NumericColumn;
          const step = name === 'x' ? 2e-3 : 2;
          const moved = (by: number) =>
            withColumns(features, [{ ...column, values: column.values.map((v) => v + by) }]);
          const above = await losses(model, moved(step), target);
          const below = await losses(model, moved(-step), target);
          const slopes = above.map((loss, row) => (loss - below[row]) / (2 * step));
          const size = Math.max(...slopes.map(Math.abs));
          for (const [row, slope] of slopes.entries()) {
            const actual = gradient.values[row * 2 + j];
            if (Number.isNaN(column.values[row])) assert.equal(actual, 0);
            else assert.ok(Math.abs(actual - slope) < 0.01 * size, `row ${row}, ${name}: ${actual} and ${slope}`);
          }
        }
      });
    }
  }
});

describe('a saved model', () => {
  for (const task of tasks) {
    test(`predicts the same after JSON, ${task}`, async () => {
      const model = await mlp.fit(contextOf(task), quick);
      const bundle = model.save();
      const loaded = await mlp.load({ ...structuredClone(bundle), state: JSON.parse(JSON.stringify(bundle.state)) });
      const { features } = dataOf(task, 50, 4);
      assert.deepEqual(await predictions(loaded, features), await predictions(model, features));
      assert.deepEqual(loaded.graph, model.graph);
      assert.deepEqual(loaded.facts, model.facts);
    });
  }
});

test('facts and graph say what was fitted', async () => {
  const model = await mlp.fit(contextOf('multiclass'), quick);
  // x, its gaps, y and three places make 6 inputs.
  assert.equal(model.facts.parameters, 6 * 16 + 16 + 16 * 16 + 16 + 16 * 3 + 3);
  assert.equal(model.facts.words, '2 hidden layers of 16, relu');
  assert.equal(model.facts.resource?.name, 'epochs');
  assert.deepEqual(
    model.graph?.nodes.map(({ type }) => type),
    ['input', 'dense', 'activation', 'dense', 'activation', 'output'],
  );
});

test('one seed, one model, bit for bit; no tensor is left', async () => {
  const { features } = dataOf('binary', 50, 4);
  const before = memory().numTensors;
  const predicted = async (seed: number) =>
    predictions(await mlp.fit(contextOf('binary', { seed }), { ...quick, dropout: 0.2 }), features);
  assert.deepEqual(await predicted(1), await predicted(1));
  assert.notDeepEqual(await predicted(1), await predicted(2));
  assert.equal(memory().numTensors, before);
});

test('sgd with momentum learns, too', async () => {
  const params = { ...quick, optimizer: 'sgd', momentum: 0.9, learning_rate: 0.03 };
  const losses: number[] = [];
  const report = async (_: number, loss: number) => {
    losses.push(loss);
    return 'continue' as const;
  };
  await mlp.fit(contextOf('binary', { report }), params);
  assert.ok(Math.min(...losses) < 0.4, `${Math.min(...losses)}`);
});

test('the signal ends a fit', async () => {
  const controller = new AbortController();
  const report = async () => {
    controller.abort();
    return 'continue' as const;
  };
  // Enough work between two epochs for a turn of the event loop.
  const train = dataOf('binary', 20000, 5);
  const fit = mlp.fit(contextOf('binary', { train, signal: controller.signal, report }), {
    ...quick,
    units: 256,
    batch_size: 512,
  });
  await assert.rejects(fit, { name: 'AbortError' });
});

test('a refit trains the epochs it is told to', async () => {
  const { train, seed, signal } = contextOf('binary');
  const report = async () => assert.fail('a refit reports nothing');
  const model = await mlp.fit({ train, seed, signal, report, resource: 5 }, quick);
  assert.deepEqual(model.facts.resource, { name: 'epochs', best: 5 });
});

describe('weights are inherited', () => {
  const graph = '16 relu > 12 tanh';
  const parentOf = (changes: Partial<FitContext> = {}) =>
    mlp.fit(contextOf('regression', changes), { ...quick, graph });
  const steps: [string, string][] = [
    ['wider: layer 1 to 24 units', '24 relu > 12 tanh'],
    ['deeper: after layer 2', '16 relu > 12 tanh > 12 tanh gated'],
    ['tune: learning_rate', graph],
  ];
  const { features } = dataOf('regression', 100, 6);

  for (const [step, child] of steps) {
    test(`${step}: before training the child predicts as its parent to 1e-5`, async () => {
      const parent = await parentOf();
      const epochs = parent.facts.resource?.best as number;
      // A refit with no epoch left to train gives the morphism alone.
      const context = contextOf('regression', { warmStart: parent, validation: undefined, resource: epochs });
      const model = await mlp.fit(context, { ...quick, graph: child, step });
      const [before, after] = [await predictions(parent, features), await predictions(model, features)];
      for (const [i, value] of before.entries())
        assert.ok(Math.abs(value - after[i]) <= 1e-5 * Math.abs(value), `row ${i}`);
      assert.equal(model.facts.resource?.best, epochs);
      assert.match(model.facts.words, /weights inherited after \d+ epochs/);
    });
  }

  test('the child goes on counting epochs, and is trained for less than a whole training', async () => {
    const parent = await parentOf();
    const epochs = parent.facts.resource?.best as number;
    const reported: number[] = [];
    const report = async (epoch: number) => {
      reported.push(epoch);
      return 'continue' as const;
    };
    const warm = { ...quick, graph: steps[0][1], step: steps[0][0] };
    await mlp.fit(contextOf('regression', { warmStart: await mlp.load(parent.save()), report }), warm);
    assert.equal(reported[0], epochs + 1);
    assert.ok(reported.length <= 67, `${reported.length} of 200`);
  });

  test('without a step from a parent of the same layers; not from one of other layers', async () => {
    const parent = await parentOf();
    const same = await mlp.fit(contextOf('regression', { warmStart: parent }), { ...quick, graph });
    assert.match(same.facts.words, /weights inherited/);
    const other = await mlp.fit(contextOf('regression', { warmStart: parent }), { ...quick, graph: '16 relu' });
    assert.match(other.facts.words, /trained anew: its parent has other layers/);
  });

  test('never from a parent that may know the validation rows', async () => {
    const { validation } = contextOf('regression');
    const parent = await parentOf({ train: validation as Dataset });
    const child = await mlp.fit(contextOf('regression', { warmStart: parent }), { ...quick, graph });
    assert.match(child.facts.words, /trained anew: its parent has seen other rows/);
  });

  test('a step that does not lead to the graph is a fault', async () => {
    const parent = await parentOf();
    const wrong = { ...quick, graph: '17 relu > 12 tanh', step: 'wider: layer 1 to 24 units' };
    await assert.rejects(
      mlp.fit(contextOf('regression', { warmStart: parent }), wrong),
      /makes 24 relu > 12 tanh of the parent/,
    );
  });
});

test('rows without any usable column get the mean and the frequencies', async () => {
  for (const task of ['binary', 'regression'] as const) {
    const { train, ...rest } = contextOf(task);
    const same = { ...train, features: tableOf([numbers('same', Array(200).fill(3))]) };
    const model = await mlp.fit({ ...rest, train: same, validation: undefined, resource: 2 }, quick);
    const values = await predictions(model, same.features);
    const { target } = train;
    const share = target.kind === 'classes' ? target.codes.filter((code) => code === 0).length / 200 : 0;
    const mean = target.kind === 'values' ? target.values.reduce((a, b) => a + b, 0) / 200 : 0;
    assert.ok(Math.abs(values[0] - (share || mean)) < 0.02 * Math.max(1, mean), `${values[0]}`);
  }
});

test('10,000 classes', async () => {
  const classes = Array.from({ length: 10000 }, (_, i) => `c${i}`);
  const { features } = rowsOf(64, 1);
  const target: Target = { kind: 'classes', codes: Int32Array.from({ length: 64 }, (_, i) => i * 7), classes };
  const train = datasetOf(features, target, 'multiclass');
  const { seed, signal, report } = contextOf('multiclass');
  const model = await mlp.fit({ train, seed, signal, report, resource: 2 }, quick);
  const values = await predictions(model, features);
  const sum = values.subarray(0, 10000).reduce((a, b) => a + b, 0);
  assert.ok(Math.abs(sum - 1) < 1e-9);
});
