import type { Metrics } from '../../shared/metrics.ts';
import type { Dataset } from '../data/dataset.ts';
import { measure } from '../metrics/measure.ts';
import { bundleBytes } from '../models/bundle-header.ts';
import type { Model } from '../models/model.ts';
import type { Prediction } from '../models/predictor.ts';

/** A fitted model on rows that it was not fitted on. */
export interface Measured {
  readonly prediction: Prediction;
  readonly metrics: Metrics;
}

/** Every metric of a fitted model on rows it was not fitted on, with its latency (ms a row), its size and its fit time (s). */
export async function measureModel(model: Model, data: Dataset, fitSeconds: number): Promise<Measured> {
  const started = performance.now();
  const prediction = await model.predict(data.features);
  const latency = (performance.now() - started) / Math.max(1, data.features.rowCount);
  const metrics = {
    ...measure(prediction, data.target, data.info.task),
    fit_time: fitSeconds,
    latency,
    model_size: bundleBytes(model.save()),
  };
  return { prediction, metrics };
}
