import { isMetricName, type MetricInfo, type MetricName, metricNames, metrics } from '../metrics.ts';
import { type FairnessMeasure, type FairnessName, fairnessName, parseFairness } from './fairness-measure.ts';
import { parseBytes, parseDuration, parseEnergy, parseMass, type Reading } from './quantity.ts';

/** A bound that a trial must keep: 'model_size <= 1MB', 'latency <= 2ms', 'robustness >= 0.7', 'fairness(sex) <= 0.05'. */
export interface Constraint {
  readonly metric: MetricName | FairnessName;
  /** Where the metric compares groups. */
  readonly fairness?: FairnessMeasure;
  readonly bound: '<=' | '>=';
  /** In the metric's own unit. */
  readonly limit: number;
  /** As the person wrote it. */
  readonly words: string;
}

const shape = /^\s*([a-z0-9_]+)\s*(<=|>=|<|>)\s*(\S.*?)\s*$/;
const fairnessShape = /^\s*(fairness\b.*?)\s*(<=|>=|<|>)\s*(\S.*?)\s*$/;

/** Readers of amounts by the metric's unit, each giving that unit. */
const readers: Readonly<Record<string, (text: string) => Reading<number>>> = {
  bytes: parseBytes,
  s: parseDuration,
  ms: (text) => scaled(parseDuration(text), 1000),
  Wh: parseEnergy,
  g: parseMass,
};

/** Reads 'METRIC <= AMOUNT' or 'METRIC >= AMOUNT', the amount with a unit where the metric has one. */
export function parseConstraint(text: string): Reading<Constraint> {
  const fair = fairnessShape.exec(text);
  if (fair) return fairnessConstraint(fair[1], fair[2], fair[3], text.trim());
  const match = shape.exec(text);
  if (!match) return wrong(`"${text}" is not a constraint; write one such as model_size <= 1MB or accuracy >= 0.9.`);
  const [, metric, sign, amount] = match;
  if (!isMetricName(metric)) return wrong(`"${metric}" is no metric; the metrics are ${metricNames.join(', ')}.`);
  if (sign === '<' || sign === '>') {
    return { ok: false, problem: `write ${sign}= for a bound.`, suggestion: `${metric} ${sign}= ${amount}` };
  }
  const { unit }: MetricInfo = metrics[metric];
  const reading = (unit === undefined ? undefined : readers[unit])?.(amount) ?? plainNumber(amount);
  if (!reading.ok) {
    const suggestion = reading.suggestion && `${metric} ${sign} ${reading.suggestion}`;
    return { ok: false, problem: reading.problem, ...(suggestion && { suggestion }) };
  }
  return { ok: true, value: { metric, bound: sign as Constraint['bound'], limit: reading.value, words: text.trim() } };
}

function fairnessConstraint(measure: string, sign: string, amount: string, words: string): Reading<Constraint> {
  const reading = parseFairness(measure);
  if (!reading.ok) {
    const suggestion = reading.suggestion && `${reading.suggestion} <= ${amount}`;
    return { ok: false, problem: reading.problem, ...(suggestion && { suggestion }) };
  }
  const limit = plainNumber(amount);
  if (!limit.ok) return { ok: false, problem: limit.problem };
  const metric = fairnessName(reading.value);
  if (sign !== '<=')
    return {
      ok: false,
      problem: 'fairness is a difference between groups: bound it from above.',
      suggestion: `${metric} <= ${amount}`,
    };
  if (limit.value < 0) return { ok: false, problem: 'a difference between groups is never below 0.' };
  return { ok: true, value: { metric, fairness: reading.value, bound: '<=', limit: limit.value, words } };
}

/** How far a value breaks the constraint as a share of its limit, at most 0 where it keeps it. */
export function constraintValue({ bound, limit }: Constraint, value: number): number {
  const gap = bound === '<=' ? value - limit : limit - value;
  return gap / (Math.abs(limit) || 1);
}

function plainNumber(text: string): Reading<number> {
  const value = Number(text);
  if (Number.isFinite(value)) return { ok: true, value };
  return { ok: false, problem: `"${text}" is no number.` };
}

const scaled = (reading: Reading<number>, factor: number): Reading<number> =>
  reading.ok ? { ok: true, value: reading.value * factor } : reading;

const wrong = (problem: string): Reading<Constraint> => ({ ok: false, problem });
