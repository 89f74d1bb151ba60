import type { MetricName, Metrics } from '../../shared/metrics.ts';
import type { Dataset } from '../data/dataset.ts';
import { takeRows } from '../data/table.ts';
import {
  type FunctionalComplexity,
  functionalComplexity,
} from '../explain/functional-complexity/functional-complexity.ts';
import { usedColumns } from '../explain/functional-complexity/used-columns.ts';
import { bundleBytes } from '../models/bundle-header.ts';
import type { Model } from '../models/model.ts';
import { createRandom } from '../random.ts';
import { checkRobustness } from '../robustness/report.ts';

/** Metrics that cost more than a prediction: measured only where the experiment asks for them, on the first fold's model. */
export const costlyMetrics = [
  'robustness',
  'interpretability',
  'features_used',
  'interaction_strength',
  'main_effect_complexity',
  'model_reading',
] as const satisfies readonly MetricName[];
export type CostlyMetric = (typeof costlyMetrics)[number];

interface FittedModel {
  readonly model: Model;
  readonly train: Dataset;
  /** Rows that it was not fitted on. */
  readonly evaluation: Dataset;
}

/** What several metrics need of a model, each measured once at most. */
interface Subject extends FittedModel {
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Names of the columns that it uses. */
  used(): Promise<readonly string[]>;
  complexity(): Promise<FunctionalComplexity>;
}

const measures: Readonly<Record<CostlyMetric, (subject: Subject) => number | Promise<number>>> = {
  robustness,
  interpretability,
  features_used: async (subject) => (await subject.used()).length,
  interaction_strength: async (subject) => (await subject.complexity()).interactionStrength,
  main_effect_complexity: async (subject) => (await subject.complexity()).mainEffectComplexity,
  model_reading: ({ model }) => modelReading(model),
};

export async function measureCostly(
  wanted: readonly CostlyMetric[],
  fitted: FittedModel,
  seed: number,
  signal: AbortSignal,
): Promise<Metrics> {
  const measured: Record<string, number> = {};
  const subject = subjectOf(fitted, seed, signal);
  for (const name of wanted) measured[name] = await measures[name](subject);
  return measured;
}

const sampledRows = 100;

function subjectOf(fitted: FittedModel, seed: number, signal: AbortSignal): Subject {
  const { model, evaluation } = fitted;
  const used = once(() => {
    const random = createRandom(seed).fork('interpretability');
    const rows = random.permutation(evaluation.features.rowCount).subarray(0, sampledRows);
    return usedColumns(model, takeRows(evaluation.features, rows), random, signal);
  });
  const complexity = once(async () =>
    functionalComplexity(model, evaluation.features, await used(), createRandom(seed).fork('complexity'), signal),
  );
  return { ...fitted, seed, signal, used, complexity };
}

function once<T>(measure: () => Promise<T>): () => Promise<T> {
  let measured: Promise<T> | undefined;
  return () => {
    measured ??= measure();
    return measured;
  };
}

/** Size of the edits, in interquartile ranges of the column. */
const epsilon = 0.25;
const attacked = { rowCap: 60, queriesPerRow: 20 };

/** Share of the rows that are right and stay right under a short attack: see `robustness/report.ts`. */
async function robustness({ model, train, evaluation, seed, signal }: Subject): Promise<number> {
  const data = { train, evaluation, part: 'validation' } as const;
  const options = { ...attacked, seed, epsilons: [epsilon], examples: 0 };
  const { curve } = await checkRobustness(model, data, options, () => {}, signal);
  return curve[curve.length - 1].robustAccuracy;
}

/** Share of the columns that the model does without. */
async function interpretability({ evaluation, used }: Subject): Promise<number> {
  const columns = evaluation.features.columns.length;
  return columns === 0 ? 1 : 1 - (await used()).length / columns;
}

const bytesOfNumber = 8;

/**
 * What a person has to read to follow the model: coefficients, leaves, rules, graphs; of a model that nobody can follow, all the
 * numbers that it is saved as, so that it can be compared and is never taken for a short one.
 */
const modelReading = (model: Model): number =>
  model.facts.reading?.count ?? Math.ceil(bundleBytes(model.save()) / bytesOfNumber);
