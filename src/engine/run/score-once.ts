import type { Metrics } from '../../shared/metrics.ts';
import type { DecisionGain, KeptPromise } from '../../shared/results/final-models.ts';
import { type Target, targetLength } from '../data/dataset.ts';
import { readSnapshot } from '../data/snapshot.ts';
import { type Coverage, coverages } from '../ensembles/coverage.ts';
import { type Promises, promisedBy } from '../ensembles/promises.ts';
import { type DecisionRule, decide, type TunedDecision, thresholdOf } from '../ensembles/thresholds.ts';
import { confusionOf, labelMetrics } from '../metrics/labels.ts';
import type { Model } from '../models/model.ts';
import type { Prediction } from '../models/predictor.ts';
import { measureModel } from './measure-model.ts';

/** What a final model is worth on rows that nothing before it has seen. */
export interface TestScore {
  readonly testMetrics: Metrics | null;
  /** How its sets or intervals held there what they promise, a level each. */
  readonly kept?: readonly KeptPromise[];
}

/** Looks at the test part; null metrics where there is none. @param fitSeconds where one fit made the model */
export async function scoreOnce(
  model: Model,
  promises: Promises,
  testSnapshot: string | null,
  fitSeconds?: number,
): Promise<TestScore> {
  if (testSnapshot === null) return { testMetrics: null };
  const test = await readSnapshot(testSnapshot);
  const { prediction, metrics } = await measureModel(model, test, fitSeconds ?? 0);
  const { fit_time: fitTime, ...rest } = { ...metrics, ...decidedMetrics(promises, prediction, test.target) };
  const testMetrics = fitSeconds === undefined ? rest : { ...rest, fit_time: fitTime };
  const promised = targetLength(test.target) > 0 ? promisedBy(promises) : undefined;
  const kept = promised?.check({ features: test.features, prediction }, test.target).map(keptAt);
  return { testMetrics, ...(kept && { kept }) };
}

const keptAt = (coverage: Coverage, at: number): KeptPromise => ({
  promised: coverages[at],
  ...coverage,
  meanSize: Number.isFinite(coverage.meanSize) ? coverage.meanSize : null,
});

/** Metrics of labels, by the labels that the model gives. */
function decidedMetrics({ decision }: Promises, { values }: Prediction, target: Target): Metrics {
  if (!decision || target.kind !== 'classes') return {};
  const { codes, classes } = target;
  const counts = confusionOf(decide(decision, values), codes, classes.length);
  const measured = Object.entries(labelMetrics).map(
    ([name, metric]) => [name, metric(counts, classes.length)] as const,
  );
  return Object.fromEntries(measured.filter(([, value]) => value !== undefined));
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
