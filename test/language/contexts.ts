import type { KnownColumn, ProviderContext } from '../../src/language/context.ts';
import type { LearnerEntry } from '../../src/shared/operations/operations.ts';
import type { Task } from '../../src/shared/task.ts';

const classification: readonly Task[] = ['binary', 'multiclass'];
const all: readonly Task[] = ['binary', 'multiclass', 'regression'];

const learner = (
  name: string,
  title: string,
  tasks: readonly Task[],
  parameters: LearnerEntry['space']['parameters'] = [],
  defaults: LearnerEntry['defaults'] = {},
): LearnerEntry => ({ name, title, tasks, space: { parameters }, defaults });

/** A small catalog of the test's own, so that goldens do not move with the engine. */
const catalog: readonly LearnerEntry[] = [
  learner('constant', 'Constant baseline', all),
  learner(
    'logistic',
    'Logistic regression',
    classification,
    [{ name: 'penalty', distribution: { type: 'float', low: 0.0001, high: 10, log: true } }],
    { penalty: 1 },
  ),
  learner('ridge', 'Ridge regression', ['regression']),
  learner('tree', 'Decision tree', all, [{ name: 'max_depth', distribution: { type: 'int', low: 1, high: 20 } }], {
    max_depth: 6,
  }),
  learner(
    'boosting',
    'Gradient boosting',
    all,
    [
      { name: 'learning_rate', distribution: { type: 'float', low: 0.01, high: 0.3, log: true } },
      { name: 'max_depth', distribution: { type: 'int', low: 2, high: 10 } },
    ],
    { learning_rate: 0.1, max_depth: 6 },
  ),
  learner(
    'mlp',
    'Multilayer perceptron',
    all,
    [
      { name: 'optimizer', distribution: { type: 'categorical', choices: ['adam', 'sgd'] } },
      {
        name: 'momentum',
        distribution: { type: 'float', low: 0, high: 0.99 },
        when: [{ parameter: 'optimizer', oneOf: ['sgd'] }],
      },
      { name: 'batch_size', distribution: { type: 'categorical', choices: [32, 64, 128] } },
    ],
    { optimizer: 'adam', batch_size: 64 },
  ),
];

const columns: readonly KnownColumn[] = [
  {
    name: 'species',
    type: 'category',
    reason: 'text with few different values',
    distinct: 3,
    missing: 0,
    levels: [
      { level: 'Adelie', count: 152 },
      { level: 'Gentoo', count: 124 },
      { level: 'Chinstrap', count: 68 },
    ],
  },
  { name: 'island', type: 'category', distinct: 3, missing: 0 },
  { name: 'sex', type: 'category', distinct: 2, missing: 11 },
  {
    name: 'Body mass (g)',
    type: 'number',
    reason: 'numbers with decimals',
    distinct: 94,
    missing: 2,
    numeric: { minimum: 2700, maximum: 6300, mean: 4201.754, standardDeviation: 801.9, quartiles: [3550, 4050, 4750] },
  },
  { name: 'year', type: 'integer', distinct: 3, missing: 0 },
  { name: 'studied', type: 'boolean', distinct: 1, missing: 0 },
  { name: 'nickname', type: 'category', distinct: 300, missing: 0 },
  { name: 'comment', type: 'category', distinct: 8, missing: 300 },
  { name: 'hatched', type: 'date', distinct: 50, missing: 0 },
  { name: 'id', type: 'id', distinct: 344, missing: 0 },
];

const penguins: ProviderContext = { columns, rowCount: 344, catalog, dataFiles: ['penguins.csv', 'new penguins.csv'] };

/** What a golden file can ask for by `# with: NAME`. */
export const contexts: Readonly<Record<string, ProviderContext>> = {
  nothing: {},
  penguins,
  'four rows': { ...penguins, rowCount: 4, columns: columns.map(({ name, type }) => ({ name, type })) },
  'many classes': { columns: [{ name: 'street', type: 'category', distinct: 10000 }, { name: 'id' }], rowCount: 50000 },
  'two columns': {
    columns: [
      { name: 'species', type: 'category' },
      { name: 'id', type: 'id' },
    ],
  },
  'an empty column': { columns: [{ name: 'species', missing: 344, distinct: 0 }, { name: 'id' }], rowCount: 344 },
  'no data': {
    columns: { missing: 'There is no file penguins.csv here. Check data.path.' },
    testColumns: { missing: 'There is no file test.csv here. Check data.split.test.' },
  },
  'test without sex': { ...penguins, testColumns: columns.filter(({ name }) => name !== 'sex') },
  'schema checked elsewhere': { ...penguins, schemaChecks: false },
};
