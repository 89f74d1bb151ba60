import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Dataset } from '../../../../src/engine/data/dataset.ts';
import type { Column, NumericColumn, Table } from '../../../../src/engine/data/table.ts';
import type { CalibrationMap } from '../../../../src/engine/ensembles/calibration.ts';
import type { Combination } from '../../../../src/engine/ensembles/combination.ts';
import { ensembleOf } from '../../../../src/engine/ensembles/ensemble-model.ts';
import type { Learner } from '../../../../src/engine/learners/learner.ts';
import { learners } from '../../../../src/engine/learners/registry.ts';
import type { PreparationState } from '../../../../src/engine/preparation/preparation.ts';
import { steps } from '../../../../src/engine/preparation/registry.ts';
import { onnxOf } from '../../../../src/engine/run/onnx-of.ts';
import type { Params } from '../../../../src/shared/space.ts';
import type { Task } from '../../../../src/shared/task.ts';
import { fitted } from '../../learners/conformance.ts';
import { classesOf, coded, dataset, numeric, parted, tableOf, toy, withFeatures } from '../../learners/toy-data.ts';
import { assertSame } from './assert-same.ts';
import { runOnnx } from './run-onnx.ts';

/** Those whose model is the training rows themselves. */
const withoutForm = ['knn', 'svm'];
const shown = (learner: Learner) => !withoutForm.includes(learner.name) && learner.tags.needs === undefined;

/** Toy data without free text, of which there is a test of its own, and with a column of many levels. */
function training(task: Task): Dataset {
  const data = toy(task, { rows: 160, missing: 0.1 });
  const city = Array.from({ length: 160 }, (_, row) => (row % 9 === 4 ? null : `city ${row % 14}`));
  return withFeatures(data, [...data.features.columns.filter(({ type }) => type !== 'text'), coded('city', city)]);
}

/** Rows that training never had: missing cells, unseen levels, numbers far outside and not finite. */
function strange(task: Task): Table {
  const { columns } = toy(task, { seed: 5, rows: 40, missing: 0.3 }).features;
  const city = Array.from({ length: 40 }, (_, row) => (row % 3 === 0 ? null : `city ${row}`));
  const changed = columns.map((column) => {
    if (column.name === 'color' && column.kind === 'coded')
      return coded(
        'color',
        Array.from(column.codes, (code, row) => (row % 5 === 0 ? 'violet' : (column.levels[code] ?? null))),
      );
    if (column.name === 'noise' && column.kind === 'numeric')
      return numeric(
        'noise',
        column.values.map((value, row) => [value, 1e12, -1e12, Number.POSITIVE_INFINITY][row % 4]),
      );
    return column;
  });
  return tableOf([...changed.filter(({ type }) => type !== 'text'), coded('city', city)]);
}

/** Further configurations with another form. */
const variants: Readonly<Record<string, readonly Params[]>> = {
  logistic: [{ interactions: 'pairs' }],
  ridge: [{ interactions: 'squares' }],
  naive_bayes: [{ numbers: 'gaussian', variance_smoothing: 1e-3 }],
  mlp: [{ graph: '8 selu > 8 silu gated > 8 elu > 8 tanh' }],
};

/** Little models suffice. */
const small = (learner: Learner, data: Dataset): Params => {
  const names = learner.space(data.info).parameters.map(({ name }) => name);
  const sizes: Params = { units: 32, members: 2 };
  const known = Object.entries(sizes).filter(([name]) => names.includes(name));
  return { ...Object.fromEntries(known), ...hidden[learner.name] };
};
const hidden: Readonly<Record<string, Params>> = {
  forest: { trees: 12 },
  extra_trees: { trees: 12 },
  ebm: { bags: 2, max_rounds: 60 },
};

const curve = { x: [0.1, 0.3, 0.4, 0.9], y: [0.05, 0.05, 0.3, 0.95] };
const calibrations: readonly CalibrationMap[] = [
  { kind: 'temperature', temperature: 1.7 },
  { kind: 'beta', a: 1.2, b: 0.7, c: 0.1 },
  { kind: 'isotonic', floor: 0.01, curves: [curve] },
  { kind: 'isotonic', floor: 0.01, curves: [curve, curve, curve] },
];

const named = (wanted: string): Learner => learners.find(({ name }) => name === wanted)!;

describe('an exported model predicts in onnxruntime as it does here', () => {
  for (const learner of learners.filter(shown)) {
    for (const task of learner.tags.tasks) {
      it(`${learner.name}, ${task}`, async () => {
        const data = training(task);
        const resource = learner.tags.resource && { resource: 12 };
        for (const further of [{}, ...(variants[learner.name] ?? [])]) {
          const params = { ...learner.defaults(data.info), ...small(learner, data), ...further };
          const model = await fitted(learner, data, resource, params);
          await assertSame(model, data.features);
          await assertSame(model, strange(task));
          model.dispose?.();
        }
      });
    }
  }

  it('whatever the learner, but for a few', () => {
    const without = learners.filter((learner) => !learner.onnx).map(({ name }) => name);
    assert.deepEqual(
      without.filter((name) => !withoutForm.includes(name)),
      [],
    );
  });
});

describe('how data are prepared is exported with the model', () => {
  const covered = new Set<string>();
  const century = 3.15e12;
  /** Toy columns, dates of two centuries, a crowded column, and a number that matters as a product. */
  const table = (columns: readonly Column[], rows: number, step: number) => {
    const others = columns.filter(({ type }) => type !== 'text' && type !== 'date');
    const each = <T>(cell: (row: number) => T) => Array.from({ length: rows }, (_, row) => cell(row));
    return [
      ...others,
      numeric(
        'when',
        each((row) => (row % 23 === 5 ? Number.NaN : Math.round(century * Math.sin(row * step)))),
        'date',
      ),
      coded(
        'shop',
        each((row) => (row % 11 === 3 ? null : `shop ${(row * 7) % (60 + step)}`)),
      ),
      numeric(
        'size',
        each((row) => Math.exp((row % (17 + step)) / 4) - 1),
      ),
      numeric(
        'price',
        each((row) => ((row * 13) % 29) - 14),
      ),
    ];
  };
  const rich = (task: Task) => {
    const { features, target } = toy(task, { rows: 240, missing: 0.05 });
    const columns = table(features.columns, 240, 1);
    const [size, price] = columns.slice(-2).map((column) => (column as NumericColumn).values);
    // Something for combinations of numbers to find.
    const truth = target.kind === 'classes' ? target.codes : size.map((value, row) => value * price[row]);
    return dataset(task, columns, truth, classesOf(task));
  };
  const strangeRich = (task: Task) => tableOf(table(strange(task).columns, 40, 3));
  const ways: readonly Params[] = [
    { scaling: 'robust', dates: 'parts' },
    { scaling: 'power', dates: 'number', imputation: 'median' },
    { scaling: 'quantile', imputation: 'most_frequent', encoding: 'ordinal' },
    { encoding: 'target', level_rows: 60 },
    { encoding: 'frequency', pca: 0.8 },
    { selected_share: 0.5, combinations: 6 },
  ];
  for (const name of ['ridge', 'tree']) {
    const learner = named(name);
    const task = learner.tags.tasks.at(-1)!;
    for (const way of ways) {
      it(`${name}: ${JSON.stringify(way)}`, async () => {
        const data = rich(task);
        const known = [...learner.space(data.info).parameters, ...(learner.optional?.(data.info) ?? [])];
        const own = Object.fromEntries(Object.entries(way).filter(([key]) => known.some((p) => p.name === key)));
        const model = await fitted(learner, data, {}, { ...learner.defaults(data.info), ...own });
        const { preparation } = model.save().state as { preparation?: PreparationState };
        for (const step of preparation?.steps ?? []) covered.add(step.name);
        await assertSame(model, data.features);
        await assertSame(model, strangeRich(task));
      });
    }
  }

  it('step by step', () => {
    const written = steps.map((step) => step.name).filter((name) => name !== 'texts' && name !== 'images');
    assert.deepEqual([...covered].sort(), written.sort());
  });
});

describe('an exported ensemble', () => {
  const combinations: readonly [name: string, task: Task, combination: Combination][] = [
    ['a mean', 'multiclass', { kind: 'mean', weights: [0.7, 0.3] }],
    ['a mean of values', 'regression', { kind: 'mean', weights: [0.7, 0.3] }],
    ['a stack', 'binary', { kind: 'stack', stack: { weights: [0.8, 0.5], intercepts: [0, 0.2] } }],
    ['a stack of values', 'regression', { kind: 'stack', stack: { weights: [0.8, 0.1], intercepts: [0.7] } }],
    ...calibrations.map((calibration): [string, Task, Combination] => [
      `a mean with ${calibration.kind} calibration`,
      calibration.kind === 'isotonic' && calibration.curves.length > 1 ? 'multiclass' : 'binary',
      { kind: 'mean', weights: [0.5, 0.5], calibration },
    ]),
  ];
  for (const [name, task, combination] of combinations) {
    it(`${name}, ${task}`, async () => {
      const data = training(task);
      const linear = named(task === 'regression' ? 'ridge' : 'logistic');
      const [half] = parted(data, 80);
      const members = [
        { trial: 1, share: 0.7, models: [await fitted(named('tree'), data), await fitted(named('tree'), half)] },
        { trial: 2, share: 0.3, models: [await fitted(linear, data), await fitted(linear, half)] },
      ];
      await assertSame(ensembleOf(members, combination), strange(task));
    });
  }

  it('gives the labels that it decides for, not the most probable', async () => {
    const data = training('binary');
    const bundle = (await fitted(named('constant'), data)).save();
    const promises = { decision: { weights: [1e-6, 1 - 1e-6], metric: 'f1' } } as const;
    const { label } = await runOnnx(await onnxOf({ ...bundle, promises }), data.features);
    assert.ok(label?.every((name) => name === 'class 1'));
  });

  it('of a member that has no form says which', async () => {
    const model = await fitted(named('knn'), training('binary'));
    const ensemble = ensembleOf([{ trial: 1, share: 1, models: [model] }], { kind: 'mean', weights: [1] });
    await assert.rejects(onnxOf(ensemble.save()), { code: 'no-onnx', message: /learner "knn"/ });
  });
});
