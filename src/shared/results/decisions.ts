import { metricInSentence } from '../metric-in-sentence.ts';
import { type MetricName, metrics } from '../metrics.ts';
import { countWords, intervalWords, linesWords, listWords, numberWords, percentWords } from './numbers.ts';
import type { Interval, Result } from './result.ts';

interface Estimate {
  readonly value: number;
  /** 95 % */
  readonly interval: Interval;
}

/** Something simple that a model has to beat, fitted on the same training rows. */
export interface Baseline {
  readonly name: 'constant' | 'tree';
  readonly loss: number;
  /** What the model takes off its loss. */
  readonly saved: Estimate;
  readonly beaten: boolean;
}

/** Decisions at one threshold of the probability. */
export interface ThresholdCounts {
  readonly threshold: number;
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  readonly trueNegative: number;
  /** Mean a row. */
  readonly cost: number;
}

/** Of two classes: what a threshold does. */
export interface ThresholdDecisions {
  readonly positive: string;
  /** Share of the rows that have the class. */
  readonly rate: number;
  /** Falling thresholds; the first selects nobody, the last everybody. */
  readonly counts: readonly ThresholdCounts[];
  /** The threshold with the least cost, and what it costs where it was not chosen: on one half of the rows for the other. Absent: too few rows. */
  readonly best?: { readonly threshold: number; readonly cost: number; readonly usualCost: number };
  /** Area under the ROC curve, and average precision; null where a class has no rows. */
  readonly rocAuc: Estimate | null;
  readonly averagePrecision: Estimate | null;
  /** Of those with the class, the share among the most probable so many of all. */
  readonly gain: readonly {
    readonly share: number;
    readonly gain: number;
    readonly interval: Interval;
    readonly lift: number;
  }[];
}

export interface CalibrationBin {
  readonly probability: number;
  readonly frequency: number;
  readonly interval: Interval;
  readonly rows: number;
}

/** Truth less prediction of some rows. */
export interface ResidualBin {
  readonly words: string;
  readonly rows: number;
  readonly mean: number;
  readonly interval: Interval;
  /** Clearly not 0, corrected for all bins looked at (Holm). */
  readonly distinguishable: boolean;
}

export interface Decisions extends Result<'decisions'> {
  readonly metric: string;
  readonly target: string;
  readonly rows: number;
  readonly rowsAvailable: number;
  readonly part: 'validation' | 'test';
  readonly loss: Estimate;
  readonly baselines: readonly Baseline[];
  readonly classes?: readonly string[];
  /** [true class][decided class] rows, the most probable class being decided. */
  readonly confusion?: readonly (readonly number[])[];
  /** [true class][decided class] */
  readonly costs?: readonly (readonly number[])[];
  /** Mean a row of deciding for the most probable class, and for the one of least expected cost. */
  readonly meanCost?: { readonly mostProbable: number; readonly leastExpected: number };
  /** Two classes: of the second; several: of the most probable one. */
  readonly calibration?: readonly CalibrationBin[];
  readonly thresholds?: ThresholdDecisions;
  readonly residuals?: {
    /** At 5, 25, 50, 75 and 95 % of the rows. */
    readonly quantiles: readonly number[];
    /** A sample of the rows. */
    readonly points: readonly { readonly prediction: number; readonly residual: number }[];
    readonly byPrediction: readonly ResidualBin[];
    /** Most telling columns first. */
    readonly byColumn: readonly { readonly column: string; readonly bins: readonly ResidualBin[] }[];
  };
}

export const decisionsMetricWords = ({ metric }: Decisions): string =>
  metric in metrics ? metricInSentence(metric as MetricName) : metric;

const baselineNames = { constant: 'always saying the same', tree: 'a tree of at most three questions' } as const;

/** 'a tree of at most three questions 0.42, saved 0.11 (0.08 to 0.14)' */
export function baselineWords({ name, loss, saved, beaten }: Baseline): string {
  const verdict = beaten ? '' : ', not clearly more than nothing';
  const { value, interval } = saved;
  return `${baselineNames[name]} ${numberWords(loss)}: the model saves ${numberWords(value)} (${intervalWords(interval)})${verdict}`;
}

/** Whether machine learning is needed at all, in a sentence. */
export function verdictWords({ baselines }: Decisions): string {
  const failed = baselines.filter(({ beaten }) => !beaten).map(({ name }) => baselineNames[name]);
  if (baselines.length === 0) return 'No baseline was fitted.';
  if (failed.length === 0) return 'The model is worth it: it clearly beats both baselines.';
  return `It is not clear that this model is needed: ${listWords(failed)} may do as well.`;
}

export function decisionsWords(result: Decisions): string {
  const { rows, rowsAvailable, part, loss, baselines, residuals } = result;
  const sample = rows < rowsAvailable ? ` (a sample of ${numberWords(rowsAvailable)})` : '';
  const metric = decisionsMetricWords(result);
  return linesWords([
    `On ${countWords(rows, 'row')}${sample} of the ${part} part the ${metric} is ${numberWords(loss.value)} (${intervalWords(loss.interval)}).`,
    baselines.length > 0 && `Beside it ${baselines.map(baselineWords).join('; ')}.`,
    verdictWords(result),
    thresholdWords(result),
    calibrationWords(result),
    costWords(result),
    residuals !== undefined && residualsWords(result),
    result.partial ?? false,
    result.quality.words,
  ]);
}

function thresholdWords({ thresholds }: Decisions): string {
  if (!thresholds) return '';
  const { positive, rocAuc, averagePrecision, gain, best } = thresholds;
  const areas = [
    rocAuc && `area under the ROC curve ${numberWords(rocAuc.value)} (${intervalWords(rocAuc.interval)})`,
    averagePrecision &&
      `average precision ${numberWords(averagePrecision.value)} (${intervalWords(averagePrecision.interval)})`,
  ].filter(Boolean);
  const first = gain[0];
  const found = first
    ? ` The ${percentWords(first.share, 0)} most probable rows hold ${percentWords(first.gain, 0)} of them, ${numberWords(first.lift, 2)} times as many as by chance.`
    : '';
  const cut = best
    ? ` The threshold of least cost is ${numberWords(best.threshold, 2)}: on rows it was not chosen on it costs ${numberWords(best.cost)} a row, against ${numberWords(best.usualCost)} at 0.5.`
    : '';
  return areas.length > 0
    ? `For "${positive}": ${areas.join(', ')}.${found}${cut}`
    : `No curve for "${positive}": one of the classes has no rows.`;
}

function calibrationWords({ calibration }: Decisions): string {
  if (!calibration || calibration.length === 0) return '';
  const missed = calibration.filter(
    ({ probability, interval }) => probability < interval.low || probability > interval.high,
  );
  return missed.length === 0
    ? 'Probabilities are calibrated as far as these rows tell.'
    : `In ${missed.length} of ${calibration.length} bins probabilities lie outside the 95 % interval of how often they came true.`;
}

const costWords = ({ meanCost, thresholds }: Decisions): string =>
  meanCost && !thresholds
    ? `Deciding for the most probable class costs ${numberWords(meanCost.mostProbable)} a row, for the one of least expected cost ${numberWords(meanCost.leastExpected)}.`
    : '';

function residualsWords({ residuals, target }: Decisions): string {
  const { quantiles, byColumn, byPrediction } = residuals!;
  const own = byPrediction.filter(({ distinguishable }) => distinguishable).length;
  const telling = byColumn.flatMap(({ column, bins }) =>
    bins
      .filter(({ distinguishable }) => distinguishable)
      .map((bin) => `${column} ${bin.words} (${numberWords(bin.mean)})`),
  );
  const spread = `Half of the residuals of ${target} lie between ${numberWords(quantiles[1])} and ${numberWords(quantiles[3])}.`;
  const along = own > 0 ? ` Along the prediction ${own} of ${byPrediction.length} bins are off.` : '';
  const columns =
    telling.length > 0
      ? ` Clearly off on average where ${listWords(telling.slice(0, 5))}.`
      : ' No column has rows whose residuals are off on average.';
  return spread + along + columns;
}
