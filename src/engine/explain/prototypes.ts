import { z } from 'zod';
import type { Example } from '../../shared/results/examples.ts';
import { countWords, percentWords } from '../../shared/results/numbers.ts';
import type { Prototypes } from '../../shared/results/prototypes.ts';
import { takeDataset } from '../data/dataset.ts';
import { record, type Table, takeRows } from '../data/table.ts';
import { createRandom, type Random } from '../random.ts';
import { clopperPearson } from '../statistics/clopper-pearson.ts';
import { mean } from '../statistics/mean.ts';
import { answersOf, truthOf } from './by-example/answers.ts';
import { comparedRows } from './by-example/compared-rows.ts';
import { outcomeGroups } from './by-example/outcome-groups.ts';
import { countPredictions } from './counted-predictor.ts';
import type { ExplainData, Explainer } from './explainer.ts';
import { gower } from './gower.ts';
import { criticisms, nearestPrototypes, prototypes, rbfKernel, squaredDiscrepancy, witness } from './mmd-critic.ts';
import { Pauses } from './pauses.ts';
import { predictInParts } from './predict-in-parts.ts';
import { sampleRows } from './sample-rows.ts';
import { type OptionsOf, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  prototypes: whole(6, 'Rows that stand for the training part.'),
  criticisms: whole(6, 'Rows that these leave out.'),
  rowCap: whole(800, 'Training rows they are chosen from, a seeded sample, fewer of very many columns.'),
  heldOutCap: whole(1000, 'Held-out rows on which the prototypes are tried, a seeded sample.'),
  randomOnes: whole(200, 'Random choices that they are compared with.'),
});
export type PrototypesOptions = OptionsOf<typeof settable>;

/**
 * MMD-critic (Kim, Khanna and Koyejo 2016): rows that together are distributed as the training part is, and rows where they are not, with an
 * RBF kernel on Gower's distance (bandwidth by the median heuristic). How well prototypes stand for the model is tried on held-out rows:
 * by whether the nearest one is predicted as they are. Throws a RangeError on an option out of range or an empty part.
 */
export const prototypeRows: Explainer<PrototypesOptions, Prototypes> = {
  kind: 'prototypes',
  title: 'Typical rows, and those that are not',
  question: 'which examples are like this',
  scope: 'model',
  byDefault: false,
  options: settable,
  async explain(predictor, data, given, progress, signal) {
    const { seed, settings: options } = readOptions(settable, given);
    check(data);
    const { train, evaluation, part } = data;
    const random = createRandom(seed);
    const counted = countPredictions(predictor, signal);
    const cap = (most: number) => comparedRows(train.features.columns.length, most);
    const picked = sampleRows(train.features.rowCount, cap(options.rowCap), random.fork('rows'));
    const sample = takeDataset(train, picked);
    const held = takeRows(
      evaluation.features,
      sampleRows(evaluation.features.rowCount, cap(options.heldOutCap), random.fork('held out')),
    );
    const ofSample = await predictInParts(counted, sample.features, (share) => progress(0.2 * share));
    const ofHeld = await predictInParts(counted, held, (share) => progress(0.2 + 0.2 * share));
    const distances = await allDistances(sample.features, train.features, new Pauses(signal));
    progress(0.7);
    const kernel = rbfKernel(distances, picked.length);
    const chosen = prototypes(kernel, options.prototypes);
    const left = criticisms(kernel, chosen, options.criticisms);
    const gaps = witness(kernel, chosen);
    const discrepancy = squaredDiscrepancy(kernel, chosen);
    const others = randomChoices(picked.length, chosen.length, options.randomOnes, random.fork('choices')).map((rows) =>
      squaredDiscrepancy(kernel, rows),
    );
    progress(0.9);
    const groups = outcomeGroups(train.target);
    const predicted = groups.ofPrediction(ofSample);
    const truths = groups.ofTarget(sample.target);
    const isWrong = (row: number) => (predicted[row] === truths[row] ? 0 : 1);
    const answers = groups.ofPrediction(ofHeld);
    const nearest = nearestOf(held, takeRows(sample.features, chosen), train.features);
    const agree = answers.reduce((sum, own, row) => sum + (own === predicted[chosen[nearest[row]]] ? 1 : 0), 0);
    const said = answersOf(ofSample, predictor);
    const example = (at: number): Example => ({
      rowIndex: picked[at],
      row: record(sample.features, at),
      truth: truthOf(sample.target, at),
      predicted: said[at],
    });
    const followers = new Float64Array(chosen.length);
    for (const p of nearestPrototypes(kernel, chosen)) followers[p] += 1 / picked.length;
    const order = [...chosen.keys()].sort((a, b) => followers[b] - followers[a]);
    const asGood = (1 + others.filter((other) => other <= discrepancy).length) / (1 + others.length);
    progress(1);
    return {
      kind: 'prototypes',
      version: 1,
      question: 'which examples are like this',
      options: {
        ...options,
        kernel: 'RBF on Gower distance, bandwidth = median distance',
        bandwidth: kernel.bandwidth,
      },
      seed,
      dataHash: evaluation.info.hash,
      cost: counted.cost(),
      quality: qualityOf(discrepancy, mean(others), asGood, chosen.length),
      prototypes: order.map((p) => ({ ...example(chosen[p]), share: followers[p] })),
      criticisms: left.map((at) => ({ ...example(at), witness: gaps[at] })),
      discrepancy,
      randomDiscrepancy: mean(others),
      asGood,
      agreement: agree / answers.length,
      interval: clopperPearson(agree, answers.length),
      commonest: commonestShare(answers, groups.names.length),
      wrong: mean(Array.from(picked.keys(), isWrong)),
      wrongCriticisms: left.reduce((sum, at) => sum + isWrong(at), 0),
      rows: picked.length,
      rowsAvailable: train.features.rowCount,
      heldOutRows: held.rowCount,
      part,
    };
  },
};

function check({ train, evaluation, part }: ExplainData): void {
  if (evaluation.features.rowCount === 0) throw new RangeError(`the ${part} part has no rows to try prototypes on`);
  if (train.features.rowCount === 0) throw new RangeError('there are no training rows to choose from');
}

/** [rows x rows] */
async function allDistances(rows: Table, train: Table, pauses: Pauses): Promise<Float64Array> {
  const { distance } = gower(rows, rows, train);
  const { rowCount: count } = rows;
  const distances = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) distances[i * count + j] = distances[j * count + i] = distance(i, j);
    await pauses.after(i * rows.columns.length);
  }
  return distances;
}

const randomChoices = (count: number, size: number, choices: number, random: Random): number[][] =>
  Array.from({ length: choices }, () => [...random.permutation(count).subarray(0, size)]);

/** [rows] the place of the nearest of a few others, the first of equals. */
function nearestOf(rows: Table, others: Table, train: Table): Uint32Array {
  const { distance } = gower(rows, others, train);
  return Uint32Array.from({ length: rows.rowCount }, (_, row) => {
    let best = 0;
    for (let other = 1; other < others.rowCount; other++) if (distance(row, other) < distance(row, best)) best = other;
    return best;
  });
}

function commonestShare(groups: Int32Array, count: number): number {
  const counts = new Float64Array(count);
  for (const group of groups) counts[group]++;
  return Math.max(...counts) / groups.length;
}

function qualityOf(own: number, random: number, asGood: number, count: number): Prototypes['quality'] {
  const measure = 'squared discrepancy over that of random rows';
  if (!(random > 1e-12))
    return { measure, value: null, words: 'The rows are all alike, so that any of them stands for the others.' };
  return {
    measure,
    value: own / random,
    words: `Together the ${countWords(count, 'prototype')} differ from the whole by ${percentWords(own / random)} of what as many random rows do; ${percentWords(asGood)} of random choices are as near.`,
  };
}
