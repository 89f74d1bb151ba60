import { z } from 'zod';
import { defaultMetric } from '../../shared/metrics.ts';
import type { DisputedRow, MemberScore, Members } from '../../shared/results/members.ts';
import { type Dataset, takeDataset, takeTarget } from '../data/dataset.ts';
import { record } from '../data/table.ts';
import { mostProbable } from '../metrics/classification.ts';
import { type CombinedMember, isCombined } from '../models/combined.ts';
import type { Prediction, Predictor } from '../models/predictor.ts';
import { createRandom } from '../random.ts';
import { clopperPearson } from '../statistics/clopper-pearson.ts';
import { mean, standardDeviation } from '../statistics/mean.ts';
import { correlation, ranks } from '../statistics/rank-correlation.ts';
import { rankSum } from '../statistics/rank-sum.ts';
import { countPredictions } from './counted-predictor.ts';
import type { Explainer } from './explainer.ts';
import { predictInParts } from './predict-in-parts.ts';
import { lossFromMean, rowLosses } from './row-losses.ts';
import { sampleRows } from './sample-rows.ts';
import { type OptionsOf, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  rowCap: whole(5000, 'At most this many rows are looked at, a seeded sample.'),
  told: whole(10, 'Disputed rows that are told.'),
});
export type MembersOptions = OptionsOf<typeof settable>;

/** Below this p, that members disagree more on rows that are wrong is not chance. */
const level = 0.05;

/**
 * What an ensemble's members say apart from each other: each one's loss and weight, how often two agree, and the rows on which they
 * disagree the most, by the Jensen-Shannon divergence of their weighted probabilities (Lin 1991) or the weighted standard deviation of their
 * values. Whether disagreement points at errors is measured: the chance that a row that is wrong is disputed more than one that is right
 * (of values, the rank correlation of dispute and error). Throws a RangeError on an option out of range, an empty part or a single model.
 */
export const members: Explainer<MembersOptions, Members> = {
  kind: 'members',
  title: 'What the members say',
  question: 'when can it be trusted',
  scope: 'model',
  byDefault: true,
  inPart: (result, rows) => ({
    ...result,
    disputed: result.disputed.map((one) => ({ ...one, rowIndex: rows[one.rowIndex] })),
  }),
  options: settable,
  unsuited: ({ learner, facts }) =>
    facts.members === undefined
      ? `${learner} is one model: only an ensemble has members. Slices tell where a single model fails.`
      : undefined,
  async explain(predictor, data, given, progress, signal) {
    const { seed, settings: options } = readOptions(settable, given);
    if (!isCombined(predictor)) throw new RangeError('the model has no members');
    const available = data.evaluation.features.rowCount;
    if (available === 0) throw new RangeError(`the ${data.part} part has no rows to explain`);
    const places = sampleRows(available, options.rowCap, createRandom(seed));
    const sample = takeDataset(data.evaluation, places);
    const asked = predictor.members.toSorted((a, b) => b.share - a.share);
    const started = performance.now();
    const together = await predictInParts(countPredictions(predictor, signal), sample.features, (share) =>
      progress(share / (asked.length + 1)),
    );
    const said: Prediction[] = [];
    for (const [i, member] of asked.entries())
      said.push(
        await predictInParts(countPredictions(alone(member, predictor), signal), sample.features, (share) =>
          progress((1 + i + share) / (asked.length + 1)),
        ),
      );
    progress(1);
    const losses = rowLosses(together, sample.target);
    const metric = lossFromMean(sample.target);
    const disputes = disputesOf(said, asked);
    return {
      kind: 'members',
      version: 1,
      question: 'when can it be trusted',
      options,
      seed,
      dataHash: data.evaluation.info.hash,
      cost: {
        seconds: (performance.now() - started) / 1000,
        predictions: places.length * (asked.length + 1),
      },
      quality: qualityOf(together, sample, losses, disputes),
      metric: defaultMetric(predictor.task),
      loss: metric(mean(losses)),
      rows: places.length,
      rowsAvailable: available,
      part: data.part,
      members: asked.map(
        ({ trial, learner, share }, i): MemberScore => ({
          trial,
          learner,
          share,
          loss: metric(mean(rowLosses(said[i], sample.target))),
        }),
      ),
      agreement: said.map((a) => said.map((b) => agreementOf(a, b))),
      ...consensusOf(said),
      byDispute: halvesOf(disputes, losses, metric),
      disputed: disputedRows({ sample, places, together, said, disputes, classes: predictor.classes }, options.told),
    };
  },
};

/** The member as a predictor of its own. */
const alone = (member: CombinedMember, { task, classes }: Predictor): Predictor => ({
  task,
  classes,
  predict: (rows) => member.predict(rows),
});

/** [rows] how far apart the members are. */
function disputesOf(said: readonly Prediction[], asked: readonly CombinedMember[]): Float64Array {
  const [first] = said;
  const width = first.kind === 'probabilities' ? first.classCount : 1;
  return Float64Array.from({ length: first.values.length / width }, (_, row) => {
    const own = said.map(({ values }) => values.subarray(row * width, (row + 1) * width));
    const shares = asked.map(({ share }) => share);
    return first.kind === 'probabilities' ? divergence(own, shares) : weightedDeviation(own, shares);
  });
}

/** Entropy of the weighted mean less the weighted mean of the entropies, in bits. */
function divergence(distributions: readonly Float64Array[], shares: readonly number[]): number {
  const mixture = distributions[0].map((_, k) => distributions.reduce((sum, one, m) => sum + shares[m] * one[k], 0));
  const within = distributions.reduce((sum, one, m) => sum + shares[m] * entropy(one), 0);
  return Math.max(0, entropy(mixture) - within);
}

const entropy = (distribution: Float64Array): number =>
  distribution.reduce((sum, p) => (p > 0 ? sum - p * Math.log2(p) : sum), 0);

function weightedDeviation(values: readonly Float64Array[], shares: readonly number[]): number {
  const centre = values.reduce((sum, [value], m) => sum + shares[m] * value, 0);
  return Math.sqrt(values.reduce((sum, [value], m) => sum + shares[m] * (value - centre) ** 2, 0));
}

function agreementOf(a: Prediction, b: Prediction): number {
  if (a === b) return 1;
  if (a.kind === 'values' || b.kind === 'values') {
    const vary = standardDeviation([...a.values]) > 0 && standardDeviation([...b.values]) > 0;
    return vary ? correlation(a.values, b.values) : 0;
  }
  const [own, other] = [mostProbable(a.values, a.classCount), mostProbable(b.values, b.classCount)];
  return own.reduce((count, code, row) => count + (code === other[row] ? 1 : 0), 0) / own.length;
}

function consensusOf(said: readonly Prediction[]): Pick<Members, 'consensus'> {
  const labels = said.flatMap((one) =>
    one.kind === 'probabilities' ? [mostProbable(one.values, one.classCount)] : [],
  );
  if (labels.length === 0) return {};
  const agreed = labels[0].reduce((count, code, row) => count + (labels.every((own) => own[row] === code) ? 1 : 0), 0);
  const rows = labels[0].length;
  return { consensus: { share: agreed / rows, interval: clopperPearson(agreed, rows, 0.95) } };
}

/** The ensemble's loss where its members dispute the least and the most; rows of the same dispute by their place. */
function halvesOf(disputes: Float64Array, losses: Float64Array, metric: (mean: number) => number) {
  const order = [...disputes.keys()].sort((a, b) => disputes[a] - disputes[b] || a - b);
  const middle = Math.ceil(order.length / 2);
  const lossOf = (rows: readonly number[]) => metric(mean((rows.length > 0 ? rows : order).map((row) => losses[row])));
  return { least: lossOf(order.slice(0, middle)), most: lossOf(order.slice(middle)) };
}

interface Looked {
  readonly sample: Dataset;
  readonly places: Uint32Array;
  readonly together: Prediction;
  readonly said: readonly Prediction[];
  readonly disputes: Float64Array;
  readonly classes: readonly string[] | undefined;
}

function disputedRows({ sample, places, together, said, disputes, classes }: Looked, told: number): DisputedRow[] {
  const order = [...disputes.keys()].sort((a, b) => disputes[b] - disputes[a] || a - b);
  return order
    .filter((row) => disputes[row] > 0)
    .slice(0, told)
    .map((row) => {
      const target = takeTarget(sample.target, [row]);
      return {
        rowIndex: places[row],
        row: record(sample.features, row),
        truth: target.kind === 'classes' ? target.classes[target.codes[0]] : target.values[0],
        prediction: voteOf(together, row, classes).says,
        dispute: disputes[row],
        votes: said.map((one) => voteOf(one, row, classes)),
      };
    });
}

function voteOf(prediction: Prediction, row: number, classes: readonly string[] | undefined) {
  if (prediction.kind === 'values' || !classes) return { says: prediction.values[row] };
  const own = prediction.values.subarray(row * prediction.classCount, (row + 1) * prediction.classCount);
  const [best] = mostProbable(own, prediction.classCount);
  return { says: classes[best], probability: own[best] };
}

/** Whether disagreement points at errors. */
function qualityOf(
  together: Prediction,
  { target }: Dataset,
  losses: Float64Array,
  disputes: Float64Array,
): Members['quality'] {
  if (together.kind === 'values' || target.kind === 'values') {
    const vary = standardDeviation([...disputes]) > 0 && standardDeviation([...losses]) > 0;
    const value = vary ? correlation(ranks(disputes), ranks(losses)) : null;
    const verdict = value === null || value < 0.2 ? 'hardly points at errors' : 'points at errors';
    const words = `That members disagree ${verdict}${value === null ? '' : ` (rank correlation with the squared error ${value.toFixed(2)})`}.`;
    return { measure: 'rank correlation of dispute and error', value, words };
  }
  const labels = mostProbable(together.values, together.classCount);
  const wrong = labels.map((label, row) => (label === target.codes[row] ? 0 : 1));
  const count = wrong.reduce((sum, one) => sum + one, 0);
  const measure = 'chance that a wrong row is disputed more than a right one';
  if (count === 0 || count === wrong.length) {
    const all = count === 0 ? 'right' : 'wrong';
    return { measure, value: null, words: `All rows are ${all}, so whether dispute points at errors is not known.` };
  }
  const { area, p } = rankSum(disputes, wrong);
  const verdict =
    p < level && area > 0.5 ? 'Disagreement points at errors' : 'Disagreement does not surely point at errors';
  return {
    measure,
    value: area,
    words: `${verdict}: a wrong row is disputed more than a right one with a chance of ${area.toFixed(2)}.`,
  };
}
