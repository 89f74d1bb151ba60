import { z } from 'zod';
import { defaultMetric } from '../../shared/metrics.ts';
import { countWords } from '../../shared/results/numbers.ts';
import type { Interval } from '../../shared/results/result.ts';
import type { ErrorNode, Slices, WeakSlice } from '../../shared/results/slices.ts';
import { type Dataset, takeDataset } from '../data/dataset.ts';
import { mostProbable } from '../metrics/classification.ts';
import type { Prediction } from '../models/predictor.ts';
import { createRandom, type Random } from '../random.ts';
import { mean } from '../statistics/mean.ts';
import { centralInterval } from '../statistics/quantile.ts';
import { countPredictions } from './counted-predictor.ts';
import type { Explainer } from './explainer.ts';
import { Pauses } from './pauses.ts';
import { predictInParts } from './predict-in-parts.ts';
import { lossFromMean, rowLosses } from './row-losses.ts';
import { sampleRows } from './sample-rows.ts';
import type { Candidate } from './slices/candidate.ts';
import type { GrownNode } from './slices/error-tree.ts';
import type { HalfLosses } from './slices/half-losses.ts';
import { type JudgedSlice, searchSlices } from './slices/search-slices.ts';
import { fraction, type OptionsOf, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  rowCap: whole(4000, 'At most this many rows are looked at, a seeded sample.'),
  columns: whole(30, 'Columns that slices are made of, the telling ones first.'),
  conditions: whole(3, 'Conditions that hold together in a slice.'),
  beam: whole(60, 'Slices of a level of the lattice that are divided further.'),
  depth: whole(3, 'Depth of the tree on the losses.', 0),
  smallest: fraction(0.02, 'Share of the rows that a slice has at least.'),
  tested: whole(10, "Slices of the lattice that are tested on the other half, beside the tree's nodes."),
  level: fraction(0.05, 'Share of false ones among the slices that are told.'),
  effect: z.number().min(0).default(0.2).describe('Difference in standard deviations that counts.'),
  told: whole(500, "Positions of a slice's rows that are told."),
});
export type SlicesOptions = OptionsOf<typeof settable>;
type Settings = z.output<typeof settable>;

/** Resamples behind each interval. */
const replicates = 500;

/**
 * Where the model fails: slices of the rows with a larger loss, found by a tree on the losses and by a search of the lattice of conditions
 * (Chung et al. 2019) on one half of the rows, and tested on the other, so that having looked at thousands flatters none; of those tested the
 * share of false discoveries is held down (Benjamini and Hochberg 1995). Throws a RangeError on an option out of range or an empty part.
 */
export const slices: Explainer<SlicesOptions, Slices> = {
  kind: 'slices',
  title: 'Where the model fails',
  question: 'when does it fail',
  scope: 'model',
  byDefault: true,
  inPart: (result, rows) => ({
    ...result,
    slices: result.slices.map((one) => ({ ...one, positions: one.positions.map((row) => rows[row]) })),
  }),
  options: settable,
  async explain(predictor, data, given, progress, signal, enough) {
    const { seed, settings: options } = readOptions(settable, given);
    const available = data.evaluation.features.rowCount;
    if (available === 0) throw new RangeError(`the ${data.part} part has no rows to explain`);
    const random = createRandom(seed);
    const counted = countPredictions(predictor, signal);
    const places = sampleRows(available, options.rowCap, random.fork('rows'));
    const sample = takeDataset(data.evaluation, places);
    const prediction = await predictInParts(counted, sample.features, (share) => progress(0.6 * share));
    const looked: Looked = { sample, prediction, places, losses: rowLosses(prediction, sample.target) };
    const found = await find(looked, options, random, new Pauses(signal, enough));
    progress(1);
    return {
      kind: 'slices',
      version: 1,
      question: 'when does it fail',
      options,
      seed,
      dataHash: data.evaluation.info.hash,
      cost: counted.cost(),
      ...(found.isCut && {
        partial: `Ended after ${countWords(found.examined, 'slice')}; there were more to look at.`,
      }),
      quality: qualityOf(found.judged, found.slices.length),
      metric: defaultMetric(predictor.task),
      loss: lossFromMean(sample.target)(mean(looked.losses)),
      rows: places.length,
      rowsAvailable: available,
      part: data.part,
      examined: found.examined,
      tested: found.judged.length,
      columns: found.columns,
      further: sample.features.columns.length - found.columns,
      slices: found.slices,
      tree: found.tree,
    };
  },
};

/** The rows, what is predicted for them, and each one's loss. */
interface Looked {
  readonly sample: Dataset;
  readonly prediction: Prediction;
  /** [rows] position of each in the part. */
  readonly places: Uint32Array;
  readonly losses: Float64Array;
}

interface Found {
  readonly slices: WeakSlice[];
  readonly tree: ErrorNode[];
  readonly judged: readonly JudgedSlice[];
  readonly examined: number;
  readonly columns: number;
  readonly isCut: boolean;
}

async function find(looked: Looked, options: Settings, random: Random, pauses: Pauses): Promise<Found> {
  const { sample, losses } = looked;
  const search = await searchSlices(sample.features, losses, options, random.fork('halves'), pauses);
  const { measured, grown, clear: weak } = search;
  const told = weak.map((slice) => tell(slice, looked, measured, options, random.fork('bootstrap')));
  return {
    slices: told.sort((a, b) => b.loss - a.loss),
    tree: treeOf(grown, looked, measured, weak),
    judged: search.judged,
    examined: search.examined,
    columns: search.columns,
    isCut: search.isCut,
  };
}

function tell(slice: JudgedSlice, looked: Looked, half: HalfLosses, options: Settings, random: Random): WeakSlice {
  const { losses, places, sample } = looked;
  const metric = lossFromMean(sample.target);
  const all = [...slice.holds.keys()].filter((row) => slice.holds[row] === 1);
  const measured = half.rows.filter((row) => slice.holds[row] === 1);
  const own = Float64Array.from(measured, (row) => losses[row]);
  const rest = half.rest(half.sums(measured));
  const errors = errorsOf(slice, looked, half);
  return {
    conditions: slice.conditions,
    from: slice.from,
    rows: all.length,
    share: all.length / losses.length,
    measuredRows: measured.length,
    loss: metric(mean(own)),
    interval: intervalOf(own, metric, random),
    restLoss: metric(rest.sum / rest.count),
    effect: slice.test.effect,
    p: slice.p,
    ...(errors && { errors }),
    positions: all.slice(0, options.told).map((row) => places[row]),
  };
}

/** 95 %, by resampling the rows. */
function intervalOf(losses: Float64Array, metric: (mean: number) => number, random: Random): Interval {
  const means = Float64Array.from({ length: replicates }, () => {
    let sum = 0;
    for (let i = 0; i < losses.length; i++) sum += losses[random.integer(losses.length)];
    return metric(sum / losses.length);
  });
  return centralInterval(means, 0.95);
}

function errorsOf({ holds }: Candidate, { prediction, sample }: Looked, half: HalfLosses): WeakSlice['errors'] {
  if (prediction.kind !== 'probabilities' || sample.target.kind !== 'classes') return undefined;
  const labels = mostProbable(prediction.values, prediction.classCount);
  const { codes } = sample.target;
  const shareOf = (inside: number) => {
    const rows = half.rows.filter((row) => holds[row] === inside);
    return mean(Float64Array.from(rows, (row) => (labels[row] === codes[row] ? 0 : 1)));
  };
  return { inside: shareOf(1), outside: shareOf(0) };
}

function treeOf(
  grown: readonly GrownNode[],
  { sample }: Looked,
  half: HalfLosses,
  weak: readonly Candidate[],
): ErrorNode[] {
  const metric = lossFromMean(sample.target);
  return grown.map(({ parent, condition, holds }) => {
    const { count, sum } = half.sumsWhere(half.rows, holds);
    return {
      parent,
      condition,
      rows: count,
      loss: count === 0 ? null : metric(sum / count),
      weak: weak.some((slice) => slice.holds === holds),
    };
  });
}

function qualityOf(judged: readonly JudgedSlice[], told: number): Slices['quality'] {
  const measure = 'suspicions that held on the other half';
  if (judged.length === 0) return { measure, value: null, words: 'No slice was suspicious enough to be tested.' };
  const again = judged.filter(({ test }) => test.t > 0).length;
  const value = again / judged.length;
  const words = `Of ${countWords(judged.length, 'slice')} that looked weak on one half of the rows, ${again} ${again === 1 ? 'has' : 'have'} a larger loss on the other half too${told === 0 ? ', none clearly so' : ''}.`;
  return { measure, value, words };
}
