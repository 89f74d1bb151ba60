import type { ModelComparison } from '../../../shared/results/model-comparison.ts';
import { numberWords } from '../../../shared/results/numbers.ts';
import { type Dataset, takeDataset } from '../../data/dataset.ts';
import { type Prediction, type Predictor, takePrediction } from '../../models/predictor.ts';
import { createRandom, type Random } from '../../random.ts';
import { type CountedPredictor, countPredictions } from '../counted-predictor.ts';
import type { ExplainData } from '../explainer.ts';
import { Pauses } from '../pauses.ts';
import { predictInParts } from '../predict-in-parts.ts';
import { rowLosses } from '../row-losses.ts';
import { sampleRows } from '../sample-rows.ts';
import { differingRows } from './differing-rows.ts';
import { type Compared, disagreementOf, distancesOf } from './disagreement.ts';
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

/** `evaluation` are the rows that both can be asked about. */
export interface ComparedData extends ExplainData {
  /** More rows, those of all folds, with what each predicted for them by models that were not fitted on them; absent where that is not kept. */
  readonly outOfFold?: { readonly rows: Dataset; readonly both: BothPredictions };
}

export type ComparedRows = Omit<ModelComparison, 'first' | 'second' | 'folds'>;

/**
 * Which of two models is better on rows that neither was fitted on, by a paired bootstrap; where they disagree, by the search for slices on how far
 * apart their predictions are; who is right there; and why, by Shapley values of both over the same coalitions, for the rows that differ most of
 * those that both can be asked about.
 * Throws a RangeError on an option out of range, an empty part, or models that do not predict the same.
 */
export async function compareModels(
  first: Predictor,
  second: Predictor,
  data: ComparedData,
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
  const asked = await askBoth(counted, evaluation, options.rowCap, random.fork('rows'), (share) =>
    progress(0.3 * share),
  );
  const { sample, both, places } = judged(data.outOfFold, options.rowCap, random.fork('judged')) ?? asked;
  const pauses = new Pauses(signal, enough);
  const scores = await pairedScores(both, sample, wanted, random.fork('bootstrap'), pauses);
  progress(0.4);
  const compared = comparedOf({ sample, both, places }, first.classes);
  const disagreement = disagreementOf(compared);
  const found = await disagreementSlices(compared, random.fork('halves'), pauses);
  progress(0.55);
  const differing = await differingRows(
    comparedOf(asked, first.classes),
    counted,
    data.train.features,
    options,
    random.fork('why'),
    {
      enough,
      progress: (share) => progress(0.55 + 0.45 * share),
    },
  );
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
    rowsAvailable: (data.outOfFold?.rows ?? evaluation).features.rowCount,
    ...(data.outOfFold && { outOfFold: true }),
    scores,
    disagreement,
    slices: found.slices,
    examined: found.examined,
    tested: found.tested,
    differing: differing.rows,
  };
}

/** Some rows, their places, and what both say of them. */
type Sampled = Pick<Compared, 'sample' | 'places' | 'both'>;

async function askBoth(
  counted: { readonly first: CountedPredictor; readonly second: CountedPredictor },
  evaluation: Dataset,
  rowCap: number,
  random: Random,
  progress: (share: number) => void,
): Promise<Sampled> {
  const places = sampleRows(evaluation.features.rowCount, rowCap, random);
  const sample = takeDataset(evaluation, places);
  const first = await predictInParts(counted.first, sample.features, (share) => progress(share / 2));
  const second = await predictInParts(counted.second, sample.features, (share) => progress((1 + share) / 2));
  return { sample, places, both: { first, second } };
}

function judged(outOfFold: ComparedData['outOfFold'], rowCap: number, random: Random): Sampled | undefined {
  if (!outOfFold) return undefined;
  const { rows, both } = outOfFold;
  const places = sampleRows(rows.features.rowCount, rowCap, random);
  return {
    sample: takeDataset(rows, places),
    places,
    both: { first: takePrediction(both.first, places), second: takePrediction(both.second, places) },
  };
}

function comparedOf({ sample, places, both }: Sampled, classes: readonly string[] | undefined): Compared {
  const losses = { first: rowLosses(both.first, sample.target), second: rowLosses(both.second, sample.target) };
  return { sample, places, both, distances: distancesOf(both), losses, classes };
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
