import type { CorrelatedModel, ModelCorrelation } from '../../../shared/results/model-correlation.ts';
import { numberWords } from '../../../shared/results/numbers.ts';
import { type Target, targetLength } from '../../data/dataset.ts';
import type { Prediction } from '../../models/predictor.ts';
import { createRandom } from '../../random.ts';
import { averageLinkage } from '../../statistics/average-linkage.ts';
import { mean } from '../../statistics/mean.ts';
import { correlation } from '../../statistics/rank-correlation.ts';
import { Pauses } from '../pauses.ts';
import { sampleRows } from '../sample-rows.ts';

/** A model with what it predicts for the rows of the target, none of which it was fitted on. */
export interface PredictedModel extends CorrelatedModel {
  readonly prediction: Prediction;
}

export interface CorrelationOptions {
  readonly seed: number;
  /** At most this many rows are looked at, a seeded sample. Default 5,000. */
  readonly rowCap?: number;
  /** From this mean correlation on models are of one family. Default 0.9. */
  readonly family?: number;
}

/**
 * Pearson's correlation of the errors of all pairs of models, by what each predicted out of fold: of classes the differences between the
 * truth (1 or 0) and each probability, of values the residuals. Predictions themselves are all correlated, because all of them follow the truth.
 * Models stand in the order of their clusters.
 */
export async function correlateModels(
  given: readonly PredictedModel[],
  target: Target,
  { seed, rowCap = 5000, family = 0.9 }: CorrelationOptions,
  info: { readonly dataHash: string; readonly further: number },
  signal: AbortSignal,
): Promise<ModelCorrelation> {
  const started = performance.now();
  const available = targetLength(target);
  const places = sampleRows(available, rowCap, createRandom(seed).fork('rows'));
  const pauses = new Pauses(signal);
  const errors = given.map(({ prediction }) => errorsOf(prediction, target, places));
  const similarity = given.map(() => new Float64Array(given.length));
  for (let i = 0; i < given.length; i++) {
    similarity[i][i] = 1;
    for (let j = 0; j < i; j++) {
      similarity[i][j] = correlation(errors[i], errors[j]);
      similarity[j][i] = similarity[i][j];
      await pauses.after(4 * errors[i].length);
    }
  }
  const order = averageLinkage(similarity, Number.NEGATIVE_INFINITY)[0] ?? [];
  const placeOf = new Map(order.map((model, place) => [model, place]));
  const families = averageLinkage(similarity, family)
    .filter((cluster) => cluster.length > 1)
    .map((cluster) => cluster.map((model) => placeOf.get(model)!).sort((a, b) => a - b))
    .sort((a, b) => b.length - a.length || a[0] - b[0]);
  const models = order.map((i): CorrelatedModel => {
    const { trial, learner, weight } = given[i];
    return { trial, learner, ...(weight !== undefined && { weight }) };
  });
  // Fisher's z: what a correlation of 0 is known to.
  const half = places.length > 3 ? Math.tanh(1.96 / Math.sqrt(places.length - 3)) : null;
  return {
    kind: 'model-correlation',
    version: 1,
    question: 'how do two models differ',
    options: { rowCap, family },
    seed,
    dataHash: info.dataHash,
    cost: { seconds: (performance.now() - started) / 1000, predictions: 0 },
    quality: {
      measure: 'half the 95 % interval of a correlation of 0',
      value: half,
      words:
        half === null
          ? 'These are too few rows for a correlation.'
          : `On ${numberWords(places.length)} rows a correlation of 0 is known to about ± ${numberWords(half, 2)}, a larger one more closely.`,
    },
    models,
    matrix: order.map((i) => order.map((j) => similarity[i][j])),
    rows: places.length,
    rowsAvailable: available,
    further: info.further,
    families,
    familyThreshold: family,
    ...byLearner(given, similarity),
  };
}

/** [rows x outputs] the truth less the prediction. */
function errorsOf({ values, ...prediction }: Prediction, target: Target, places: Uint32Array): Float64Array {
  if (target.kind === 'values') return Float64Array.from(places, (row) => target.values[row] - values[row]);
  const width = prediction.kind === 'probabilities' ? prediction.classCount : 1;
  const errors = new Float64Array(places.length * width);
  for (let i = 0; i < places.length; i++)
    for (let k = 0; k < width; k++)
      errors[i * width + k] = (target.codes[places[i]] === k ? 1 : 0) - values[places[i] * width + k];
  return errors;
}

function byLearner(
  models: readonly CorrelatedModel[],
  similarity: readonly Float64Array[],
): Pick<ModelCorrelation, 'sameLearner' | 'otherLearner'> {
  const [same, other]: [number[], number[]] = [[], []];
  for (let i = 0; i < models.length; i++)
    for (let j = 0; j < i; j++) (models[i].learner === models[j].learner ? same : other).push(similarity[i][j]);
  const meanOf = (values: readonly number[]) => (values.length === 0 ? null : mean(values));
  return { sameLearner: meanOf(same), otherLearner: meanOf(other) };
}
