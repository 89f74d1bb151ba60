import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { Example, Examples } from '../../shared/results/examples.ts';
import { type Target, takeTarget } from '../data/dataset.ts';
import { record, type Table, takeRows } from '../data/table.ts';
import { mostProbable } from '../metrics/classification.ts';
import type { Prediction, Predictor } from '../models/predictor.ts';
import { createRandom, type Random } from '../random.ts';
import { mean, standardDeviation } from '../statistics/mean.ts';
import { comparedRows } from './by-example/compared-rows.ts';
import { modelDistances } from './by-example/model-space.ts';
import { countPredictions } from './counted-predictor.ts';
import { checkRow } from './explained-row.ts';
import type { ExplainData, Explainer } from './explainer.ts';
import { gower } from './gower.ts';
import { nearestPrototypes, prototypes, rbfKernel } from './mmd-critic.ts';
import { sampleRows } from './sample-rows.ts';
import { type OptionsOf, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  neighbours: whole(5, 'Training rows shown beside the explained one.'),
  prototypes: whole(6, 'Typical rows.'),
  space: z
    .enum(['columns', 'model'])
    .default('columns')
    .describe(
      "Where rows are near: in their columns, or in the model's own space (leaves of its trees, else its predictions).",
    ),
  modelRows: whole(20_000, "Training rows that are searched in the model's own space, a seeded sample."),
  rowCap: whole(800, 'Training rows that prototypes are chosen from, a seeded sample, fewer of very many columns.'),
});
export type ExamplesOptions = OptionsOf<typeof settable>;
type Settings = z.output<typeof settable>;

/**
 * Explains by example: the training rows nearest to one row by Gower's distance (1971), and the training part's
 * prototypes by MMD-critic (Kim et al. 2016) with an RBF kernel on that distance, its bandwidth by the median heuristic.
 * Nothing is fitted; the model is asked only what it predicts for the rows shown, but where rows are to be near in its own space. Throws a RangeError on an unknown row or
 * an option out of range.
 */
export const examples: Explainer<ExamplesOptions, Examples> = {
  kind: 'examples',
  title: 'Which rows are like it',
  question: 'which examples are like this',
  scope: 'one row',
  byDefault: true,
  options: settable,
  async explain(predictor, data, given, progress, signal) {
    const { seed, row: rowIndex, settings: options } = readOptions(settable, given);
    check(rowIndex, data);
    const { train, evaluation } = data;
    const counted = countPredictions(predictor, signal);
    const row = takeRows(evaluation.features, [rowIndex]);
    progress(0);
    const searched = sampleRows(train.features.rowCount, options.modelRows, createRandom(seed).fork('searched'));
    const model =
      options.space === 'model'
        ? await modelDistances(predictor, counted, row, takeRows(train.features, searched), () => turn(signal))
        : null;
    const near = model
      ? nearestOf(model.distances, options.neighbours, searched)
      : await nearestRows(row, train.features, options.neighbours, signal);
    progress(0.5);
    const typical = await typicalRows(train.features, options, createRandom(seed).fork('prototypes'), signal);
    progress(0.9);
    const shown = [...near.rows, ...typical.rows];
    const said = answers(await counted.predict(takeRows(train.features, shown)), predictor);
    const [prediction] = answers(await counted.predict(row), predictor);
    const example = (index: number, i: number): Example => ({
      rowIndex: index,
      row: record(train.features, index),
      truth: truthOf(train.target, index),
      predicted: said[i],
    });
    progress(1);
    return {
      kind: 'examples',
      version: 1,
      question: 'which examples are like this',
      options: {
        ...options,
        kernel: 'RBF on Gower distance, bandwidth = median distance',
        bandwidth: typical.bandwidth,
      },
      seed,
      dataHash: evaluation.info.hash,
      cost: counted.cost(),
      quality: qualityOf(prediction, takeTarget(train.target, near.rows), train.target),
      rowIndex,
      row: record(evaluation.features, rowIndex),
      prediction,
      ...(model && { space: { kind: model.space, rows: searched.length, available: train.features.rowCount } }),
      nearest: near.rows.map((index, i) => ({ ...example(index, i), distance: near.distances[i] })),
      prototypes: typical.rows.map((index, i) => ({
        ...example(index, near.rows.length + i),
        share: typical.shares[i],
      })),
    };
  },
};

function check(row: number, data: ExplainData): void {
  checkRow(row, data);
  if (data.train.features.rowCount === 0) throw new RangeError('there are no training rows to show');
}

const rowsBetweenTurns = 50_000;

/** Positions of the nearest rows, nearest first, ties in the file's order. */
async function nearestRows(row: Table, train: Table, wanted: number, signal: AbortSignal) {
  const { distance } = gower(row, train, train);
  const distances = new Float64Array(train.rowCount);
  for (let j = 0; j < train.rowCount; j++) {
    if (j % rowsBetweenTurns === 0) await turn(signal);
    distances[j] = distance(0, j);
  }
  return nearestOf(distances, wanted);
}

/** The first of them by distance. rowOf: what their positions stand for; absent: themselves */
function nearestOf(distances: Float64Array, wanted: number, rowOf?: Uint32Array) {
  const order = Uint32Array.from(distances.keys()).sort((a, b) => distances[a] - distances[b] || a - b);
  const rows = [...order.subarray(0, wanted)];
  return { rows: rows.map((at) => (rowOf ? rowOf[at] : at)), distances: rows.map((at) => distances[at]) };
}

/** Prototypes of a sample of the training part, and the share of the sample that is nearest to each; largest share first. */
async function typicalRows(train: Table, options: Settings, random: Random, signal: AbortSignal) {
  const picked = sampleRows(train.rowCount, comparedRows(train.columns.length, options.rowCap), random);
  const sample = takeRows(train, picked);
  const { distance } = gower(sample, sample, train);
  const count = picked.length;
  const distances = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    if (i % 100 === 0) await turn(signal);
    for (let j = 0; j < i; j++) distances[i * count + j] = distances[j * count + i] = distance(i, j);
  }
  const kernel = rbfKernel(distances, count);
  const chosen = prototypes(kernel, options.prototypes);
  const followers = new Float64Array(chosen.length);
  for (const p of nearestPrototypes(kernel, chosen)) followers[p] += 1 / count;
  const order = [...chosen.keys()].sort((a, b) => followers[b] - followers[a]);
  return {
    rows: order.map((p) => picked[chosen[p]]),
    shares: order.map((p) => followers[p]),
    bandwidth: kernel.bandwidth,
  };
}

/** Lets an abort arrive. */
async function turn(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}

function answers(prediction: Prediction, { classes }: Predictor): (string | number)[] {
  if (prediction.kind === 'values') return [...prediction.values];
  return Array.from(mostProbable(prediction.values, prediction.classCount), (k) => classes![k]);
}

const truthOf = (target: Target, row: number): string | number =>
  target.kind === 'classes' ? target.classes[target.codes[row]] : target.values[row];

/** Whether the rows that look alike also ended alike: only then do they speak for the prediction. */
function qualityOf(prediction: string | number, near: Target, train: Target): Examples['quality'] {
  if (near.kind === 'classes' && train.kind === 'classes') {
    const agree = near.codes.reduce((sum, code) => sum + (near.classes[code] === prediction ? 1 : 0), 0);
    return {
      measure: 'nearest rows that agree',
      value: agree / near.codes.length,
      words: `${agree} of the ${near.codes.length} nearest training rows are ${prediction}, as predicted.`,
    };
  }
  const values = near.kind === 'values' ? near.values : new Float64Array(0);
  const all = train.kind === 'values' ? standardDeviation(train.values) : 0;
  const value = all > 0 && values.length > 1 ? standardDeviation(values) / all : null;
  const words =
    value === null
      ? 'The target does not vary enough to say whether like rows end alike.'
      : `The targets of the nearest training rows, on average ${Number(mean(values).toPrecision(4))}, spread ${value.toFixed(2)} times as much as all of them.`;
  return { measure: 'spread of the nearest targets over that of all', value, words };
}
