import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Table } from '../../../src/engine/data/table.ts';
import { type ModelReadingOptions, modelReading } from '../../../src/engine/explain/model-reading.ts';
import { readingPredictions } from '../../../src/engine/explain/reading/reading-predictions.ts';
import { toldTree } from '../../../src/engine/explain/reading/told-tree.ts';
import { toldWeights } from '../../../src/engine/explain/reading/told-weights.ts';
import { learners } from '../../../src/engine/learners/registry.ts';
import type { Model } from '../../../src/engine/models/model.ts';
import { isReadable, type Reading, type ReadNode } from '../../../src/engine/models/readable.ts';
import { createRandom } from '../../../src/engine/random.ts';
import {
  type ModelReading,
  modelReadingWords,
  pathOfRow,
  ruleHolds,
} from '../../../src/shared/results/model-reading.ts';
import type { Params } from '../../../src/shared/space.ts';
import type { Task } from '../../../src/shared/task.ts';
import { classesOf, coded, dataset, numeric, tableOf, toy } from '../learners/toy-data.ts';
import { rich, strange } from '../preparation/rich-data.ts';
import { fixtures } from './fixtures.ts';

const { signal } = new AbortController();
const report = async () => 'continue' as const;

async function fitOf(name: string, train: ReturnType<typeof toy>, params: Params = {}): Promise<Model> {
  const learner = learners.find((each) => each.name === name)!;
  return learner.fit({ train, seed: 1, signal, report }, { ...learner.defaults(train.info), ...params });
}

const read = (model: Model, train: ReturnType<typeof toy>, options: Partial<ModelReadingOptions> = {}) =>
  modelReading.explain(
    model,
    { train, evaluation: train, part: 'validation' },
    { seed: 1, ...options },
    () => {},
    signal,
  );

type Shape<K> = Extract<ModelReading['shape'], { kind: K }>;
function shapeOf<K extends ModelReading['shape']['kind']>({ shape }: ModelReading, kind: K): Shape<K> {
  assert.equal(shape.kind, kind);
  return shape as Shape<K>;
}

async function furthest(model: Model, rows: Table): Promise<number> {
  assert.ok(isReadable(model));
  const own = readingPredictions(model.reading(), model.readColumns(rows), model.classes?.length ?? 0);
  const { values } = await model.predict(rows);
  assert.equal(own.length, values.length);
  return values.reduce((most, value, i) => Math.max(most, Math.abs(value - own[i]) / Math.max(1, Math.abs(value))), 0);
}

describe('a reading that is followed on raw rows', () => {
  const cases: readonly [name: string, tasks: readonly Task[], params?: Params][] = [
    ['constant', ['binary', 'multiclass', 'regression']],
    ['logistic', ['binary', 'multiclass']],
    ['logistic', ['binary'], { interactions: 'pairs', scaling: 'quantile', l1_ratio: 0.5 }],
    ['ridge', ['regression']],
    ['ridge', ['regression'], { pca: 0.9, texts: 'topics', dates: 'parts', imputation: 'mean' }],
    ['elastic_net', ['regression']],
    ['naive_bayes', ['binary', 'multiclass']],
    ['naive_bayes', ['binary'], { numbers: 'gaussian', variance_smoothing: 1e-3 }],
    ['tree', ['binary', 'multiclass', 'regression']],
    ['rules', ['binary', 'multiclass', 'regression']],
  ];
  for (const [name, tasks, params] of cases)
    for (const task of tasks)
      it(`gives the predictions of ${name}, ${task} ${JSON.stringify(params ?? {})}`, async () => {
        const train = rich(task, { missing: 0.1, rows: 200 });
        const model = await fitOf(name, train, params);
        assert.ok((await furthest(model, train.features)) < 1e-9);
        assert.ok((await furthest(model, strange)) < 1e-9);
      });

  it('is had of every learner that says so of itself', async () => {
    for (const learner of learners.filter(({ tags, name }) => tags.readable && name !== 'ebm')) {
      const train = toy(learner.tags.tasks[0], { rows: 80 });
      const model = await fitOf(learner.name, train);
      assert.ok(isReadable(model), learner.name);
      assert.ok(modelReading.reads!.includes(model.facts.reading!.unit), learner.name);
    }
  });

  it('is refused of a model that cannot be read', async () => {
    const { predictor, data } = fixtures[0];
    await assert.rejects(
      modelReading.explain(predictor, data, { seed: 1 }, () => {}, signal),
      { code: 'no-reading' },
    );
  });
});

/** y = 3 + 2 a - 0.5 b + 4 [kind is x] */
function straightLine(rows: number, noise: number, seed = 3) {
  const random = createRandom(seed);
  const a = Float64Array.from({ length: rows }, () => 100 + 20 * random.normal());
  const b = Float64Array.from({ length: rows }, () => random.normal());
  const kinds = Array.from({ length: rows }, () => ['x', 'y'][random.integer(2)]);
  const y = a.map(
    (value, row) => 3 + 2 * value - 0.5 * b[row] + (kinds[row] === 'x' ? 4 : 0) + noise * random.normal(),
  );
  return { train: dataset('regression', [numeric('a', a), numeric('b', b), coded('kind', kinds)], y), a, b, y };
}
const plain = { scaling: 'native', combinations: 0, alpha: 1e-3 };

describe('weights', () => {
  it('are told a unit of the raw columns, and the score at 0', async () => {
    const { train } = straightLine(400, 0.1);
    const shape = shapeOf(await read(await fitOf('ridge', train, plain), train), 'weights');
    const told = (label: string) => shape.terms.find((term) => term.label === label)!;
    const a = told('a');
    assert.equal(a.straight, true);
    assert.ok(Math.abs(a.adds[0] / (a.between!.to - a.between!.from) - 2) < 0.01);
    assert.ok(Math.abs(told('kind is "x"').adds[0] - 2) < 0.2, 'beside the average row');
    assert.ok(Math.abs(shape.atZero![0] - 5) < 0.5, 'half of what kind adds is in it');
    assert.deepEqual(shape.terms.map(({ label }) => label).slice(0, 1), ['a']);
  });

  it('of two numbers have the errors of least squares', async () => {
    const { train, a, b, y } = straightLine(60, 5);
    const two = dataset('regression', train.features.columns.slice(0, 2), y);
    const shape = shapeOf(await read(await fitOf('ridge', two, plain), two), 'weights');
    // By the formula of a textbook: s^2 / (sum of squares of a beside b).
    const mean = (v: Float64Array) => v.reduce((sum, value) => sum + value, 0) / v.length;
    const centred = (v: Float64Array) => v.map((value) => value - mean(v));
    const dot = (u: Float64Array, v: Float64Array) => u.reduce((sum, value, i) => sum + value * v[i], 0);
    const [ca, cb, cy] = [a, b, y].map((v) => centred(Float64Array.from(v)));
    const beside = ca.map((value, i) => value - (dot(ca, cb) / dot(cb, cb)) * cb[i]);
    const slope = dot(beside, cy) / dot(beside, beside);
    const slopeB =
      dot(
        cb,
        cy.map((value, i) => value - slope * ca[i]),
      ) / dot(cb, cb);
    const residuals = cy.map((value, i) => value - slope * ca[i] - slopeB * cb[i]);
    const error = Math.sqrt(dot(residuals, residuals) / (60 - 3) / dot(beside, beside));
    const told = shape.terms.find(({ label }) => label === 'a')!;
    const way = told.between!.to - told.between!.from;
    assert.ok(Math.abs(told.error![0] / way / error - 1) < 1e-3, `${told.error![0] / way} and ${error}`);
    assert.match(shape.intervals, /moving hardly anything/);
  });

  it('of chance are within their 95 % intervals about as often as is promised', async () => {
    const random = createRandom(8);
    let [inside, all] = [0, 0];
    for (let repeat = 0; repeat < 25; repeat++) {
      const columns = ['p', 'q', 'r', 's'].map((name) =>
        numeric(
          name,
          Float64Array.from({ length: 150 }, () => random.normal()),
        ),
      );
      const truth = Array.from({ length: 150 }, () => random.integer(2));
      const train = dataset('binary', columns, truth, 2);
      const model = await fitOf('logistic', train, { C: 100, scaling: 'native', combinations: 0 });
      for (const { adds, error } of shapeOf(await read(model, train, { rowCap: 20 }), 'weights').terms) {
        all++;
        if (Math.abs(adds[0]) < 1.96 * error![0]) inside++;
      }
    }
    assert.equal(all, 100);
    assert.ok(inside >= 88, `${inside} of 100`);
  });

  it('that an L1 penalty chose, or of weighted rows, have no intervals, and say why', async () => {
    const train = toy('binary');
    const chosen = await read(await fitOf('logistic', train, { l1_ratio: 1, C: 0.02 }), train);
    assert.match(shapeOf(chosen, 'weights').intervals, /^No intervals: an L1 penalty/);
    assert.ok(shapeOf(chosen, 'weights').zeros > 0);
    assert.ok(shapeOf(chosen, 'weights').terms.every(({ error }) => error === undefined));
    const learner = learners.find(({ name }) => name === 'logistic')!;
    const weights = new Float64Array(240).fill(1);
    const weighted = await learner.fit({ train, weights, seed: 1, signal, report }, learner.defaults(train.info));
    assert.match(shapeOf(await read(weighted, train), 'weights').intervals, /^No intervals: rows were weighted/);
  });

  it('of columns that lost their unit say so plainly', async () => {
    const train = rich('regression', { rows: 200 });
    const mixed = await read(await fitOf('ridge', train, { pca: 0.9 }), train);
    assert.match(modelReadingWords(mixed), /component 1 is a mixture of \d+ standardised numbers/);
    const placed = await read(await fitOf('ridge', train, { scaling: 'quantile' }), train);
    assert.match(modelReadingWords(placed), /the place of rate among the training values: no unit of it is left/);
    const rate = shapeOf(placed, 'weights').terms.find(({ label }) => label === 'rate')!;
    assert.equal(rate.straight, false);
    assert.ok(rate.between!.from > 0, 'told in raw values all the same');
  });

  it('of 5,000 inputs are listed by their size, the rest counted', async () => {
    const random = createRandom(2);
    const names = Array.from({ length: 5000 }, (_, j) => `c${j}`);
    const rows = tableOf(
      names.map((name) =>
        numeric(
          name,
          Float64Array.from({ length: 40 }, () => random.normal()),
        ),
      ),
    );
    const terms = names.map((column, j) => ({
      inputs: [{ kind: 'number', column, center: 0, scale: 1, fill: 0 } as const],
      weights: [(j * 7919) % 5000],
    }));
    const reading = { kind: 'weights', terms, intercept: [0] } as const;
    const shape = toldWeights(reading, { raw: rows, read: rows, made: [] }, { words: 'none' }, 200);
    assert.equal(shape.terms.length, 200);
    assert.deepEqual([shape.further.count, shape.zeros], [4799, 1]);
    assert.ok(shape.further.largest <= Math.abs(shape.terms[199].adds[0]));
  });
});

describe('a tree', () => {
  it('is told with its questions, and the way of each row', async () => {
    const train = toy('binary', { missing: 0.1 });
    const model = await fitOf('tree', train);
    const result = await read(model, train);
    const shape = shapeOf(result, 'tree');
    const { values } = await model.predict(train.features);
    for (const row of [0, 17, 100]) {
      const path = pathOfRow(shape, row);
      assert.equal(path[0], 0);
      assert.ok(Math.abs(shape.nodes[path.at(-1)!].prediction[1] - values[2 * row + 1]) < 1e-4);
    }
    assert.equal(shape.nodes[0].rows, 240);
    assert.match(shape.nodes[0].split!.words, /^(x (<=|>) |color is )/);
    assert.match(modelReadingWords(result), /^The model is a tree of \d+ leaves, which asks at most/);
  });

  it('of 3,000 leaves is folded in at a depth, and says so', async () => {
    const nodes: ReadNode[] = [];
    const grow = (depth: number, from: number, to: number): number => {
      const place = nodes.push({ rows: to - from, prediction: [from] }) - 1;
      if (to - from <= 1) return place;
      const middle = Math.floor((from + to) / 2);
      const left = grow(depth + 1, from, middle);
      const right = grow(depth + 1, middle, to);
      const condition = { kind: 'numbers', column: 'x', above: null, upTo: middle - 0.5, missing: false } as const;
      nodes[place] = { ...nodes[place], split: { condition, left, right } };
      return place;
    };
    grow(0, 0, 3000);
    const reading: Reading = { kind: 'tree', nodes };
    const rows = tableOf([numeric('x', [0, 1499, 2999, Number.NaN])]);
    const shape = toldTree(reading, rows, { dates: new Set(), complete: new Set(['x']) }, 127);
    assert.equal(shape.leaves, 3000);
    assert.equal(shape.drawnDepth, 6);
    assert.equal(shape.nodes.length, 127);
    assert.equal(
      shape.nodes.reduce((sum, { folded }) => sum + (folded ?? 0), 0),
      3000,
    );
    assert.equal(pathOfRow(shape, 1).length, 7);
    assert.equal(pathOfRow(shape, 4).length, 0);
    const result = { ...(await read(await fitOf('tree', toy('regression')), toy('regression'))), shape };
    assert.match(modelReadingWords(result), /Drawn to depth 6: 3,000 leaves farther down are folded in\./);
  });
});

describe('other readings', () => {
  it('rules are told in texts with how many rows they hold for', async () => {
    const train = toy('binary', { missing: 0.1 });
    const result = await read(await fitOf('rules', train), train);
    const { begin, rules } = shapeOf(result, 'rules');
    assert.match(begin, /^Begin with [+-][\d.]+ for "class 1"\.$/);
    for (const rule of rules) {
      assert.match(rule.text, /^If .*: [+-][\d.e-]+ for "class 1"\.$/);
      const held = train.rowIds.reduce((sum, row) => sum + Number(ruleHolds(rule, row)), 0);
      assert.ok(Math.abs(held / 240 - rule.coverage) < 1e-4);
      assert.ok(rule.mean === null || rule.mean.length === 2);
    }
  });

  it('naive Bayes is told column by column in raw units', async () => {
    const train = toy('multiclass');
    const model = await fitOf('naive_bayes', train, { numbers: 'gaussian', variance_smoothing: 1e-9 });
    const { columns, priors } = shapeOf(await read(model, train), 'witnesses');
    assert.equal(priors.length, 3);
    const x = columns.find(({ column }) => column === 'x')!;
    assert.deepEqual(
      x.cells.map(({ words }) => words),
      ['mean', 'deviation'],
    );
    assert.ok(Math.abs(x.cells[0].values[0]) < 3 && x.cells[1].values[0] < 2);
    assert.equal(columns.find(({ column }) => column === 'color')!.cells.length, 3);
  });

  it('the baseline says what it always predicts', async () => {
    const train = toy('binary');
    const result = await read(await fitOf('constant', train), train);
    assert.match(modelReadingWords(result), /^The model predicts the same for every row: class 0 [\d.]+ % and class 1/);
  });

  it('levels that no training row had are told as rare ones, and tables without missing values ask nothing about them', async () => {
    const train = rich('binary');
    const result = await read(await fitOf('tree', train, { level_rows: 5 }), train);
    const words = shapeOf(result, 'tree').nodes.flatMap(({ split }) => (split ? [split.words] : []));
    assert.ok(
      words.every((question) => !question.includes('\u0000') && !question.includes('missing')),
      words.join('; '),
    );
    assert.equal(classesOf('binary'), 2);
  });
});
