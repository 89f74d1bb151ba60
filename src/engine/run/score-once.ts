import type { Metrics } from '../../shared/metrics.ts';
import type { DecisionGain, KeptPromise } from '../../shared/results/final-models.ts';
import type { TrialFairness } from '../../shared/results/trial-fairness.ts';
import { type Dataset, type Target, targetLength } from '../data/dataset.ts';
import { readSnapshot } from '../data/snapshot.ts';
import { type Coverage, coverages } from '../ensembles/coverage.ts';
import { type Promises, promisedBy } from '../ensembles/promises.ts';
import { type DecisionRule, decide, type TunedDecision, thresholdOf } from '../ensembles/thresholds.ts';
import { groupColumn, hasColumn } from '../fairness/group-column.ts';
import { decideByGroup, probabilityOfSecond } from '../fairness/group-decision.ts';
import { measureFairness } from '../fairness/measure-fairness.ts';
import type { Model } from '../models/model.ts';
import type { Prediction } from '../models/predictor.ts';
import { createRandom } from '../random.ts';
import { metricsOfLabels } from './fair-judgement.ts';
import type { FairnessWishes } from './fairness-wishes.ts';
import type { RefitJob } from './job.ts';
import { measureModel } from './measure-model.ts';

/** What a final model is worth on rows that nothing before it has seen. */
export interface TestScore {
  readonly testMetrics: Metrics | null;
  /** How its sets or intervals held there what they promise, a level each. */
  readonly kept?: readonly KeptPromise[];
  /** How alike it treats groups there, one a constraint that bounds it. */
  readonly testFairness?: readonly TrialFairness[];
}

/** Looks at the test part; null metrics where there is none. @param fitSeconds where one fit made the model */
export async function scoreOnce(
  model: Model,
  promises: Promises,
  { testSnapshot, fairness, seed }: Pick<RefitJob, 'testSnapshot' | 'fairness' | 'seed'>,
  fitSeconds?: number,
): Promise<TestScore> {
  if (testSnapshot === null) return { testMetrics: null };
  const test = await readSnapshot(testSnapshot);
  const { prediction, metrics } = await measureModel(model, test, fitSeconds ?? 0);
  const { fit_time: fitTime, ...rest } = { ...metrics, ...decidedMetrics(promises, prediction, test) };
  const testMetrics = fitSeconds === undefined ? rest : { ...rest, fit_time: fitTime };
  const promised = targetLength(test.target) > 0 ? promisedBy(promises) : undefined;
  const kept = promised?.check({ features: test.features, prediction }, test.target).map(keptAt);
  const testFairness = fairnessOnTest(fairness, promises, prediction, test, seed);
  return { testMetrics, ...(kept && { kept }), ...(testFairness.length > 0 && { testFairness }) };
}

const keptAt = (coverage: Coverage, at: number): KeptPromise => ({
  promised: coverages[at],
  ...coverage,
  meanSize: Number.isFinite(coverage.meanSize) ? coverage.meanSize : null,
});

/** Metrics of labels, by the labels that the model gives. */
function decidedMetrics(promises: Promises, prediction: Prediction, test: Dataset): Metrics {
  const labels = decidedLabels(promises, prediction, test);
  return labels ? metricsOfLabels(labels, test.target) : {};
}

/** [rows] as the model decides; undefined where it gives the most probable class. */
function decidedLabels({ decision, byGroup }: Promises, { values }: Prediction, test: Dataset): Int32Array | undefined {
  if (test.target.kind !== 'classes') return undefined;
  if (byGroup) return decideByGroup(byGroup, probabilityOfSecond(values), groupColumn(test, byGroup.column));
  return decision && decide(decision, values);
}

/** What a test file lacks the column for is not measured; thresholds a group are refused without it before the search. */
function fairnessOnTest(
  { measures }: FairnessWishes,
  promises: Promises,
  prediction: Prediction,
  test: Dataset,
  seed: number,
): readonly TrialFairness[] {
  const labels = decidedLabels(promises, prediction, test);
  return measures.flatMap((measure) => {
    if (!hasColumn(test, measure.column)) return [];
    const random = createRandom(seed).fork(`fairness on test ${measure.column}`);
    const judged = { prediction, target: test.target, ...(labels && { labels }) };
    const measured = measureFairness(judged, groupColumn(test, measure.column), measure, random);
    return measured ? [{ ...measured, ...(promises.byGroup && { thresholds: true as const }) }] : [];
  });
}

/** What tuning the decision gained on rows that it was not tuned on. */
export const decisionOf = (
  metric: string,
  { rule, untuned, crossFitted }: TunedDecision,
  target: Target,
): DecisionGain => ({
  metric,
  kept: rule !== undefined,
  untuned: untuned ?? null,
  tuned: crossFitted ?? null,
  ...thresholdFor(rule, target),
});

function thresholdFor(rule: DecisionRule | undefined, target: Target): Pick<DecisionGain, 'threshold'> {
  if (target.kind !== 'classes' || target.classes.length !== 2) return {};
  return { threshold: { label: target.classes[1], from: rule ? thresholdOf(rule) : 0.5 } };
}
