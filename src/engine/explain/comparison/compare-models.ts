import type { ModelComparison } from '../../../shared/results/model-comparison.ts';
import { numberWords } from '../../../shared/results/numbers.ts';
import { takeDataset } from '../../data/dataset.ts';
import type { Prediction, Predictor } from '../../models/predictor.ts';
import { createRandom } from '../../random.ts';
import { countPredictions } from '../counted-predictor.ts';
import type { ExplainData } from '../explainer.ts';
import { Pauses } from '../pauses.ts';
import { predictInParts } from '../predict-in-parts.ts';
import { rowLosses } from '../row-losses.ts';
import { sampleRows } from '../sample-rows.ts';
import { differingRows } from './differing-rows.ts';
import { disagreementOf, distancesOf } from './disagreement.ts';
import { disagreementSlices } from './disagreement-slices.ts';
import { pairedScores } from './paired-scores.ts';

export interface ComparisonOptions {
  readonly seed: number;
  /** Metrics that are told first, such as the objectives; the default loss and the familiar ones follow. */
  readonly metrics?: readonly string[];
  /** At most this many rows are looked at, a seeded sample. Default 4,000. */
  readonly rowCap?: number;
  /** Rows that are told, the most different first. Default 10. */
  readonly told?: number;
  /** Of those, rows of which it is told why. Default 3. */
  readonly explained?: number;
}

/** Both models on the same rows: `as` beside one another, each asked the same. */
export interface BothPredictions {
  readonly first: Prediction;
  readonly second: Prediction;
}

export type ComparedRows = Omit<ModelComparison, 'first' | 'second' | 'folds'>;

/**
 * Which of two models is better on rows that neither was fitted on, by a paired bootstrap; where they disagree, by the search for slices on how far
 * apart their predictions are; who is right there; and why, by Shapley values of both over the same coalitions, for the rows that differ most.
 * Throws a RangeError on an option out of range, an empty part, or models that do not predict the same.
 */
export async function compareModels(
  first: Predictor,
  second: Predictor,
  data: ExplainData,
  given: ComparisonOptions,
  progress: (share: number) => void,
  signal: AbortSignal,
  enough: () => boolean = () => false,
): Promise<ComparedRows> {
  const { seed, metrics: wanted = [], ...own } = given;
  const options = { rowCap: 4000, told: 10, explained: 3, ...own };
  check(first, second, data, options);
  const { evaluation, part } = data;
  const random = createRandom(seed);
  const counted = { first: countPredictions(first, signal), second: countPredictions(second, signal) };
  const available = evaluation.features.rowCount;
  const places = sampleRows(available, options.rowCap, random.fork('rows'));
  const sample = takeDataset(evaluation, places);
  const both: BothPredictions = {
    first: await predictInParts(counted.first, sample.features, (share) => progress(0.15 * share)),
    second: await predictInParts(counted.second, sample.features, (share) => progress(0.15 + 0.15 * share)),
  };
  const pauses = new Pauses(signal, enough);
  const scores = await pairedScores(both, sample, wanted, random.fork('bootstrap'), pauses);
  progress(0.4);
  const distances = distancesOf(both);
  const losses = { first: rowLosses(both.first, sample.target), second: rowLosses(both.second, sample.target) };
  const compared = { sample, places, both, distances, losses, classes: first.classes };
  const disagreement = disagreementOf(compared);
  const found = await disagreementSlices(compared, random.fork('halves'), pauses);
  progress(0.55);
  const differing = await differingRows(compared, counted, data.train.features, options, random.fork('why'), {
    enough,
    progress: (share) => progress(0.55 + 0.45 * share),
  });
  progress(1);
  const costs = [counted.first.cost(), counted.second.cost()];
  const [main] = scores;
  return {
    kind: 'model-comparison',
    version: 1,
    question: 'how do two models differ',
    options: { ...options, metrics: wanted },
    seed,
    dataHash: evaluation.info.hash,
    cost: { seconds: costs[0].seconds, predictions: costs[0].predictions + costs[1].predictions },
    ...((found.isCut || differing.isCut) && {
      partial: 'Ended before its end: not every segment was looked at, or of fewer rows it is told why.',
    }),
    quality: {
      measure: 'half the width of the interval of the difference',
      value: main ? (main.interval.high - main.interval.low) / 2 : null,
      words: main
        ? `Intervals (95 %) resample the rows with both predictions; on ${numberWords(places.length)} rows a difference is known to about ± ${numberWords((main.interval.high - main.interval.low) / 2, 2)}. They do not say what other training rows would do.`
        : 'No metric is determined by these rows.',
    },
    part,
    rows: places.length,
    rowsAvailable: available,
    scores,
    disagreement,
    slices: found.slices,
    examined: found.examined,
    tested: found.tested,
    differing: differing.rows,
  };
}

function check(
  first: Predictor,
  second: Predictor,
  { evaluation, part }: ExplainData,
  options: Readonly<Record<'rowCap' | 'told' | 'explained', number>>,
): void {
  for (const [name, least] of [
    ['rowCap', 1],
    ['told', 1],
    ['explained', 0],
  ] as const)
    if (!Number.isInteger(options[name]) || options[name] < least)
      throw new RangeError(`${name} must be a whole number from ${least}, not ${options[name]}`);
  if (evaluation.features.rowCount === 0) throw new RangeError(`the ${part} part has no rows to compare on`);
  if (first.task !== second.task || first.classes?.join('\n') !== second.classes?.join('\n'))
    throw new RangeError('the two models do not predict the same');
}
