import { z } from 'zod';
import { countWords, numberWords, percentWords } from '../../shared/results/numbers.ts';
import type { Sage, SageValue } from '../../shared/results/sage.ts';
import { type Dataset, takeDataset, takeTarget } from '../data/dataset.ts';
import { type Table, takeRows } from '../data/table.ts';
import type { Prediction, Predictor } from '../models/predictor.ts';
import { createRandom, type Random } from '../random.ts';
import { mean } from '../statistics/mean.ts';
import { type CountedPredictor, countPredictions } from './counted-predictor.ts';
import type { ExplainData, Explainer } from './explainer.ts';
import { rowLosses } from './row-losses.ts';
import { sampleRows } from './sample-rows.ts';
import { CoalitionValues } from './shapley/coalition-values.ts';
import { HybridRows } from './shapley/hybrid-rows.ts';
import { type Player, playersOf } from './shapley/players.ts';
import { beyondRounding } from './shapley/rounding.ts';
import { fraction, type OptionsOf, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  permutations: whole(500, 'At most this many permutations, in pairs of one and its reverse.'),
  precision: fraction(0.025, "It ends when the largest standard error is this share of the values' range."),
  background: whole(40, 'Training rows that columns which are not known take their values from, a seeded sample.'),
  columns: whole(40, 'Columns that are told apart, those first that move predictions most; the others are one.'),
});
export type SageOptions = OptionsOf<typeof settable>;
type Settings = z.output<typeof settable>;

/** Pairs of permutations that are asked at once, and the fewest before it may end. */
const [pairsAtOnce, fewestPairs] = [8, 24];
/** Standard errors on either side of a 95 % interval. */
const normal95 = 1.96;
/** Rows by which the strongest of very many columns are found. */
const screeningRows = 3;

/**
 * SAGE (Covert, Lundberg and Lee 2020, algorithm 1): Shapley values of the loss that the columns save, by sampled permutations, each with its
 * reverse, over random rows. Predictions without some columns are means over background rows. Ends by their rule of convergence.
 * Throws a RangeError on an option out of range or an empty part.
 */
export const sage: Explainer<SageOptions, Sage> = {
  kind: 'sage',
  title: 'What each column takes off the loss',
  question: 'which columns matter',
  scope: 'model',
  byDefault: false,
  options: settable,
  async explain(predictor, data, given, progress, signal, enough = () => false) {
    const { seed, settings: options } = readOptions(settable, given);
    check(data);
    const { train, evaluation, part } = data;
    const random = createRandom(seed);
    const counted = countPredictions(predictor, signal);
    const picked = sampleRows(train.features.rowCount, options.background, random.fork('background'));
    const background = takeRows(train.features, picked);
    const nobody = meanPrediction(await counted.predict(background));
    const players = await chosenPlayers(counted, evaluation.features, background, options.columns, random, enough);
    const sampled = await samplePairs(
      { counted, evaluation, background, nobody, players },
      options,
      random.fork('permutations'),
      enough,
      (share) => progress(0.95 * share),
    );
    const size = Math.max(...sampled.lossOfNone, ...sampled.lossOfAll);
    const found = spreads(sampled.pairs).map(({ value, error }) => ({ value: beyondRounding(value, size), error }));
    progress(1);
    return {
      kind: 'sage',
      version: 1,
      question: 'which columns matter',
      options,
      seed,
      dataHash: evaluation.info.hash,
      cost: counted.cost(),
      ...(sampled.isCut && {
        partial: `Ended after ${countWords(2 * sampled.pairs.length, 'permutation')} of ${options.permutations.toLocaleString('en-US')}, before the values had settled.`,
      }),
      quality: qualityOf(found, options.precision),
      loss: evaluation.target.kind === 'classes' ? 'log loss' : 'squared error',
      lossOfNone: sampled.pairs.length > 0 ? mean(sampled.lossOfNone) : null,
      lossOfAll: sampled.pairs.length > 0 ? mean(sampled.lossOfAll) : null,
      rows: new Set(sampled.rows).size,
      rowsAvailable: evaluation.features.rowCount,
      part,
      background: { rows: picked.length, available: train.features.rowCount },
      permutations: 2 * sampled.pairs.length,
      converged: ratioOf(found) <= options.precision,
      columns: valuesOf(found, players, background),
    };
  },
};

function check({ train, evaluation, part }: ExplainData): void {
  if (evaluation.features.rowCount === 0) throw new RangeError(`the ${part} part has no rows to explain`);
  if (train.features.rowCount === 0) throw new RangeError('there are no training rows for a background');
}

/** [outputs] */
function meanPrediction(prediction: Prediction): Float64Array {
  const width = prediction.kind === 'values' ? 1 : prediction.classCount;
  const means = new Float64Array(width);
  const rows = prediction.values.length / width;
  prediction.values.forEach((value, i) => {
    means[i % width] += value / rows;
  });
  return means;
}

/** Every column by itself; of very many those that move the predictions of a few rows most when their values are taken away. */
async function chosenPlayers(
  counted: CountedPredictor,
  rows: Table,
  background: Table,
  most: number,
  random: Random,
  enough: () => boolean,
): Promise<Player[]> {
  const columns = background.columns.map((_, j) => j);
  if (columns.length <= most) return playersOf(columns, [], most);
  const strengths = new Float64Array(columns.length);
  const few = takeRows(background, [...Array(Math.min(screeningRows, background.rowCount)).keys()]);
  const explained = takeRows(rows, sampleRows(rows.rowCount, screeningRows, random.fork('screened')));
  const hybrid = new HybridRows(
    explained,
    few,
    columns.map((column) => [column]),
  );
  const asking = new CoalitionValues(counted, hybrid, columns.length, columns.length);
  const own = await counted.predict(explained);
  const outputs = own.values.length / explained.rowCount;
  const members = new Uint8Array(columns.length * columns.length).fill(1);
  for (const column of columns) members[column * columns.length + column] = 0;
  for (let row = 0; row < explained.rowCount; row++) {
    const rowOf = new Uint32Array(columns.length).fill(row);
    const { values } = await asking.ask(members, outputs, enough, () => {}, rowOf);
    values.forEach((value, i) => {
      strengths[Math.floor(i / outputs)] += Math.abs(value - own.values[row * outputs + (i % outputs)]);
    });
  }
  return playersOf(columns, strengths, most);
}

interface SageProblem {
  readonly counted: CountedPredictor;
  readonly evaluation: Dataset;
  readonly background: Table;
  readonly nobody: Float64Array;
  readonly players: readonly Player[];
}

interface Sampled {
  /** Of each pair of permutations: [players] what each takes off the loss of one row, mean of both. */
  readonly pairs: Float64Array[];
  /** [pairs] */
  readonly rows: number[];
  readonly lossOfNone: number[];
  readonly lossOfAll: number[];
  isCut: boolean;
}

async function samplePairs(
  problem: SageProblem,
  { permutations, precision }: Settings,
  random: Random,
  enough: () => boolean,
  progress: (share: number) => void,
): Promise<Sampled> {
  const sampled: Sampled = { pairs: [], rows: [], lossOfNone: [], lossOfAll: [], isCut: false };
  const most = Math.max(1, Math.ceil(permutations / 2));
  while (sampled.pairs.length < most) {
    progress(sampled.pairs.length / most);
    const wanted = Math.min(pairsAtOnce, most - sampled.pairs.length);
    const had = sampled.pairs.length;
    await addPairs(problem, wanted, random, enough, sampled);
    if (sampled.pairs.length < had + wanted) {
      sampled.isCut = true;
      break;
    }
    if (sampled.pairs.length >= fewestPairs && ratioOf(spreads(sampled.pairs)) <= precision) break;
  }
  return sampled;
}

/** Draws rows and permutations, asks for all their coalitions at once, and adds what the pairs say that were answered whole. */
async function addPairs(
  { counted, evaluation, background, nobody, players }: SageProblem,
  count: number,
  random: Random,
  enough: () => boolean,
  into: Sampled,
): Promise<void> {
  const drawn = Array.from({ length: count }, () => random.integer(evaluation.features.rowCount));
  const orders = drawn.map(() => random.permutation(players.length));
  const explained = takeDataset(evaluation, drawn);
  const steps = players.length - 1;
  const members = new Uint8Array(count * 2 * steps * players.length);
  const rowOf = new Uint32Array(count * 2 * steps);
  for (const [pair, order] of orders.entries()) {
    for (const [side, own] of [order, order.toReversed()].entries()) {
      for (let step = 0; step < steps; step++) {
        const coalition = (2 * pair + side) * steps + step;
        rowOf[coalition] = pair;
        for (let i = 0; i <= step; i++) members[coalition * players.length + own[i]] = 1;
      }
    }
  }
  const hybrid = new HybridRows(explained.features, background, players);
  const asking = new CoalitionValues(counted, hybrid, background.columns.length, players.length);
  const full = await counted.predict(explained.features);
  const { values, asked } = await asking.ask(members, nobody.length, enough, () => {}, rowOf);
  const answered = steps > 0 ? Math.floor(asked / (2 * steps)) : count;
  const losses = (predicted: Float64Array, of: ArrayLike<number>) =>
    rowLosses(asPrediction(counted, predicted), takeTarget(explained.target, of));
  const middle = losses(
    values.subarray(0, answered * 2 * steps * nobody.length),
    rowOf.subarray(0, answered * 2 * steps),
  );
  const all = losses(full.values, [...drawn.keys()]);
  const none = losses(repeated(nobody, count), [...drawn.keys()]);
  for (let pair = 0; pair < answered; pair++) {
    const saved = new Float64Array(players.length);
    for (const [side, own] of [orders[pair], orders[pair].toReversed()].entries()) {
      let before = none[pair];
      for (let step = 0; step < players.length; step++) {
        const after = step < steps ? middle[(2 * pair + side) * steps + step] : all[pair];
        saved[own[step]] += (before - after) / 2;
        before = after;
      }
    }
    into.pairs.push(saved);
    into.rows.push(drawn[pair]);
    into.lossOfNone.push(none[pair]);
    into.lossOfAll.push(all[pair]);
  }
}

const asPrediction = ({ classes }: Predictor, values: Float64Array): Prediction =>
  classes ? { kind: 'probabilities', classCount: classes.length, values } : { kind: 'values', values };

const repeated = (one: Float64Array, count: number): Float64Array =>
  Float64Array.from({ length: one.length * count }, (_, i) => one[i % one.length]);

interface Spread {
  readonly value: number;
  /** Of the value, over the pairs. */
  readonly error: number;
}

/** [players] */
function spreads(pairs: readonly Float64Array[]): Spread[] {
  const count = pairs.length;
  return Array.from(pairs[0] ?? [], (_, player) => {
    const value = mean(pairs.map((saved) => saved[player]));
    const squares = pairs.reduce((sum, saved) => sum + (saved[player] - value) ** 2, 0);
    // Of one pair alone nothing is known: its value may be anything.
    return { value, error: count > 1 ? Math.sqrt(squares / (count - 1) / count) : Math.abs(value) };
  });
}

/** The largest error beside the range of the values: what convergence is judged by. Infinity where there is no range. */
function ratioOf(found: readonly Spread[]): number {
  const values = found.map(({ value }) => value);
  const range = Math.max(...values) - Math.min(...values);
  return found.length > 1 && range > 0
    ? Math.max(...found.map(({ error }) => error)) / range
    : Number.POSITIVE_INFINITY;
}

/** Largest first. */
function valuesOf(found: readonly Spread[], players: readonly Player[], { columns }: Table): SageValue[] {
  const values = found.map(({ value, error }, player): SageValue => {
    const interval = { low: value - normal95 * error + 0, high: value + normal95 * error + 0 };
    return {
      columns: players[player].map((column) => columns[column].name),
      value: value + 0,
      interval,
      distinguishable: value !== 0 && (interval.low > 0 || interval.high < 0),
    };
  });
  return values.sort((a, b) => b.value - a.value);
}

function qualityOf(found: readonly Spread[], precision: number): Sage['quality'] {
  const measure = "largest standard error over the values' range";
  const ratio = ratioOf(found);
  if (!Number.isFinite(ratio))
    return { measure, value: null, words: 'There is nothing that the columns could be compared by.' };
  const widest = normal95 * Math.max(...found.map(({ error }) => error));
  const settled =
    ratio <= precision ? 'The values have settled' : 'The values have not settled yet: more permutations would help';
  return {
    measure,
    value: ratio,
    words: `${settled}; each is within ± ${numberWords(widest, 2)} with 95 % confidence, the largest standard error ${percentWords(ratio)} of their range.`,
  };
}
