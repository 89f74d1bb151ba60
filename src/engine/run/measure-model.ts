import type { Metrics } from '../../shared/metrics.ts';
import type { Dataset } from '../data/dataset.ts';
import { measure } from '../metrics/measure.ts';
import { bundleBytes } from '../models/bundle.ts';
import type { Model } from '../models/model.ts';

/** Every metric of a fitted model on rows it was not fitted on, with its latency (ms a row), its size and its fit time (s). */
export async function measureModel(model: Model, data: Dataset, fitSeconds: number): Promise<Metrics> {
  const started = performance.now();
  const prediction = await model.predict(data.features);
  const latency = (performance.now() - started) / Math.max(1, data.features.rowCount);
  return {
    ...measure(prediction, data.target, data.info.task),
    fit_time: fitSeconds,
    latency,
    model_size: bundleBytes(model.save()),
  };
}
