import type { Metrics } from '../../shared/metrics.ts';
import type { DecisionGain, KeptPromise } from '../../shared/results/final-models.ts';
import { readSnapshot } from '../data/snapshot.ts';
import { checkPromise, coverages, type Promises } from '../ensembles/promises.ts';
import type { TunedDecision } from '../ensembles/thresholds.ts';
import type { Model } from '../models/model.ts';
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
  const { fit_time: fitTime, ...rest } = metrics;
  const kept = coverages.flatMap((promised) => {
    const found = checkPromise(promises, promised, prediction, test.target);
    return found ? [{ promised, ...found, meanSize: Number.isFinite(found.meanSize) ? found.meanSize : null }] : [];
  });
  const testMetrics = fitSeconds === undefined ? rest : { ...rest, fit_time: fitTime };
  return { testMetrics, ...(kept.length > 0 && { kept }) };
}

/** What tuning the decision gained on rows that it was not tuned on. */
export const decisionOf = (metric: string, { rule, untuned, crossFitted }: TunedDecision): DecisionGain => ({
  metric,
  kept: rule !== undefined,
  untuned: untuned ?? null,
  tuned: crossFitted ?? null,
});
