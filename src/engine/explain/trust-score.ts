import { z } from 'zod';
import { countWords, numberWords } from '../../shared/results/numbers.ts';
import { aucWords, type DoubtedRow, type TrustScore } from '../../shared/results/trust-score.ts';
import { takeDataset } from '../data/dataset.ts';
import { record } from '../data/table.ts';
import { createRandom } from '../random.ts';
import { mean } from '../statistics/mean.ts';
import { answersOf, truthOf } from './by-example/answers.ts';
import { comparedRows } from './by-example/compared-rows.ts';
import { outcomeGroups } from './by-example/outcome-groups.ts';
import { countPredictions } from './counted-predictor.ts';
import type { ExplainData, Explainer } from './explainer.ts';
import { gower } from './gower.ts';
import { Pauses } from './pauses.ts';
import { predictInParts } from './predict-in-parts.ts';
import { sampleRows } from './sample-rows.ts';
import { type OptionsOf, readOptions, whole } from './technique-options.ts';
import { type DenseRows, denseRows } from './trust-score/dense-rows.ts';
import { areaInterval, bandsOf, confidences, errorArea } from './trust-score/errors-by-trust.ts';

/** What may be set. */
const settable = z.strictObject({
  neighbours: whole(10, "Nearest row of its own class by which a training row's density is measured."),
  leftOut: z
    .number()
    .min(0)
    .lt(1)
    .default(0.1)
    .describe('Share of each class that is left out for lying where it is thin.'),
  rowCap: whole(
    2000,
    'Rows that are judged, and training rows that judge, seeded samples of so many each, fewer of very many columns.',
  ),
  told: whole(10, 'Rows that are told, those trusted least.'),
  bootstraps: whole(300, 'Bootstrap samples behind the interval.'),
});
export type TrustScoreOptions = OptionsOf<typeof settable>;

/** Where the predicted outcome is at distance 0, trust has no bounds. */
const mostTrust = 1000;

/**
 * Trust scores (Jiang, Kim, Guan and Gupta 2018): how much farther the nearest training row of another class is than that of the predicted
 * one, by Gower's distance, after each class has lost the rows that lie where it is thin. Values are taken for thirds. Whether
 * low trust goes with errors is measured on the part at hand. Throws a RangeError on an option out of range or an empty part.
 */
export const trustScore: Explainer<TrustScoreOptions, TrustScore> = {
  kind: 'trust-score',
  title: 'Which predictions to doubt',
  question: 'when can it be trusted',
  scope: 'model',
  byDefault: false,
  inPart: (result, rows) => ({
    ...result,
    doubted: result.doubted.map((one) => ({ ...one, rowIndex: rows[one.rowIndex] })),
  }),
  options: settable,
  async explain(predictor, data, given, progress, signal, enough = () => false) {
    const { seed, settings: options } = readOptions(settable, given);
    check(data);
    const { train, evaluation, part } = data;
    const random = createRandom(seed);
    const counted = countPredictions(predictor, signal);
    const most = comparedRows(train.features.columns.length, options.rowCap);
    const picked = sampleRows(evaluation.features.rowCount, most, random.fork('rows'));
    const known = sampleRows(train.features.rowCount, most, random.fork('training'));
    const rows = takeDataset(evaluation, picked);
    const others = takeDataset(train, known);
    const prediction = await predictInParts(counted, rows.features, (share) => progress(0.2 * share));
    progress(0.2);
    const groups = outcomeGroups(train.target);
    const pauses = new Pauses(signal, enough);
    const width = train.features.columns.length;
    const pause = (steps: number) => pauses.after(steps * width);
    const near = gower(others.features, others.features, train.features);
    const dense = await denseRows(groups.ofTarget(others.target), groups.names.length, options, near.distance, pause);
    progress(0.5);
    const { distance } = gower(rows.features, others.features, train.features);
    const predicted = groups.ofPrediction(prediction);
    const scores = await trusted(predicted, dense, distance, pause, (share) => progress(0.5 + 0.45 * share));
    const judged = scores.length;
    const truths = groups.ofTarget(rows.target);
    const isWrong = Uint8Array.from({ length: judged }, (_, row) => (predicted[row] === truths[row] ? 0 : 1));
    const trusts = Float64Array.from(scores, ({ trust }) => trust);
    const auc = errorArea(trusts, isWrong);
    const interval = auc === null ? null : areaInterval(trusts, isWrong, options.bootstraps, random.fork('bootstrap'));
    const confidence = confidences(prediction);
    const said = answersOf(prediction, predictor);
    const doubted = [...trusts.keys()]
      .sort((a, b) => trusts[a] - trusts[b] || a - b)
      .slice(0, options.told)
      .filter((i) => scores[i].rival !== null)
      .map(
        (i): DoubtedRow => ({
          rowIndex: picked[i],
          row: record(rows.features, i),
          truth: truthOf(rows.target, i),
          predicted: said[i],
          ...(confidence && { confidence: confidence[i] }),
          trust: trusts[i],
          rival: {
            rowIndex: known[scores[i].rival!],
            truth: truthOf(others.target, scores[i].rival!),
            distance: scores[i].far,
          },
          distance: Number.isFinite(scores[i].near) ? scores[i].near : null,
        }),
      );
    const figures = { auc, interval, wrong: mean(isWrong) };
    progress(1);
    return {
      kind: 'trust-score',
      version: 1,
      question: 'when can it be trusted',
      options: { ...options, distance: 'Gower' },
      seed,
      dataHash: evaluation.info.hash,
      cost: counted.cost(),
      ...(judged < picked.length && {
        partial: `Ended after ${countWords(judged, 'row')} of ${numberWords(picked.length)}.`,
      }),
      quality: qualityOf(figures),
      target: evaluation.info.target,
      outcomes: groups.names,
      bands: bandsOf(trusts, isWrong),
      ...figures,
      confidenceAuc: confidence ? errorArea(confidence.subarray(0, judged), isWrong) : null,
      doubted,
      rows: judged,
      rowsAvailable: evaluation.features.rowCount,
      neighbours: dense.reduce((sum, own) => sum + own.length, 0),
      neighboursAvailable: train.features.rowCount,
      part,
    };
  },
};

function check({ train, evaluation, part }: ExplainData): void {
  if (evaluation.features.rowCount === 0) throw new RangeError(`the ${part} part has no rows to judge`);
  if (train.features.rowCount === 0) throw new RangeError('there are no training rows to judge by');
}

interface Trusted {
  readonly trust: number;
  /** Distance to the predicted outcome and to the nearest other one; infinite where there is none. */
  readonly near: number;
  readonly far: number;
  /** The nearest row of another outcome. */
  readonly rival: number | null;
}

/** Of the rows from the first on, as many as there was time for. */
async function trusted(
  predicted: Int32Array,
  dense: DenseRows,
  distance: (row: number, other: number) => number,
  pause: (steps: number) => Promise<boolean>,
  progress: (share: number) => void,
): Promise<Trusted[]> {
  const rows: Trusted[] = [];
  for (const [row, own] of predicted.entries()) {
    let [near, far] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    let rival: number | null = null;
    for (const [group, others] of dense.entries())
      for (const other of others) {
        const between = distance(row, other);
        if (group === own) near = Math.min(near, between);
        else if (between < far) [far, rival] = [between, other];
      }
    rows.push({ trust: ratio(far, near), near, far, rival });
    if (await pause(dense.reduce((sum, others) => sum + others.length, 0))) break;
    if (row % 100 === 99) progress(rows.length / predicted.length);
  }
  return rows;
}

function ratio(far: number, near: number): number {
  if (far === near) return 1;
  return near === 0 ? mostTrust : Math.min(mostTrust, far / near);
}

function qualityOf(figures: Pick<TrustScore, 'auc' | 'interval' | 'wrong'>): TrustScore['quality'] {
  const measure = 'chance that an error is trusted less';
  if (figures.auc === null || figures.interval === null)
    return {
      measure,
      value: null,
      words: `All of these predictions are ${figures.wrong > 0 ? 'wrong' : 'right'}, so that trust has nothing to rank.`,
    };
  const words = aucWords(figures);
  const verdict =
    figures.interval.low > 0.5
      ? 'low trust goes with errors'
      : "that cannot be told from chance, so low trust says nothing of this model's errors";
  return {
    measure,
    value: figures.auc,
    words: `A wrong prediction is trusted less than a right one with a chance of ${words}: ${verdict}.`,
  };
}
