import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Dataset, takeDataset } from '../../../src/engine/data/dataset.ts';
import { takeRows } from '../../../src/engine/data/table.ts';
import { type InfluenceOptions, influence } from '../../../src/engine/explain/influence.ts';
import { knn } from '../../../src/engine/learners/knn.ts';
import { mlp } from '../../../src/engine/learners/mlp/mlp.ts';
import { learners } from '../../../src/engine/learners/registry.ts';
import { isInfluential } from '../../../src/engine/models/influential.ts';
import type { Model } from '../../../src/engine/models/model.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { correlation } from '../../../src/engine/statistics/rank-correlation.ts';
import { rankSum } from '../../../src/engine/statistics/rank-sum.ts';
import { UserError } from '../../../src/shared/faults.ts';
import { influenceWords } from '../../../src/shared/results/influence.ts';
import type { Params } from '../../../src/shared/space.ts';
import type { Task } from '../../../src/shared/task.ts';
import { dataset, numeric, toy } from '../learners/toy-data.ts';

const { signal } = new AbortController();

const learnerOf = (name: string) => learners.find((one) => one.name === name)!;

const fitted = (name: string, train: Dataset, params: Params = {}, resource?: number): Promise<Model> =>
  learnerOf(name).fit(
    { train, seed: 1, signal, report: async () => 'continue', ...(resource !== undefined && { resource }) },
    { ...learnerOf(name).defaults(train.info), ...params },
  );

const rowsBut = (data: Dataset, left: number) =>
  takeDataset(
    data,
    [...data.rowIds.keys()].filter((row) => row !== left),
  );

const parted = (data: Dataset, rows: number) => {
  const all = [...data.rowIds.keys()];
  return [takeDataset(data, all.slice(0, rows)), takeDataset(data, all.slice(rows))] as const;
};

const explain = (
  model: Model,
  train: Dataset,
  evaluation: Dataset,
  options: Partial<InfluenceOptions> = {},
  enough = () => false,
) =>
  influence.explain(
    model,
    { train, evaluation, part: 'validation' },
    { seed: 1, row: 0, ...options },
    () => {},
    signal,
    enough,
  );

/** Two clouds far apart along x; each row of class `k` around 4 (2 k - 1). */
function clouds(rows: number, seed: number, flip: readonly number[] = []): Dataset {
  const random = createRandom(seed);
  const truth = Array.from({ length: rows }, (_, row) => row % 2);
  const x = truth.map((k) => 4 * (2 * k - 1) + random.normal());
  const z = truth.map(() => random.normal());
  const said = truth.map((k, row) => (flip.includes(row) ? 1 - k : k));
  return dataset('binary', [numeric('x', x), numeric('z', z)], said, 2);
}

describe('influence', () => {
  const cases: readonly (readonly [name: string, task: Task, params: Params, least: number])[] = [
    ['ridge', 'regression', { alpha: 3 }, 0.95],
    ['logistic', 'binary', { C: 1 }, 0.95],
    ['logistic', 'multiclass', { C: 0.3 }, 0.95],
    ['logistic', 'binary', { C: 0.3, l1_ratio: 0.9 }, 0.95],
    ['elastic_net', 'regression', { alpha: 0.05, l1_ratio: 0.5 }, 0.9],
  ];
  for (const [name, task, params, least] of cases)
    it(`is what leaving rows out and fitting again gives: ${name} ${task} ${JSON.stringify(params)}`, async () => {
      const [train, evaluation] = parted(toy(task, { rows: 160, seed: 5 }), 120);
      const model = await fitted(name, train, params);
      assert.ok(isInfluential(model) && model.facts.influence === 'influence functions');
      const row = takeRows(evaluation.features, [2]);
      const found = await model.influences(train, row, { mostRows: 1000, seed: 1, signal });
      const before = await model.predict(row);
      const width = before.values.length;
      const [reckoned, real]: [number[], number[]] = [[], []];
      for (let left = 0; left < 120; left += 5) {
        const without = await (await fitted(name, rowsBut(train, left), params)).predict(row);
        reckoned.push(found.pushes[left * width]);
        real.push(before.values[0] - without.values[0]);
      }
      const r = correlation(reckoned, real);
      assert.ok(r >= least, `correlation ${r}`);
      const result = await explain(model, train, evaluation, { row: 2 });
      assert.ok(result.check && result.check.correlation > 0.99, result.quality.words);
      assert.ok(result.trustworthy);
    });

  for (const task of ['binary', 'multiclass', 'regression'] as const)
    for (const weights of ['uniform', 'distance'])
      it(`of nearest neighbours is exact (${task}, ${weights})`, async () => {
        const [train, evaluation] = parted(toy(task, { rows: 90, seed: 3 }), 60);
        // By itself, without the preparation that all learners get.
        const context = { train, seed: 1, signal, report: async () => 'continue' as const };
        const model = await knn.fit(context, { k: 4, weights });
        assert.ok(isInfluential(model));
        const row = takeRows(evaluation.features, [1]);
        const found = await model.influences(train, row, { mostRows: 1000, seed: 1, signal });
        const before = await model.predict(row);
        const width = before.values.length;
        for (let left = 0; left < 60; left++) {
          const without = await withoutStored(model, train, left);
          const after = (await without.predict(row)).values;
          const own = (await without.predict(takeRows(train.features, [left]))).values;
          for (let k = 0; k < width; k++) {
            const push = before.values[k] - after[k];
            assert.ok(Math.abs(found.pushes[left * width + k] - push) < 1e-12, `row ${left}: ${push}`);
            assert.ok(Math.abs(found.said[left * width + k] - own[k]) < 1e-12, `row ${left} itself`);
          }
        }
      });

  const planted: readonly (readonly [name: string, params: Params, resource?: number])[] = [
    ['logistic', { C: 100 }],
    ['knn', { k: 5 }],
    ['mlp', {}, 20],
    ['residual_mlp', {}, 12],
  ];
  for (const [name, params, resource] of planted)
    it(`finds a planted twin with the wrong label first (${name})`, async () => {
      const clean = clouds(101, 4);
      // The last row is the twin of row 7, with the other label.
      const twins = takeDataset(clean, [...Array(100).keys(), 7]);
      const flipped = Int32Array.from(twins.target.kind === 'classes' ? twins.target.codes : []);
      flipped[100] = 1 - flipped[7];
      const train: Dataset = { ...twins, target: { kind: 'classes', codes: flipped, classes: ['class 0', 'class 1'] } };
      const model = await fitted(name, train, params, resource);
      const result = await explain(model, train, takeDataset(clean, [7]), { of: 'loss' });
      assert.equal(result.own[0].rowIndex, 100, influenceWords(result));
      assert.equal(result.down[0].rowIndex, 100, influenceWords(result));
      assert.ok(!result.down[0].helps);
    });

  for (const [name, resource] of [['logistic'], ['knn'], ['mlp', 15]] as const)
    it(`ranks 5 % wrong labels before the others (${name})`, async () => {
      const right = toy('binary', { rows: 300, seed: 2 });
      const flips = new Set(createRandom(1).permutation(300).subarray(0, 15));
      const codes = right.target.kind === 'classes' ? right.target.codes : new Int32Array(0);
      const flipped = codes.map((code, row) => (flips.has(row) ? 1 - code : code));
      const train: Dataset = { ...right, target: { ...right.target, codes: flipped } as Dataset['target'] };
      const model = await fitted(name, train, {}, resource);
      assert.ok(isInfluential(model));
      const row = takeRows(train.features, [0]);
      const { gains, ownRows } = await model.influences(train, row, { mostRows: 1000, seed: 1, signal });
      const { area } = rankSum(
        [...gains],
        Array.from(ownRows, (own) => (flips.has(own) ? 1 : 0)),
      );
      assert.ok(area >= 0.9, `AUC ${area}`);
    });

  it('doubts a label, or a value, that the others make too unlikely', async () => {
    const random = createRandom(3);
    const x = Array.from({ length: 300 }, (_, row) => (row === 0 ? 6 : (row % 2 === 0 ? -2 : 2) + random.normal()));
    const classes = dataset(
      'binary',
      [numeric('x', x)],
      x.map((_, row) => row % 2),
      2,
    );
    const ofClasses = await explain(await fitted('logistic', classes), classes, classes);
    assert.ok(ofClasses.own[0].rowIndex === 0 && ofClasses.own[0].suspect, influenceWords(ofClasses));
    assert.match(influenceWords(ofClasses), /1 training row of 300 has a label too unlikely/);
    const values = dataset(
      'regression',
      [numeric('x', x)],
      x.map((value, row) => value + random.normal() + (row === 5 ? 12 : 0)),
    );
    const ofValues = await explain(await fitted('ridge', values), values, values);
    assert.deepEqual([ofValues.own[0].rowIndex, ofValues.own[0].suspect, ofValues.suspects], [5, true, 1]);
  });

  it('doubts no label where labels are noise, and few where all are right (false alarms at most 5 %)', async () => {
    const alarms = { noise: 0, right: 0, errors: 0 };
    for (let seed = 0; seed < 20; seed++) {
      const random = createRandom(seed);
      const table = clouds(120, seed);
      const codes = Int32Array.from({ length: 120 }, () => random.integer(2));
      const noise: Dataset = { ...table, target: { kind: 'classes', codes, classes: ['class 0', 'class 1'] } };
      const own = await explain(await fitted('logistic', noise, { C: 100 }), noise, noise);
      if (own.suspects > 0) alarms.noise++;
      const right = await explain(await fitted('logistic', table, { C: 100 }), table, table, { refits: 0 });
      if (right.suspects > 0) alarms.right++;
      const x = Array.from({ length: 120 }, () => random.normal());
      const values = dataset(
        'regression',
        [numeric('x', x)],
        x.map((value) => value + random.normal()),
      );
      const errors = await explain(await fitted('ridge', values), values, values, { refits: 0 });
      if (errors.suspects > 0) alarms.errors++;
    }
    assert.ok(alarms.noise <= 1 && alarms.right <= 1 && alarms.errors <= 1, JSON.stringify(alarms));
  });

  for (const name of ['mlp', 'residual_mlp'])
    it(`sees through to what enters the last layer: it says what the network says (${name})`, async () => {
      for (const task of ['multiclass', 'regression'] as const) {
        const [train, evaluation] = parted(toy(task, { rows: 80, seed: 2 }), 70);
        const model = await fitted(name, train, {}, 3);
        assert.ok(isInfluential(model));
        const row = takeRows(evaluation.features, [0]);
        const found = await model.influences(train, row, { mostRows: 50, seed: 1, signal });
        const { values } = await model.predict(takeRows(train.features, found.ownRows));
        assert.equal(found.ownRows.length, 50);
        for (const [at, value] of values.entries())
          assert.ok(
            Math.abs(found.said[at] - value) <= 1e-4 * Math.max(1, Math.abs(value)),
            `${found.said[at]} ${value}`,
          );
      }
    });

  it('of a network is what a step of the last layer down the loss of all rows does', async () => {
    const train = clouds(60, 6, [3, 8, 20]);
    const context = { train, seed: 1, signal, resource: 4, report: async () => 'continue' as const };
    const model = await mlp.fit(context, { ...mlp.defaults(train.info), layers: 1, units: 16 });
    assert.ok(isInfluential(model));
    const row = takeRows(clouds(4, 7).features, [1]);
    const found = await model.influences(train, row, { mostRows: 100, seed: 1, signal });
    const bundle = model.save();
    const last = Object.keys(bundle.arrays).filter((name) => name.endsWith('-2'));
    const moved = (name: string, at: number, by: number) => {
      const values = Float32Array.from(bundle.arrays[name]);
      values[at] += by;
      return mlp.load({ ...bundle, arrays: { ...bundle.arrays, [name]: values } });
    };
    const codes = train.target.kind === 'classes' ? train.target.codes : [];
    const step = 0.02;
    let together = 0;
    for (const name of last)
      for (let at = 0; at < bundle.arrays[name].length; at++) {
        const [up, down] = [await moved(name, at, step), await moved(name, at, -step)];
        const loss = async (of: Model) => {
          const { values } = await of.predict(train.features);
          return Array.from(codes).reduce((sum: number, code, i) => sum - Math.log(values[2 * i + code]), 0);
        };
        const slope = ((await loss(up)) - (await loss(down))) / (2 * step);
        const reach = ((await up.predict(row)).values[1] - (await down.predict(row)).values[1]) / (2 * step);
        together -= slope * reach;
      }
    const sum = found.pushes.reduce((total, push, at) => total + (at % 2 === 1 ? push : 0), 0);
    assert.ok(Math.abs(sum - together) <= 0.02 * Math.abs(together), `${sum}, by differences ${together}`);
  });

  for (const [name, params] of [
    ['mlp', { layers: 1, units: 16 }],
    ['residual_mlp', { members: 4, units: 32 }],
  ] as const)
    it(`of a network is held to fits of its last layers (${name})`, async () => {
      const train = clouds(80, 9);
      const model = await fitted(name, train, params, 15);
      const result = await explain(model, train, clouds(10, 10));
      assert.equal(result.way, 'gradients');
      assert.ok(result.check && result.check.fits > 10 && result.check.correlation > 0, result.quality.words);
      assert.match(result.quality.words, /Fitting the network's last layer again/);
      const shares = [...result.up, ...result.down].reduce((sum, { effect }) => sum + Math.abs(effect), 0);
      assert.ok(shares > 0 && shares <= 1 + 1e-9 && Math.abs(shares - result.shown) < 1e-9);
    });

  it('refuses rows that the model was not fitted on, and models that cannot be traced', async () => {
    const [train, other] = [clouds(80, 1), clouds(80, 2, [1, 3, 5, 7, 9, 11, 13, 15, 17, 19])];
    for (const name of ['logistic', 'knn'])
      await assert.rejects(explain(await fitted(name, train), other, other), (error: unknown) => {
        assert.ok(error instanceof UserError && /examples/.test(error.advice ?? ''));
        return true;
      });
    const tree = await fitted('tree', train);
    await assert.rejects(explain(tree, train, train), UserError);
    const why = influence.unsuited!({ learner: 'tree', facts: tree.facts, info: train.info });
    assert.match(why ?? '', /examples .* trust-score/);
    const { facts } = await fitted('logistic', train);
    const model = (count: number) => ({
      learner: 'logistic',
      facts: { ...facts, reading: { unit: 'coefficients' as const, count } },
      info: train.info,
    });
    assert.equal(influence.unsuited!(model(600)), undefined);
    assert.match(influence.unsuited!(model(5000)) ?? '', /5,000 weights are too many .* examples/);
  });

  it('copes with a row of missing values, a class without rows, one column and a constant target', async () => {
    const empty = dataset('binary', [numeric('x', [Number.NaN]), numeric('z', [Number.NaN])], [0], 2);
    const unseen = dataset(
      'multiclass',
      [
        numeric(
          'x',
          Array.from({ length: 30 }, (_, i) => i % 7),
        ),
      ],
      [...Array(30).keys()].map((i) => i % 2),
      3,
    );
    const flat = dataset(
      'regression',
      [
        numeric(
          'x',
          Array.from({ length: 30 }, (_, i) => i % 7),
        ),
      ],
      Array(30).fill(4),
    );
    const train = clouds(60, 1);
    for (const name of ['logistic', 'knn', 'mlp', 'ridge'] as const)
      for (const [data, row] of [
        [train, empty],
        [unseen, unseen],
        [flat, flat],
      ] as const) {
        if (!learnerOf(name).tags.tasks.includes(data.info.task)) continue;
        const model = await fitted(name, data, {}, name === 'mlp' ? 2 : undefined);
        const result = await explain(model, data, row);
        const numbers = [...result.up, ...result.down].map(({ effect }) => effect);
        const gains = result.own.map(({ gain }) => gain);
        assert.ok([...numbers, ...gains, result.total, result.shown].every(Number.isFinite), name);
        assert.doesNotMatch(influenceWords(result), /NaN|undefined|Infinity/);
        if (data === flat && name === 'ridge') assert.match(influenceWords(result), /No training row moves/);
      }
    const model = await fitted('logistic', train);
    const broken: Model = {
      ...model,
      predict: async () => ({ kind: 'probabilities', classCount: 2, values: Float64Array.of(Number.NaN, 1) }),
    };
    await assert.rejects(explain(broken, train, train), /the model predicts NaN/);
  });

  it('says that there was no time for fits', async () => {
    const train = clouds(60, 1);
    const result = await explain(await fitted('logistic', train), train, train, {}, () => true);
    assert.match(result.partial ?? '', /no time to fit the model again/);
    assert.equal(result.check, null);
    assert.ok(result.up.length > 0);
  });
});

/** The model of neighbours with one stored row taken out of it by hand. */
async function withoutStored(model: Model, train: Dataset, left: number): Promise<Model> {
  const bundle = model.save();
  const { facts, learnt } = bundle.state as { facts: unknown; learnt: Record<string, unknown> };
  const width = bundle.arrays.rows.length / train.features.rowCount;
  const isKept = (row: number) => row !== left;
  const { target } = rowsBut(train, left);
  const prior =
    target.kind === 'values'
      ? [target.values.reduce((sum, value) => sum + value, 0) / target.values.length]
      : target.classes.map((_, k) => target.codes.filter((code) => code === k).length / target.codes.length);
  return knn.load({
    ...bundle,
    state: { facts, learnt: { ...learnt, prior } },
    arrays: {
      rows: bundle.arrays.rows.filter((_, at) => isKept(Math.floor(at / width))),
      target: bundle.arrays.target.filter((_, row) => isKept(row)),
    },
  });
}
