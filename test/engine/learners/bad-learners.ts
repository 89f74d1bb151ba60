import type { Dataset } from '../../../src/engine/data/dataset.ts';
import type { Column, Table } from '../../../src/engine/data/table.ts';
import { boosting } from '../../../src/engine/learners/boosting/boosting.ts';
import { constant } from '../../../src/engine/learners/constant.ts';
import type { FitContext, Learner } from '../../../src/engine/learners/learner.ts';
import { logistic } from '../../../src/engine/learners/linear/logistic.ts';
import type { Model } from '../../../src/engine/models/model.ts';
import type { Differentiable, Prediction } from '../../../src/engine/models/predictor.ts';

/** Another learner with some of its models' parts replaced. */
const spoilt = (
  learner: Learner,
  change: (model: Model, context: FitContext) => Partial<Model & Differentiable>,
): Learner => ({
  ...learner,
  async fit(context, config) {
    const model = await learner.fit(context, config);
    return { ...model, ...change(model, context) };
  },
});

/** Predicts as the model does, but for these rows. */
const changed = (model: Model, change: (values: Float64Array, rows: Table) => void): Partial<Model> => ({
  async predict(rows) {
    const prediction = await model.predict(rows);
    const values = prediction.values.slice();
    change(values, rows);
    return { ...prediction, values } as Prediction;
  },
});

/** Throws on some training data. */
const afraidOf = (isBad: (train: Dataset) => boolean): Learner => ({
  ...constant,
  async fit(context, config) {
    if (isBad(context.train)) throw new RangeError('cannot fit this');
    return constant.fit(context, config);
  },
});

const hasBlank = (column: Column) =>
  column.kind === 'numeric' ? column.values.some(Number.isNaN) : column.codes.includes(-1);
const isBlank = (column: Column) => (column.kind === 'numeric' ? column.values.every(Number.isNaN) : false);
const isConstant = (column: Column) =>
  column.kind === 'numeric' && column.values.every((value) => value === column.values[0]);

/** For each check of the conformance suite, by name, a learner that it must catch. */
export const badLearners: Readonly<Record<string, Learner>> = {
  'predicts what the task asks for': spoilt(constant, (model) => changed(model, (values) => values.fill(0.7))),
  'says what it fitted': spoilt(constant, (model) => ({ facts: { ...model.facts, bytes: 0 } })),
  'takes missing values in every column': afraidOf((train) => train.features.columns.some(hasBlank)),
  'takes missing values that it never saw': spoilt(constant, (model) =>
    changed(model, (values, rows) => {
      if (rows.columns.some(hasBlank)) values.fill(Number.NaN);
    }),
  ),
  'takes a column that is missing throughout': afraidOf((train) => train.features.columns.some(isBlank)),
  'takes levels that it never saw': spoilt(constant, (model) =>
    changed(model, (_, { columns }) => {
      if (columns.some((column) => column.kind === 'coded' && column.levels.includes('violet')))
        throw new Error('violet');
    }),
  ),
  'takes constant columns and columns of one level': afraidOf((train) =>
    train.features.columns.every(isConstantOrCoded),
  ),
  'takes a single column': afraidOf((train) => train.features.columns.length < 2),
  'takes five rows, and one': afraidOf((train) => train.features.rowCount < 2),
  'takes numbers of any size': spoilt(constant, (model) =>
    changed(model, (values, { columns }) => {
      if (columns.some((column) => column.kind === 'numeric' && column.values.some((v) => Math.abs(v) > 1e100)))
        values.fill(Number.NaN);
    }),
  ),
  'takes a class without rows, and a target that does not vary': afraidOf(
    ({ target }) => target.kind === 'classes' && new Set(target.codes).size < 2,
  ),
  'beats the constant baseline': constant,
  'has defaults inside its space': { ...logistic, defaults: () => ({ C: -1 }) },
  'refuses a parameter that it does not have': { ...constant, fit: (context) => constant.fit(context, {}) },
  'fits the corners of its space': {
    ...logistic,
    async fit(context, params) {
      const model = await logistic.fit(context, params);
      return { ...model, ...changed(model, (values) => values.fill((params.C as number) > 100 ? Number.NaN : 0.5)) };
    },
  },
  'same seed, same model': spoilt(constant, (model) => changed(model, (values) => values.fill(Math.random()))),
  'predicts the same after saving and loading': {
    ...logistic,
    async load(bundle) {
      const model = await logistic.load(bundle);
      return { ...model, ...changed(model, (values) => values.reverse()) };
    },
  },
  'saves what it is': spoilt(constant, (model) => ({ save: () => ({ ...model.save(), seed: 0 }) })),
  'does not depend on the order of columns or the coding of levels': spoilt(constant, (model) =>
    changed(model, (values, { columns }) => {
      values.forEach((_, i) => {
        values[i] = columns[0].kind === 'numeric' && columns[0].name === 'x' ? 0.5 : 0.4;
      });
    }),
  ),
  'predicts each row by itself': spoilt(constant, (model) =>
    changed(model, (values) => values.fill(1 / values.length)),
  ),
  'refuses rows without one of its columns': spoilt(constant, (model) => ({
    predict: async (rows) => ({
      kind: 'probabilities',
      classCount: 2,
      values: new Float64Array(2 * rows.rowCount).fill(model.facts.parameters / 4),
    }),
  })),
  'leaves its data as it was': spoilt(constant, (_, { train }) => {
    const [column] = train.features.columns;
    if (column.kind === 'numeric') column.values[0] = 0;
    return {};
  }),
  'stops when it is aborted': {
    ...constant,
    fit: (context, config) => constant.fit({ ...context, signal: new AbortController().signal }, config),
  },
  'lets messages through while it works': {
    ...boosting,
    fit: (context, config) => boosting.fit({ ...context, resource: 1 }, config),
  },
  'reports its loss, and stops when it is pruned': {
    ...boosting,
    fit: (context, config) =>
      boosting.fit(
        {
          ...context,
          async report(resource, value) {
            await context.report(resource, value);
            return 'continue';
          },
        },
        config,
      ),
  },
  'reports the loss that its model has': {
    ...boosting,
    fit: (context, config) =>
      boosting.fit({ ...context, report: (resource, value) => context.report(resource, value / 2) }, config),
  },
  'refits for exactly the rounds it is told': {
    ...boosting,
    fit: (context, config) => boosting.fit({ ...context, resource: 20 }, config),
  },
  'weighs rows as if they were repeated': {
    ...logistic,
    fit: ({ weights: _, ...context }, config) => logistic.fit(context, config),
  },
  'an input gradient is the slope of the loss': spoilt(logistic, (model) => ({
    inputGradient: async (rows: Table, target: Dataset['target']) => {
      const gradient = await (model as Model & Differentiable).inputGradient(rows, target);
      return { ...gradient, values: gradient.values.map((value) => -value) };
    },
  })),
};

function isConstantOrCoded(column: Column): boolean {
  return column.kind === 'coded' || isConstant(column);
}
