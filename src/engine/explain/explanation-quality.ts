import { z } from 'zod';
import {
  type Agreement,
  type ExplanationQuality,
  type JudgedMethod,
  type MethodQuality,
  methodTitles,
  mostFaithful,
  verdictWords,
} from '../../shared/results/explanation-quality.ts';
import { countWords, numberWords } from '../../shared/results/numbers.ts';
import { takeDataset } from '../data/dataset.ts';
import { record, type Table, takeRows } from '../data/table.ts';
import { createRandom, type Random } from '../random.ts';
import { type CountedPredictor, countPredictions } from './counted-predictor.ts';
import { type ExplainedOutput, explainedOutput } from './explained-output.ts';
import { checkRow } from './explained-row.ts';
import type { ExplainData, Explainer } from './explainer.ts';
import { type Attributor, attributors, keptValues, narrowed } from './explanation-quality/attributors.ts';
import { alongOrder, areaUnder, faithfulness, randomSubsets } from './explanation-quality/faithfulness.ts';
import {
  byContribution,
  judged,
  overPairs,
  placeAgreement,
  relativeDistance,
  sharedTop,
  shuffled,
  signAgreement,
  strongest,
} from './explanation-quality/random-comparison.ts';
import { rowNearby, spreadsOf } from './explanation-quality/rows-nearby.ts';
import { sampleRows } from './sample-rows.ts';
import { HybridRows } from './shapley/hybrid-rows.ts';
import { type OptionsOf, positive, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  subsets: whole(100, 'Random sets of columns behind the faithfulness.'),
  background: whole(20, 'Training rows that columns which are taken away get their values from, a seeded sample.'),
  rowCap: whole(250, 'Training rows that the techniques learn from, a seeded sample.'),
  columns: whole(30, 'Columns that are judged, those first that move the prediction most by themselves.'),
  nearby: whole(200, 'Rows nearby behind the sensitivity.'),
  radius: positive(0.2, 'How far they are, in spreads of the columns.'),
  sensitivityBudget: whole(
    200_000,
    'Predictions that the sensitivity may cost, fewer of very many columns: a dear technique is judged on fewer rows nearby.',
  ),
  seeds: whole(5, 'Seeds behind the stability.'),
  randomOnes: whole(
    200,
    'Random explanations that each figure is compared with, but for those that cost predictions: a tenth of them.',
  ),
});
export type ExplanationQualityOptions = OptionsOf<typeof settable>;
type Settings = z.output<typeof settable>;

/** Most columns that are compared as the strongest. */
const mostTop = 5;
/** Cells that the predictions of the sensitivity may look at. */
const mostCells = 4e7;
/** Background rows by which the strongest of very many columns are found. */
const screeningRows = 4;

/**
 * How far explanations of one row can be believed, whatever technique made them: faithfulness correlation (Bhatt, Weller and Moura 2020),
 * deletion and insertion (Petsiuk, Das and Saenko 2018) against background rows, max-sensitivity (Yeh et al. 2019), stability over seeds
 * and agreement between techniques (Krishna et al. 2022). Each figure stands beside that of random explanations: the same
 * numbers dealt to the columns at random. Throws a RangeError on an option out of range or an unknown row.
 */
export const explanationQuality: Explainer<ExplanationQualityOptions, ExplanationQuality> = {
  kind: 'explanation-quality',
  title: 'Can the reasons be trusted',
  question: 'when can it be trusted',
  scope: 'one row',
  byDefault: false,
  options: settable,
  async explain(predictor, data, given, progress, signal, enough = () => false) {
    const { seed, row: rowIndex, settings: options } = readOptions(settable, given);
    check(rowIndex, data);
    const { train, evaluation } = data;
    const random = createRandom(seed);
    const counted = countPredictions(predictor, signal);
    let besides = 0;
    const explained = takeRows(evaluation.features, [rowIndex]);
    const prediction = await counted.predict(explained);
    const output = explainedOutput(predictor, prediction, undefined);
    const pick = (cap: number, label: string) => sampleRows(train.features.rowCount, cap, random.fork(label));
    const picked = takeDataset(train, pick(options.background, 'background'));
    const background = picked.features;
    const isWide = background.columns.length > options.columns;
    const names = isWide
      ? await movingColumns(counted, explained, background, output, options.columns)
      : background.columns.map(({ name }) => name);
    const only = (table: Table) => (isWide ? withColumnsNamed(table, names) : table);
    const model = isWide ? narrowed(counted, explained) : counted;
    const ground = only(background);
    const row = inKindsOf(ground, only(explained));
    const learnt = takeDataset(train, pick(options.rowCap, 'training'));
    const all = attributors({
      counted: model,
      predictor: isWide ? model : predictor,
      output,
      background: { ...picked, features: ground },
      train: { ...learnt, features: only(learnt.features) },
      data,
      signal,
      spent: (predictions) => {
        besides += predictions;
      },
    });
    const task: Judging = {
      model,
      output,
      row,
      ground,
      learnt: only(learnt.features),
      width: background.columns.length,
      options,
      enough,
      random,
    };
    const judging = await judgeAll(task, all, progress);
    progress(1);
    const cost = counted.cost();
    const result = { methods: judging.methods, agreements: judging.agreements };
    return {
      kind: 'explanation-quality',
      version: 1,
      question: 'when can it be trusted',
      options,
      seed,
      dataHash: evaluation.info.hash,
      cost: { ...cost, predictions: cost.predictions + besides },
      ...(judging.partial && { partial: judging.partial }),
      quality: qualityOf(judging.methods),
      row: record(evaluation.features, rowIndex),
      rowIndex,
      ...(output.name !== undefined && { class: output.name }),
      unit: output.name === undefined ? evaluation.info.target : `probability of ${output.name}`,
      prediction: output.of(prediction)[0],
      base: judging.base,
      ...result,
      top: topOf(names.length),
      columns: names.length,
      columnsAvailable: background.columns.length,
      background: { rows: ground.rowCount, available: train.features.rowCount },
      subsets: options.subsets,
      nearby: judging.nearby,
    };
  },
};

function check(row: number, data: ExplainData): void {
  checkRow(row, data);
  if (data.train.features.rowCount === 0) throw new RangeError('there are no training rows for a background');
}

const topOf = (columns: number): number => Math.max(1, Math.min(mostTop, columns >> 1));

const withColumnsNamed = ({ rowCount, columns }: Table, names: readonly string[]): Table => {
  const wanted = new Set(names);
  return { rowCount, columns: columns.filter(({ name }) => wanted.has(name)) };
};

/** The row with the levels of the background first. */
const inKindsOf = (background: Table, row: Table): Table => {
  const one = takeRows(background, [0]);
  const players = background.columns.map((_, column) => [column]);
  return new HybridRows(row, one, players).table(new Uint8Array(players.length).fill(1), 0, 1);
};

/** The columns whose own value alone moves a few background rows' predictions most. */
async function movingColumns(
  counted: CountedPredictor,
  row: Table,
  background: Table,
  output: ExplainedOutput,
  most: number,
): Promise<string[]> {
  const few = takeRows(background, [...Array(Math.min(screeningRows, background.rowCount)).keys()]);
  const count = few.columns.length;
  const members = new Uint8Array(count * (count + 1));
  for (let column = 0; column < count; column++) members[(column + 1) * count + column] = 1;
  const [nobody, ...alone] = await keptValues(counted, row, few, members, output);
  const moved = Float64Array.from(alone, (value) => value - nobody);
  return Array.from(strongest(moved, most), (column) => few.columns[column].name);
}

interface Judging {
  readonly model: CountedPredictor;
  readonly output: ExplainedOutput;
  readonly row: Table;
  readonly ground: Table;
  readonly learnt: Table;
  /** Columns of a row that is predicted. */
  readonly width: number;
  readonly options: Settings;
  readonly enough: () => boolean;
  readonly random: Random;
}

interface Explained {
  readonly attributor: Attributor;
  readonly contributions: Float64Array;
  readonly cost: number;
  own: MethodQuality;
}

/** The figures of all techniques, the cheap ones first, until it is enough. */
async function judgeAll(task: Judging, all: readonly Attributor[], progress: (share: number) => void) {
  const { model, row, random, enough, options, ground } = task;
  const names = ground.columns.map(({ name }) => name);
  const top = topOf(names.length);
  const explained: Explained[] = [];
  for (const [i, attributor] of all.entries()) {
    if (i > 0 && enough()) break;
    progress((0.1 * i) / all.length);
    const before = model.cost().predictions;
    const contributions = await attributor.attribute(row, 1 + random.fork('seed 0').integer(1e9));
    const told = strongest(contributions, top).filter((column) => contributions[column] !== 0);
    const own = { method: attributor.method, strongest: Array.from(told, (column) => names[column]) };
    explained.push({ attributor, contributions, cost: model.cost().predictions - before, own });
  }
  const agreements = agreementsOf(explained, top, options.randomOnes, random.fork('agreement'));
  const base = await judgeFaithfulness(task, explained, progress);
  const isStable = !enough() && (await judgeStability(task, explained, top, (share) => progress(0.4 + 0.1 * share)));
  const nearby = await judgeSensitivity(task, explained, (share) => progress(0.5 + 0.5 * share));
  return {
    methods: explained.map(({ own }) => own),
    agreements,
    base,
    nearby: nearby.done,
    ...(explained.length < all.length || !isStable || nearby.done < nearby.wanted
      ? { partial: partialWords(explained.length, all.length, isStable, nearby.done, nearby.wanted) }
      : {}),
  };
}

const partialWords = (methods: number, of: number, isStable: boolean, nearby: number, wanted: number): string => {
  if (methods < of) return `Ended after ${countWords(methods, 'technique')} of ${of}.`;
  if (!isStable) return 'Ended before the stability over seeds and the sensitivity were known.';
  return `Ended after ${nearby} of ${countWords(wanted, 'row')} nearby.`;
};

function agreementsOf(all: readonly Explained[], top: number, randomOnes: number, random: Random): Agreement[] {
  return all.flatMap((a, i) =>
    all.slice(i + 1).map((b): Agreement => {
      const beside = (of: typeof signAgreement) =>
        judged(
          of(a.contributions, b.contributions, top),
          Array.from({ length: randomOnes }, () => of(a.contributions, shuffled(b.contributions, random), top)),
          'high',
        );
      const methods: [JudgedMethod, JudgedMethod] = [a.own.method, b.own.method];
      return { methods, signs: beside(signAgreement), places: beside(placeAgreement) };
    }),
  );
}

/** Faithfulness, deletion and insertion; gives back what is predicted where no column is known. */
async function judgeFaithfulness(
  { model, row, ground, output, options, random, enough }: Judging,
  all: readonly Explained[],
  progress: (share: number) => void,
): Promise<number> {
  const columns = ground.columns.length;
  const ask = (members: Uint8Array) => keptValues(model, row, ground, members, output);
  const [whole, base] = await ask(Uint8Array.from({ length: 2 * columns }, (_, i) => (i < columns ? 1 : 0)));
  if (enough()) return base;
  const subsets = randomSubsets(columns, options.subsets, random.fork('subsets'));
  const losses = (await ask(subsets)).map((value) => whole - value);
  progress(0.2);
  for (const one of all)
    one.own = {
      ...one.own,
      faithfulness: faithfulness(one.contributions, subsets, losses, options.randomOnes, random.fork('faithfulness')),
    };
  const areas = async (order: Uint32Array, way: 'deletion' | 'insertion') =>
    areaUnder(await ask(alongOrder(order, way)));
  const stream = random.fork('orders');
  const orders = Array.from({ length: Math.ceil(options.randomOnes / 10) }, () => stream.permutation(columns));
  for (const way of ['deletion', 'insertion'] as const) {
    if (enough()) return base;
    const randomOnes: number[] = [];
    for (const order of orders) randomOnes.push(await areas(order, way));
    for (const one of all) {
      const isNothing =
        columns < 2 || Math.abs(whole - base) < 1e-12 || one.contributions.every((value) => value === 0);
      const area = isNothing ? null : await areas(byContribution(one.contributions), way);
      const goal = way === 'deletion' ? 'low' : 'high';
      one.own = { ...one.own, [way]: area === null ? null : judged(area, randomOnes, goal) };
    }
    progress(way === 'deletion' ? 0.3 : 0.4);
  }
  return base;
}

/** Whether all techniques were judged. */
async function judgeStability(
  { row, options, random, enough }: Judging,
  all: readonly Explained[],
  top: number,
  progress: (share: number) => void,
): Promise<boolean> {
  const stream = random.fork('stability');
  for (const [i, one] of all.entries()) {
    const again = [one.contributions];
    for (let seed = 1; seed < options.seeds; seed++) {
      if (enough()) return false;
      again.push(await one.attributor.attribute(row, 1 + random.fork(`seed ${seed}`).integer(1e9)));
    }
    const isNothing = again.length < 2 || one.contributions.every((value) => value === 0);
    const shared = (a: Float64Array, b: Float64Array) => sharedTop(a, b, top);
    const dealt = () => again.map((values) => shuffled(values, stream));
    const randomOnes = () => Array.from({ length: options.randomOnes }, () => overPairs(dealt(), shared));
    one.own = { ...one.own, stability: isNothing ? null : judged(overPairs(again, shared), randomOnes(), 'high') };
    progress((i + 1) / all.length);
  }
  return true;
}

/** How many rows nearby all techniques were judged on, and how many they should have been: fewer where they are dear. */
async function judgeSensitivity(
  { row, learnt, width, options, random, enough }: Judging,
  all: readonly Explained[],
  progress: (share: number) => void,
): Promise<{ readonly done: number; readonly wanted: number }> {
  const spreads = spreadsOf(learnt);
  const stream = random.fork('nearby');
  const seed = 1 + random.fork('seed 0').integer(1e9);
  const cost = all.reduce((sum, one) => sum + one.cost, 0);
  const budget = Math.min(options.sensitivityBudget, mostCells / width);
  const most = Math.min(options.nearby, Math.max(1, Math.floor(budget / Math.max(1, cost))));
  const largest = all.map(() => 0);
  let done = 0;
  for (; done < most && !enough(); done++) {
    const near = rowNearby(row, learnt, spreads, options.radius, stream);
    for (const [i, { attributor, contributions }] of all.entries())
      largest[i] = Math.max(largest[i], relativeDistance(contributions, await attributor.attribute(near, seed)));
    progress((done + 1) / most);
  }
  if (done === 0) return { done, wanted: most };
  const dealt = random.fork('dealt');
  const randomLargest = (values: Float64Array) => {
    let most = 0;
    for (let i = 0; i < done; i++) most = Math.max(most, relativeDistance(values, shuffled(values, dealt)));
    return most;
  };
  all.forEach((one, i) => {
    const { contributions } = one;
    const isNothing = contributions.every((value) => value === 0);
    const randomOnes = () =>
      Array.from({ length: Math.ceil(options.randomOnes / 10) }, () => randomLargest(contributions));
    one.own = { ...one.own, sensitivity: isNothing ? null : judged(largest[i], randomOnes(), 'low') };
  });
  return { done, wanted: most };
}

function qualityOf(methods: readonly MethodQuality[]): ExplanationQuality['quality'] {
  const measure = 'faithfulness of the most faithful explanation';
  const best = mostFaithful({ methods });
  if (!best?.faithfulness)
    return {
      measure,
      value: null,
      words:
        'The prediction does not change with sets of columns, so there is nothing that an explanation could be held to.',
    };
  const { value } = best.faithfulness;
  return {
    measure,
    value,
    words: `${methodTitles[best.method]} is the most faithful here: what it says correlates ${numberWords(value, 2)} with what the prediction loses, ${verdictWords(best.faithfulness)}.`,
  };
}
