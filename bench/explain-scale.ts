import { parseArgs } from 'node:util';
import { type Dataset, takeDataset } from '../src/engine/data/dataset.ts';
import type { Column } from '../src/engine/data/table.ts';
import type { Explainer, ExplainOptions } from '../src/engine/explain/explainer.ts';
import { explainers } from '../src/engine/explain/registry.ts';
import { unsuitedWords } from '../src/engine/explain/unsuited-words.ts';
import { learners } from '../src/engine/learners/registry.ts';
import type { Model } from '../src/engine/models/model.ts';
import { createRandom } from '../src/engine/random.ts';
import { fitSimple } from '../src/engine/run/simple-models.ts';
import type { Result } from '../src/shared/results/result.ts';
import type { Params } from '../src/shared/space.ts';

/**
 * node bench/explain-scale.ts [--rows 100000] [--columns 20] [--learners forest,boosting,ebm,mlp] [--kinds effects,sage] [--unhurried]: seconds,
 * and seconds of the processor, of every technique on a table of so many rows and columns (a fifth held out, four columns of levels), those
 * that are made by default first; after 10 s it is told that it is enough, as in the engine, unless unhurried. Predictions are asked once
 * before, so that nothing is built within.
 */
const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    columns: { type: 'string', default: '20' },
    learners: { type: 'string', default: 'forest,boosting,ebm,mlp' },
    kinds: { type: 'string' },
    unhurried: { type: 'boolean', default: false },
  },
});
const { signal } = new AbortController();
const limit = 10_000;
const levels = ['north', 'south', 'east', 'west', 'middle'];

function generated(rowCount: number, count: number): Dataset {
  const random = createRandom(1);
  const columns = Array.from({ length: count }, (_, j): Column => {
    if (j % 5 === 4)
      return {
        kind: 'coded',
        name: `c${j}`,
        type: 'category',
        codes: Int32Array.from({ length: rowCount }, () => random.integer(5)),
        levels,
      };
    return {
      kind: 'numeric',
      name: `c${j}`,
      type: 'number',
      values: Float64Array.from({ length: rowCount }, () => random.normal()),
    };
  });
  const number = (j: number, row: number) => {
    const column = columns[j % count];
    return column.kind === 'numeric' ? column.values[row] : column.codes[row] - 2;
  };
  const classes = ['no', 'yes'];
  const codes = Int32Array.from({ length: rowCount }, (_, row) => {
    const score = number(0, row) + number(1, row) * number(2, row) + 0.5 * number(4, row) + random.normal();
    return score > 0 ? 1 : 0;
  });
  const infos = columns.map(({ name, type }) => ({
    name,
    type,
    reason: 'made',
    role: 'feature' as const,
    missing: 0,
    distinct: 5,
  }));
  return {
    info: {
      path: 'made.csv',
      rowCount,
      columns: infos,
      target: 'outcome',
      task: 'binary',
      classes,
      hash: 'made',
      notes: [],
    },
    features: { rowCount, columns },
    target: { kind: 'classes', codes, classes },
    rowIds: Uint32Array.from({ length: rowCount }, (_, row) => row),
    keys: { rowCount, columns: [] },
  };
}

/** Of the size that a search would make, but quick to fit. */
const paramsOf: Readonly<Record<string, Params>> = { mlp: { layers: 1, units: 32, batch_size: 1024 } };

async function fitted(name: string, train: Dataset): Promise<Model> {
  const learner = learners.find((one) => one.name === name);
  if (!learner) throw new RangeError(`no learner ${name}`);
  const params = { ...learner.defaults(train.info), ...paramsOf[name] };
  return learner.fit({ train, seed: 1, signal, report: async () => 'continue' }, params);
}

type AnyExplainer = Explainer<ExplainOptions, Result>;

async function measure(model: Model, train: Dataset, evaluation: Dataset, explainer: AnyExplainer): Promise<string> {
  const before = process.cpuUsage();
  const begin = performance.now();
  const enough = () => !options.unhurried && performance.now() - begin > limit;
  const given = { train, evaluation, part: 'validation' as const, fitSimple };
  const result = await explainer.explain(model, given, { seed: 1, row: 3 }, () => {}, signal, enough);
  const seconds = (performance.now() - begin) / 1000;
  const { user, system } = process.cpuUsage(before);
  const cells = [
    seconds.toFixed(1),
    ((user + system) / 1e6).toFixed(1),
    result.cost.predictions.toLocaleString('en-US'),
  ];
  return cells.map((cell) => cell.padStart(13)).join('') + (result.partial ? `  ${result.partial}` : '');
}

const rows = Number(options.rows);
const whole = generated(rows, Number(options.columns));
const places = [...whole.rowIds];
const train = takeDataset(
  whole,
  places.filter((row) => row % 5 > 0),
);
const evaluation = takeDataset(
  whole,
  places.filter((row) => row % 5 === 0),
);
const all: readonly AnyExplainer[] = explainers;
const chosen = all.filter(({ kind }) => !options.kinds || options.kinds.split(',').includes(kind));
for (const name of options.learners.split(',')) {
  const model = await fitted(name, train);
  await model.predict(takeDataset(evaluation, places.slice(0, 10)).features);
  console.log(`${name.padEnd(26)}${['s', 'cpu s', 'predictions'].map((head) => head.padStart(13)).join('')}`);
  const suited = chosen.filter(
    (one) => unsuitedWords(one, { learner: name, facts: model.facts, info: whole.info }) === undefined,
  );
  for (const explainer of [...suited.filter((one) => one.byDefault), ...suited.filter((one) => !one.byDefault)]) {
    const mark = explainer.byDefault ? '* ' : '  ';
    console.log(`${mark}${explainer.kind.padEnd(24)}${await measure(model, train, evaluation, explainer)}`);
  }
}
