import { z } from 'zod';
import { defaultMetric } from '../../shared/metrics.ts';
import type { Decisions } from '../../shared/results/decisions.ts';
import { intervalWords } from '../../shared/results/numbers.ts';
import { type Dataset, takeDataset } from '../data/dataset.ts';
import { mostProbable } from '../metrics/classification.ts';
import type { Prediction } from '../models/predictor.ts';
import { createRandom, type Random } from '../random.ts';
import { mean } from '../statistics/mean.ts';
import { quantile } from '../statistics/quantile.ts';
import { countPredictions } from './counted-predictor.ts';
import { compareBaselines } from './decisions/baselines.ts';
import { drawRows, meanAt, resampledInterval } from './decisions/resampled.ts';
import { residualBins, told } from './decisions/residual-bins.ts';
import { type Costs, calibrationOf, thresholdDecisions } from './decisions/threshold-decisions.ts';
import type { Explainer } from './explainer.ts';
import { predictInParts } from './predict-in-parts.ts';
import { lossFromMean, rowLosses } from './row-losses.ts';
import { sampleRows } from './sample-rows.ts';
import { type OptionsOf, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  costs: z.array(z.array(z.number()).readonly()).readonly().optional().meta({
    description:
      "What a decision costs, by true and by decided class in the classes' order; default: 1 for a wrong one.",
    shape: 'rows of numbers, as many as classes',
  }),
  rowCap: whole(5000, 'At most this many rows are looked at, a seeded sample.'),
  trainRows: whole(10_000, 'Training rows that the baselines are fitted on, a seeded sample.'),
  resamples: whole(300, 'Resamples behind each interval.'),
  columns: whole(6, 'Columns that residuals are told by, the most telling first.'),
  points: whole(300, 'Rows that are drawn as points.'),
});
export type DecisionsOptions = OptionsOf<typeof settable>;
type Settings = z.output<typeof settable>;

/** Bins that are off by chance at most so often; columns whose residuals are looked at. */
const [level, mostColumns] = [0.05, 500];

/**
 * What can be decided by the model: of two classes what each threshold does and costs, gain and lift (Provost and Fawcett 2013); how probable
 * against how often, with exact intervals; for numbers the residuals; and whether a constant or a small tree would do as well. Throws a
 * RangeError on an option out of range or an empty part.
 */
export const decisions: Explainer<DecisionsOptions, Decisions> = {
  kind: 'decisions',
  title: 'What can be decided by it',
  question: 'when can it be trusted',
  scope: 'model',
  byDefault: false,
  options: settable,
  async explain(predictor, data, given, progress, signal, enough = () => false) {
    const {
      seed,
      settings: { costs: wanted, ...options },
    } = readOptions(settable, given);
    checkCosts(wanted, predictor.classes);
    const { evaluation, train, part } = data;
    const available = evaluation.features.rowCount;
    if (available === 0) throw new RangeError(`the ${part} part has no rows to explain`);
    const random = createRandom(seed);
    const counted = countPredictions(predictor, signal);
    const sample = takeDataset(evaluation, sampleRows(available, options.rowCap, random.fork('rows')));
    const prediction = await predictInParts(counted, sample.features, (share) => progress(0.5 * share));
    const losses = rowLosses(prediction, sample.target);
    const draws = drawRows(losses.length, options.resamples, random.fork('resamples'));
    const metric = lossFromMean(sample.target);
    const loss = metric(mean(losses));
    const interval = resampledInterval(draws, (rows) => metric(meanAt(losses, rows))) ?? { low: loss, high: loss };
    const isCut = enough();
    const fitted = takeDataset(train, sampleRows(train.features.rowCount, options.trainRows, random.fork('train')));
    const { fitSimple } = data;
    const baselines =
      isCut || !fitSimple ? [] : await compareBaselines(fitSimple, fitted, sample, losses, draws, seed, signal);
    progress(0.85);
    const views =
      prediction.kind === 'probabilities'
        ? ofClasses(sample, prediction, wanted, draws, random)
        : ofNumbers(sample, prediction, options, random);
    progress(1);
    return {
      kind: 'decisions',
      version: 1,
      question: 'when can it be trusted',
      options: { ...options, ...(wanted && { costs: wanted }) },
      seed,
      dataHash: evaluation.info.hash,
      cost: counted.cost(),
      ...(isCut && { partial: 'Ended before the baselines were fitted.' }),
      quality: {
        measure: 'half the width of the interval of the loss',
        value: (interval.high - interval.low) / 2,
        words: `Another ${losses.length} rows might have given a loss of ${intervalWords(interval)}.`,
      },
      metric: defaultMetric(predictor.task),
      target: evaluation.info.target,
      rows: losses.length,
      rowsAvailable: available,
      part,
      loss: { value: loss, interval },
      baselines,
      ...views,
    };
  },
};

function checkCosts(costs: Costs | undefined, classes: readonly string[] | undefined): void {
  if (costs === undefined) return;
  if (!classes) throw new RangeError('costs belong to classes: a number is predicted');
  const isSquare = costs.length === classes.length && costs.every((row) => row.length === classes.length);
  if (!isSquare || !costs.flat().every(Number.isFinite))
    throw new RangeError(`costs must be ${classes.length} x ${classes.length} numbers, by true and by decided class`);
}

function ofClasses(
  { target }: Dataset,
  { values, classCount }: Extract<Prediction, { kind: 'probabilities' }>,
  wanted: Costs | undefined,
  draws: readonly Uint32Array[],
  random: Random,
) {
  if (target.kind !== 'classes') throw new RangeError('probabilities cannot be compared with a target of numbers');
  const { codes, classes } = target;
  const costs: Costs = wanted ?? classes.map((_, i) => classes.map((_, j) => (i === j ? 0 : 1)));
  const labels = mostProbable(values, classCount);
  const confusion = classes.map(() => new Array<number>(classCount).fill(0));
  for (const [row, code] of codes.entries()) confusion[code][labels[row]]++;
  const cheapest = leastExpected(values, classCount, costs);
  const meanOf = (decided: Int32Array) => mean(Float64Array.from(decided, (k, row) => costs[codes[row]][k]));
  const isBinary = classCount === 2;
  const told = isBinary ? codes.map(() => 1) : labels;
  const stated = Float64Array.from(told, (k, row) => values[row * classCount + k]);
  return {
    classes,
    confusion,
    costs,
    meanCost: { mostProbable: meanOf(labels), leastExpected: meanOf(cheapest) },
    calibration: calibrationOf(
      stated,
      Uint8Array.from(told, (k, row) => (codes[row] === k ? 1 : 0)),
    ),
    ...(isBinary && {
      thresholds: thresholdDecisions(stated, codes, classes[1], costs, draws, random.fork('threshold')),
    }),
  };
}

/** [rows] the class whose decision is expected to cost least (Elkan 2001), the first of equals. */
function leastExpected(values: Float64Array, classCount: number, costs: Costs): Int32Array {
  return Int32Array.from({ length: values.length / classCount }, (_, row) => {
    const expected = costs.map((_, decided) => {
      let sum = 0;
      for (let k = 0; k < classCount; k++) sum += values[row * classCount + k] * costs[k][decided];
      return sum;
    });
    return expected.reduce((best, cost, k) => (cost < expected[best] ? k : best), 0);
  });
}

function ofNumbers({ target, features }: Dataset, { values }: Prediction, options: Settings, random: Random) {
  if (target.kind !== 'values') throw new RangeError('predicted numbers cannot be compared with a target of classes');
  const residuals = Float64Array.from(target.values, (truth, row) => truth - values[row]);
  const predicted = { kind: 'numeric', name: 'prediction', type: 'number', values } as const;
  const tested = [predicted, ...features.columns.slice(0, mostColumns)].map((one) => residualBins(one, residuals));
  const [byPrediction, ...byColumn] = told(tested, level);
  const sorted = residuals.toSorted();
  const points = sampleRows(residuals.length, options.points, random.fork('points'));
  return {
    residuals: {
      quantiles: [0.05, 0.25, 0.5, 0.75, 0.95].map((share) => quantile(sorted, share)),
      points: Array.from(points, (row) => ({ prediction: values[row], residual: residuals[row] })),
      byPrediction: byPrediction.bins,
      byColumn: byColumn
        .filter(({ bins }) => bins.length > 1)
        .sort((a, b) => a.p - b.p)
        .slice(0, options.columns)
        .map(({ column, bins }) => ({ column, bins })),
    },
  };
}
