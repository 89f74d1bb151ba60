import { z } from 'zod';
import type { Example } from '../../shared/results/examples.ts';
import {
  type NearMiss,
  type NearMisses,
  type NearShare,
  nearShareWords,
  tellsRows,
} from '../../shared/results/near-misses.ts';
import { type Dataset, takeDataset } from '../data/dataset.ts';
import { cell, record, type Table } from '../data/table.ts';
import { mostProbable } from '../metrics/classification.ts';
import type { Prediction } from '../models/predictor.ts';
import { createRandom, type Random } from '../random.ts';
import { clopperPearson } from '../statistics/clopper-pearson.ts';
import { standardDeviation } from '../statistics/mean.ts';
import { median } from '../statistics/median.ts';
import { answersOf, truthOf } from './by-example/answers.ts';
import { comparedRows } from './by-example/compared-rows.ts';
import { countPredictions } from './counted-predictor.ts';
import type { ExplainData, Explainer } from './explainer.ts';
import { gower } from './gower.ts';
import { distinctPairs, nearPairs, type Pair } from './near-misses/near-pairs.ts';
import { Pauses } from './pauses.ts';
import { predictInParts } from './predict-in-parts.ts';
import { sampleRows } from './sample-rows.ts';
import { type OptionsOf, positive, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  rowCap: whole(2000, 'Rows that are compared with each other, a seeded sample, fewer of very many columns.', 2),
  pairs: whole(8, 'Pairs that are told of each kind.'),
  apart: positive(1, "Values are different when so many standard deviations of the training part's apart."),
});
export type NearMissesOptions = OptionsOf<typeof settable>;

/** Pairs of rows drawn for what is to be expected by chance. */
const drawnPairs = 2000;
/** Columns that are named as differing. */
const mostDiffering = 5;

/**
 * Near misses: rows that are nearest to each other by Gower's distance (1971) and yet predicted differently, or that turned out differently.
 * How often the nearest row differs stands beside how often any two rows do (the rule of the nearest neighbour, Cover and Hart 1967,
 * whose error is at most twice that of the best model). Throws a RangeError on an option out of range or fewer than two rows.
 */
export const nearMisses: Explainer<NearMissesOptions, NearMisses> = {
  kind: 'near-misses',
  title: 'Rows that nearly went the other way',
  question: 'when can it be trusted',
  scope: 'model',
  byDefault: false,
  inPart: (result, rows) => {
    const inWhole = ({ rows: pair, ...miss }: NearMiss): NearMiss => {
      const [a, b] = pair.map((one) => ({ ...one, rowIndex: rows[one.rowIndex] }));
      return { ...miss, rows: [a, b] };
    };
    const { predictedApart, trulyApart } = result;
    return { ...result, predictedApart: predictedApart.map(inWhole), trulyApart: trulyApart.map(inWhole) };
  },
  options: settable,
  async explain(predictor, data, given, progress, signal) {
    const { seed, settings: options } = readOptions(settable, given);
    check(data);
    const { train, evaluation, part } = data;
    const random = createRandom(seed);
    const counted = countPredictions(predictor, signal);
    const { columns } = evaluation.features;
    const most = comparedRows(columns.length, options.rowCap);
    const picked = sampleRows(evaluation.features.rowCount, most, random.fork('rows'));
    const rows = takeDataset(evaluation, picked);
    const prediction = await predictInParts(counted, rows.features, (share) => progress(0.4 * share));
    const limit = train.target.kind === 'values' ? options.apart * standardDeviation(train.target.values) : null;
    const outcomes = [outcomesOf(prediction), truthsOf(rows)];
    const apart = outcomes.map(
      (values) => (a: number, b: number) =>
        limit === null ? values[a] !== values[b] : Math.abs(values[a] - values[b]) > limit,
    );
    const { distance } = gower(rows.features, rows.features, train.features);
    const pauses = new Pauses(signal);
    const pause = async (steps: number) => {
      await pauses.after(steps * columns.length);
    };
    const found = await nearPairs(picked.length, distance, apart, pause);
    progress(0.95);
    const [predicted, truly] = apart.map((differs, kind) =>
      shareOf(found.nearest, differs, random.fork(`kind ${kind}`)),
    );
    const said = answersOf(prediction, predictor);
    const example = (at: number): Example => ({
      rowIndex: picked[at],
      row: record(rows.features, at),
      truth: truthOf(rows.target, at),
      predicted: said[at],
    });
    const told = (pairs: readonly Pair[]) =>
      distinctPairs(pairs, options.pairs).map(
        ({ a, b, distance: between }): NearMiss => ({
          rows: [example(a), example(b)],
          distance: between,
          differ: differing(rows.features, train.features, a, b),
        }),
      );
    progress(1);
    return {
      kind: 'near-misses',
      version: 1,
      question: 'when can it be trusted',
      options: { ...options, distance: 'Gower' },
      seed,
      dataHash: evaluation.info.hash,
      cost: counted.cost(),
      quality: qualityOf(predicted),
      target: evaluation.info.target,
      apart: limit,
      predicted,
      true: truly,
      predictedApart: told(found.apart[0]),
      trulyApart: told(found.apart[1]),
      usualDistance: median(found.distances),
      rows: picked.length,
      rowsAvailable: evaluation.features.rowCount,
      part,
    };
  },
};

function check({ train, evaluation, part }: ExplainData): void {
  if (evaluation.features.rowCount < 2) throw new RangeError(`the ${part} part has no two rows to compare`);
  if (train.features.rowCount === 0) throw new RangeError('there are no training rows that set the ranges');
}

/** [rows] class or value that is predicted. */
const outcomesOf = (prediction: Prediction): ArrayLike<number> =>
  prediction.kind === 'values' ? prediction.values : Array.from(mostProbable(prediction.values, prediction.classCount));

const truthsOf = ({ target }: Dataset): ArrayLike<number> => (target.kind === 'classes' ? target.codes : target.values);

function shareOf(nearest: Int32Array, differs: (a: number, b: number) => boolean, random: Random): NearShare {
  const rows = nearest.length;
  const apart = nearest.reduce((sum, other, row) => sum + (differs(row, other) ? 1 : 0), 0);
  let chance = 0;
  for (let i = 0; i < drawnPairs; i++) {
    const a = random.integer(rows);
    const b = (a + 1 + random.integer(rows - 1)) % rows;
    chance += differs(a, b) ? 1 / drawnPairs : 0;
  }
  return { share: apart / rows, interval: clopperPearson(apart, rows), random: chance };
}

/** Names of the columns in which two rows differ, the greatest difference first; what one of them lacks is as different as can be. */
function differing(rows: Table, train: Table, a: number, b: number): string[] {
  const differences = rows.columns.map((column, c) => {
    const [one, whole] = [column, train.columns[c]].map((own, i) => ({
      rowCount: [rows, train][i].rowCount,
      columns: [own],
    }));
    const [mine, other] = [cell(column, a), cell(column, b)];
    if (mine === null || other === null) return { name: column.name, distance: mine === other ? 0 : 1 };
    return { name: column.name, distance: gower(one, one, whole).distance(a, b) };
  });
  return differences
    .filter(({ distance }) => distance > 0)
    .toSorted((one, other) => other.distance - one.distance)
    .slice(0, mostDiffering)
    .map(({ name }) => name);
}

function qualityOf(predicted: NearShare): NearMisses['quality'] {
  const measure = 'share of rows whose nearest row is predicted differently';
  const { share, random } = predicted;
  if (random === 0)
    return { measure, value: null, words: 'All rows are predicted alike, so that none nearly went the other way.' };
  const verdict = tellsRows(predicted)
    ? 'rows that are alike are mostly treated alike'
    : 'near rows are treated no more alike than others, so a pair says nothing of where the model turns';
  return {
    measure,
    value: share,
    words: `The nearest row is predicted differently for ${nearShareWords(predicted)}: ${verdict}.`,
  };
}
