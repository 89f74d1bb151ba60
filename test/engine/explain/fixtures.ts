import { type Dataset, type Target, takeDataset } from '../../../src/engine/data/dataset.ts';
import type { Picture } from '../../../src/engine/data/images/picture.ts';
import { lendPictures, thumbnail } from '../../../src/engine/data/images/thumbnails.ts';
import { type Column, columnNamed, type Table } from '../../../src/engine/data/table.ts';
import { ensembleOf } from '../../../src/engine/ensembles/ensemble-model.ts';
import type { ExplainData, Explainer, ExplainOptions } from '../../../src/engine/explain/explainer.ts';
import { ebm } from '../../../src/engine/learners/ebm/ebm.ts';
import { learners } from '../../../src/engine/learners/registry.ts';
import type { Model } from '../../../src/engine/models/model.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { createRandom, type Random } from '../../../src/engine/random.ts';
import type { Result } from '../../../src/shared/results/result.ts';
import type { Params } from '../../../src/shared/space.ts';
import type { Task } from '../../../src/shared/task.ts';

/** Data and a hand-written model of it: income and island decide, noise and name do not, debt follows income. */
export interface Fixture {
  readonly title: string;
  readonly data: ExplainData;
  readonly predictor: Predictor;
}

export const islands = ['Biscoe', 'Dream', 'Torgersen'] as const;

export const numbers = (name: string, values: readonly number[], type: 'number' | 'integer' = 'number'): Column => ({
  kind: 'numeric',
  name,
  type,
  values: Float64Array.from(values),
});

export const categories = (name: string, codes: readonly number[], levels: readonly string[]): Column => ({
  kind: 'coded',
  name,
  type: 'category',
  codes: Int32Array.from(codes),
  levels,
});

export const tableOf = (columns: readonly Column[]): Table => {
  const first = columns[0];
  return { rowCount: first.kind === 'numeric' ? first.values.length : first.codes.length, columns };
};

export function datasetOf(features: Table, target: Target, task: Task): Dataset {
  return {
    info: {
      path: 'fixture.csv',
      rowCount: features.rowCount,
      columns: features.columns.map((column) => ({
        name: column.name,
        type: column.type,
        reason: 'fixture',
        role: 'feature',
        missing: 0,
        distinct: 2,
      })),
      target: 'outcome',
      task,
      classes: target.kind === 'classes' ? target.classes : undefined,
      hash: '0123456789abcdef',
      notes: [],
    },
    features,
    target,
    rowIds: Uint32Array.from({ length: features.rowCount }, (_, i) => i),
    keys: { rowCount: features.rowCount, columns: [] },
  };
}

const classesOf: Record<Exclude<Task, 'regression'>, readonly string[]> = {
  binary: ['no', 'yes'],
  multiclass: ['low', 'middle', 'high'],
};

const known = (value: number, otherwise: number) => (Number.isNaN(value) ? otherwise : value);

/** [rows] the number that every fixture model is made of: 0.004 x income, and 1 more on Dream. */
export function scores(rows: Table): Float64Array {
  const income = columnNamed(rows, 'income');
  const island = rows.columns.find((column) => column.name === 'island');
  return Float64Array.from({ length: rows.rowCount }, (_, i) => {
    const own = income.kind === 'numeric' ? 0.004 * (known(income.values[i], 1000) - 1000) : 0;
    return own + (island?.kind === 'coded' && island.levels[island.codes[i]] === 'Dream' ? 1 : 0);
  });
}

export function scorePredictor(task: Task): Predictor {
  if (task === 'regression') return { task, predict: async (rows) => ({ kind: 'values', values: scores(rows) }) };
  const classes = classesOf[task];
  return {
    task,
    classes,
    async predict(rows) {
      const values = new Float64Array(rows.rowCount * classes.length);
      scores(rows).forEach((score, row) => {
        const weights = classes.map((_, k) => Math.exp(2 * score * k - 2 * k * k + 2 * k));
        const total = weights.reduce((a, b) => a + b);
        for (const [k, weight] of weights.entries()) values[row * classes.length + k] = weight / total;
      });
      return { kind: 'probabilities', classCount: classes.length, values };
    },
  };
}

function mixedTable(rowCount: number, random: Random, share: number): Table {
  const draw = (f: () => number) =>
    Array.from({ length: rowCount }, () => (random.uniform() < share ? Number.NaN : f()));
  const income = draw(() => Math.round(1000 + 300 * random.normal()));
  const code = (count: number) =>
    Array.from({ length: rowCount }, () => (random.uniform() < share ? -1 : random.integer(count)));
  return tableOf([
    numbers('income', income, 'integer'),
    numbers(
      'debt',
      income.map((value) => value * 2 + 60 * random.normal()),
    ),
    numbers(
      'noise',
      draw(() => random.normal()),
    ),
    categories('island', code(3), islands),
    categories('name', code(2), ['Ann', 'Bo']),
  ]);
}

function targetOf(features: Table, task: Task, random: Random): Target {
  const noisy = scores(features).map((score) => score + 0.5 * random.normal());
  if (task === 'regression') return { kind: 'values', values: noisy };
  const classes = classesOf[task];
  const codes = Int32Array.from(noisy, (value) => Math.max(0, Math.min(classes.length - 1, Math.round(value))));
  return { kind: 'classes', codes, classes };
}

function fixture(
  title: string,
  task: Task,
  missing: number,
  keep: (table: Table) => Table = (table) => table,
): Fixture {
  const random = createRandom(7);
  const part = (rows: number) => {
    const features = keep(mixedTable(rows, random, missing));
    return datasetOf(features, targetOf(features, task, random), task);
  };
  return {
    title,
    predictor: scorePredictor(task),
    data: { train: part(400), evaluation: part(150), part: 'validation' },
  };
}

/** What every explainer (and attack) must cope with. */
export const fixtures: readonly Fixture[] = [
  fixture('binary', 'binary', 0),
  fixture('multiclass', 'multiclass', 0),
  fixture('regression', 'regression', 0),
  fixture('missing values', 'binary', 0.15),
  fixture('single column', 'regression', 0, (table) => ({ ...table, columns: [table.columns[0]] })),
];

const fittedOnes = new Map<string, Promise<Predictor>>();

/** The fixture as it suits the technique: one that reads models gets a fitted one that it can read in place of the hand-written one. */
export async function suited(explainer: Explainer<ExplainOptions, Result>, fixture: Fixture): Promise<Fixture> {
  const { needs, reads } = explainer;
  if (needs === 'text') return withTexts(fixture);
  if (needs === 'image') {
    const pictured = withPictures(fixture);
    return explainer.unsuited ? { ...pictured, predictor: await fitPictures(pictured) } : pictured;
  }
  if (!reads) return { ...fixture, predictor: (await fitCapable(explainer, fixture)) ?? fixture.predictor };
  const readsGraphs = reads.includes('graphs');
  const key = `${readsGraphs} ${fixture.title}`;
  const known = fittedOnes.get(key) ?? (readsGraphs ? fitAdditive(fixture) : fitReadable(fixture));
  fittedOnes.set(key, known);
  return { ...fixture, predictor: await known };
}

const sentences = ['A good book, and well made', 'dull and far too long', 'not bad, not good', 'well worth the money'];

/** The fixture with a column of texts: what is called good is worth an income of 500 more. */
function withTexts({ predictor, data, ...rest }: Fixture): Fixture {
  const added = (part: Dataset): Dataset => {
    const codes = Int32Array.from({ length: part.features.rowCount }, (_, row) => row % sentences.length);
    const texts: Column = { kind: 'coded', name: 'review', type: 'text', codes, levels: sentences };
    return { ...part, features: { ...part.features, columns: [...part.features.columns, texts] } };
  };
  const isGood = (column: Column, row: number) =>
    column.kind === 'coded' && /\bgood\b/.test(column.levels[column.codes[row]]);
  const predict: Predictor['predict'] = (rows) =>
    predictor.predict(richer(rows, (row) => (isGood(columnNamed(rows, 'review'), row) ? 500 : 0)));
  return {
    ...rest,
    predictor: { ...predictor, predict },
    data: { ...data, train: added(data.train), evaluation: added(data.evaluation) },
  };
}

const stripes: readonly Picture[] = [2, 5, 8].map((light) => ({
  width: 12,
  height: 12,
  pixels: Uint8Array.from({ length: 3 * 144 }, (_, at) => ((at / 3) % 12 < light ? 220 - (at % 7) : 40 + (at % 5))),
}));
const { paths } = lendPictures(stripes);

/** The fixture with a column of pictures: what is light at the top left is worth an income of 500 more. */
function withPictures({ predictor, data, ...rest }: Fixture): Fixture {
  const added = (part: Dataset): Dataset => {
    const codes = Int32Array.from({ length: part.features.rowCount }, (_, row) => row % paths.length);
    const photos: Column = { kind: 'coded', name: 'photo', type: 'image', codes, levels: paths };
    return { ...part, features: { ...part.features, columns: [...part.features.columns, photos] } };
  };
  const light = (column: Column, row: number) => {
    const isThere = column.kind === 'coded' && column.codes[row] >= 0;
    const picture = isThere ? thumbnail(column.levels[column.codes[row]]) : null;
    return picture ? picture.pixels.subarray(0, 12).reduce((sum, value) => sum + value, 0) / 12 / 255 : 0;
  };
  const predict: Predictor['predict'] = (rows) =>
    predictor.predict(richer(rows, (row) => 500 * light(columnNamed(rows, 'photo'), row)));
  return {
    ...rest,
    predictor: { ...predictor, predict },
    data: { ...data, train: added(data.train), evaluation: added(data.evaluation) },
  };
}

/** The rows with so much more income each. */
function richer(rows: Table, more: (row: number) => number): Table {
  const columns = rows.columns.map((column) =>
    column.name === 'income' && column.kind === 'numeric'
      ? { ...column, values: column.values.map((value, row) => value + more(row)) }
      : column,
  );
  return { ...rows, columns };
}

const fitAdditive = ({ data }: Fixture): Promise<Predictor> => {
  const { signal } = new AbortController();
  return ebm.fit({ train: data.train, seed: 1, signal, report: async () => 'continue' }, { bags: 2, interactions: 2 });
};

const readableOf: Readonly<Record<string, string>> = {
  binary: 'logistic',
  multiclass: 'tree',
  regression: 'ridge',
  'missing values': 'rules',
  'single column': 'elastic_net',
};

const fitReadable = ({ title, data }: Fixture): Promise<Predictor> => {
  const { signal } = new AbortController();
  const learner = learners.find(({ name }) => name === readableOf[title])!;
  const { train } = data;
  return learner.fit({ train, seed: 1, signal, report: async () => 'continue' }, learner.defaults(train.info));
};

/** Learners of which each has a capability that a technique may ask for, with what keeps them small. */
const capable: Readonly<Record<string, Params>> = { forest: { trees: 5 }, logistic: {}, ridge: {} };

/** A fitted model that suits a technique which does not suit every one. */
async function fitCapable({ unsuited }: Explainer<ExplainOptions, Result>, { title, data }: Fixture) {
  if (!unsuited) return undefined;
  const { signal } = new AbortController();
  const { train } = data;
  for (const [name, params] of Object.entries(capable)) {
    const learner = learners.find((one) => one.name === name)!;
    if (!learner.tags.tasks.includes(train.info.task)) continue;
    const learn = async () => learner.fit({ train, seed: 1, signal, report: async () => 'continue' }, params);
    const key = `${name} ${title}`;
    const known = fittedOnes.get(key) ?? learn();
    fittedOnes.set(key, known);
    const model = (await known) as Model;
    if (unsuited({ learner: name, facts: model.facts, info: train.info }) === undefined) return model;
  }
  const combined = await fitEnsemble({ train, task: train.info.task });
  if (unsuited({ learner: 'ensemble', facts: combined.facts, info: train.info }) === undefined) return combined;
  throw new RangeError('no learner of the fixtures suits the technique');
}

/** A convolutional network that has seen the pictures once. */
function fitPictures({ title, data: { train } }: Fixture): Promise<Predictor> {
  const learner = learners.find(({ name }) => name === 'cnn')!;
  const { signal } = new AbortController();
  const key = `cnn ${title}`;
  const params = { ...learner.defaults(train.info), size: 16, stages: 2, filters: 8, blocks: 0 };
  const context = { train, seed: 1, signal, resource: 1, report: async () => 'continue' as const };
  const known = fittedOnes.get(key) ?? learner.fit(context, params);
  fittedOnes.set(key, known);
  return known;
}

/** A tree and a linear model, on every other row each. */
async function fitEnsemble({ train, task }: { train: Dataset; task: Task }): Promise<Model> {
  const { signal } = new AbortController();
  const names = [task === 'regression' ? 'ridge' : 'logistic', 'tree'];
  const members = await Promise.all(
    names.map(async (name, trial) => {
      const learner = learners.find((one) => one.name === name)!;
      const own = takeDataset(
        train,
        [...train.rowIds.keys()].filter((row) => row % 2 === trial),
      );
      const model = await learner.fit(
        { train: own, seed: 1, signal, report: async () => 'continue' },
        learner.defaults(train.info),
      );
      return { trial, share: trial === 0 ? 0.7 : 0.3, models: [model] };
    }),
  );
  return ensembleOf(members, { kind: 'mean', weights: members.map(({ share }) => share) });
}
