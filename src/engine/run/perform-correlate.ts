import type { ModelCorrelation } from '../../shared/results/model-correlation.ts';
import { correlateModels, type PredictedModel } from '../explain/comparison/correlate-models.ts';
import { developmentData } from './development-data.ts';
import type { CorrelateJob } from './job.ts';
import { judgedPrediction, judgedRows } from './judged-rows.ts';
import type { Surroundings } from './surroundings.ts';

/** How alike the models of trials err, by what they predicted out of fold. */
export async function performCorrelate(
  job: CorrelateJob,
  { signal, progress }: Surroundings,
): Promise<ModelCorrelation> {
  const { data, folds } = await developmentData(job.data);
  const rows = judgedRows(data, folds);
  const models: PredictedModel[] = [];
  for (const [i, { trial, learner, modelFolder }] of job.candidates.entries()) {
    signal.throwIfAborted();
    const prediction = await judgedPrediction(modelFolder, data, rows);
    const weight = job.weights.find((member) => member.trial === trial)?.weight;
    if (prediction) models.push({ trial, learner, prediction, ...(weight !== undefined && { weight }) });
    progress((0.5 * i) / job.candidates.length);
  }
  const info = { dataHash: data.info.hash, further: job.complete - models.length };
  return correlateModels(models, rows.target, { seed: job.seed }, info, signal);
}
