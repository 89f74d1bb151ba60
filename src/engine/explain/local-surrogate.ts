import { z } from 'zod';
import type { LocalSurrogate, SurrogateTerm } from '../../shared/results/local-surrogate.ts';
import { record, type Table, takeRows } from '../data/table.ts';
import { createRandom } from '../random.ts';
import { mean, standardDeviation } from '../statistics/mean.ts';
import { countPredictions } from './counted-predictor.ts';
import { type DiscreteColumn, discretise } from './discretiser.ts';
import { type ExplainedOutput, explainedOutput } from './explained-output.ts';
import { checkRow } from './explained-row.ts';
import type { Explainer } from './explainer.ts';
import { selectFeatures } from './feature-selection.ts';
import { askInTurns } from './local-surrogate/ask-in-turns.ts';
import { type Sampled, tellingColumns, withColumnsOf } from './local-surrogate/telling-columns.ts';
import { binsOf, type Neighbourhood, sampleNeighbourhood } from './neighbourhood.ts';
import { sampleRows } from './sample-rows.ts';
import { className, type OptionsOf, readOptions, whole } from './technique-options.ts';
import { type LinearFit, moments, ridge, weightedR2 } from './weighted-ridge.ts';

/** What may be set. */
const settable = z.strictObject({
  samples: whole(
    5000,
    'Samples that the surrogate is fitted on, over all repeats, as in lime; a fifth more is held out.',
  ),
  repeats: whole(5, 'Independent samplings, whose spread is told with every weight.'),
  features: whole(10, 'At most this many columns.'),
  kernelWidth: z
    .number()
    .gt(0)
    .optional()
    .describe('Width of the exponential kernel; default: 0.75 times the root of the columns.'),
  class: className('Class to explain, of classes; default: the predicted one.'),
  rowCap: whole(20_000, 'Training rows behind quartiles and frequencies, a seeded sample.'),
  trustedR2: z.number().max(1).default(0.5).describe('Below this held-out R2 the surrogate is not to be trusted.'),
});
export type LocalSurrogateOptions = OptionsOf<typeof settable>;
type Settings = z.output<typeof settable>;

/** Columns that a surrogate is fitted on, and cells of the samples of one repeat. */
const [mostFitted, mostCells] = [100, 1e6];

/**
 * LIME for tables (Ribeiro, Singh and Guestrin 2016, with the choices of the lime package): a weighted ridge (alpha 1) on
 * 'falls in the same quartile / has the same level as this row' for samples around the row. Unlike lime it is seeded, its
 * fidelity is measured on samples it did not see, each weight has its spread over repeats, and a fit that is too poor says
 * so. Missing values are a bin of their own. Of more than a hundred columns it is fitted on those that tell most by themselves. Throws a RangeError on an option out of range, an unknown class or row.
 */
export const localSurrogate: Explainer<LocalSurrogateOptions, LocalSurrogate> = {
  kind: 'local-surrogate',
  title: 'Why one prediction',
  question: 'why this prediction',
  scope: 'one row',
  byDefault: true,
  options: settable,
  async explain(predictor, data, given, progress, signal, enough = () => false) {
    const { seed, row: rowIndex, settings } = readOptions(settable, given);
    checkRow(rowIndex, data);
    const random = createRandom(seed);
    const counted = countPredictions(predictor, signal);
    const row = takeRows(data.evaluation.features, [rowIndex]);
    const prediction = await counted.predict(row);
    const output = explainedOutput(predictor, prediction, settings.class);
    const train = data.train.features;
    const background = takeRows(train, sampleRows(train.rowCount, settings.rowCap, random.fork('background')));
    const space = spaceAround(background, row, settings, output);
    const planned = samplesOf(settings, train.columns.length);
    const around = (label: string, first?: Table) =>
      sampleNeighbourhood(space.columns, space.own, planned, space.width, random.fork(label), first);
    const repeats = Array.from({ length: settings.repeats }, (_, repeat) => around(`repeat ${repeat}`, row));
    const all = [...repeats, around('held out')];
    const tables = all.map(({ rows }) => rows);
    const { asked, responses } = await askInTurns(counted, tables, output, enough, (share) => progress(0.9 * share));
    const sampled = all.map((one, i) => askedOf(one, responses[i], train.columns.length));
    const kept = tellingColumns(sampled.slice(0, -1), train.columns.length, mostFitted);
    const fitted = sampled.map((one) => withColumnsOf(one, train.columns.length, kept));
    const heldOut = fitted[fitted.length - 1];
    const fits = asked === 0 ? [] : fitAll(fitted.slice(0, -1), settings.features);
    const surrogate = meanFit(fits, kept.length, output.of(prediction)[0]);
    const heldOutR2 = asked === 0 ? null : weightedR2(surrogate, heldOut.same, heldOut.response, heldOut.weights);
    const trustworthy = asked > 0 && (heldOutR2 === null || heldOutR2 >= settings.trustedR2);
    progress(1);
    return {
      kind: 'local-surrogate',
      version: 1,
      question: 'why this prediction',
      options: { ...settings, kernelWidth: space.width },
      seed,
      dataHash: data.evaluation.info.hash,
      cost: counted.cost(),
      ...(asked < planned && { partial: partialWords(asked * settings.repeats, planned * settings.repeats) }),
      quality: asked === 0 ? nothingAsked : qualityOf(heldOutR2, trustworthy),
      row: record(data.evaluation.features, rowIndex),
      rowIndex,
      ...(output.name !== undefined && { class: output.name }),
      prediction: output.of(prediction)[0],
      surrogatePrediction: surrogate.intercept + surrogate.coefficients.reduce((sum, weight) => sum + weight, 0),
      intercept: surrogate.intercept,
      terms: termsOf(space, kept, surrogate, fits),
      heldOutR2,
      samples: asked * settings.repeats,
      trustworthy,
    };
  },
};

/** The row, its bins and how near counts as near. */
interface LocalSpace {
  readonly row: Table;
  readonly columns: readonly DiscreteColumn[];
  readonly own: Int32Array;
  readonly width: number;
  readonly output: ExplainedOutput;
}

function spaceAround(train: Table, row: Table, { kernelWidth }: Settings, output: ExplainedOutput): LocalSpace {
  const columns = discretise(train);
  return { row, columns, own: binsOf(columns, row), width: kernelWidth ?? 0.75 * Math.sqrt(columns.length), output };
}

/** Samples of each repeat: of thousands of columns fewer. */
const samplesOf = ({ samples, repeats }: Settings, columns: number): number =>
  Math.max(2, Math.min(Math.ceil(samples / repeats), Math.floor(mostCells / Math.max(1, columns))));

/** Those samples that the model was asked for. */
const askedOf = ({ same, weights }: Neighbourhood, response: Float64Array, columns: number): Sampled => ({
  same: same.subarray(0, response.length * columns),
  weights: weights.subarray(0, response.length),
  response,
});

/** Chooses the columns on all samples together, then fits each repeat on its own. */
function fitAll(sampled: readonly Sampled[], features: number): LinearFit[] {
  const flat = (of: (one: Sampled) => Float64Array) => Float64Array.from(sampled.flatMap((one) => [...of(one)]));
  const together = moments(
    flat(({ same }) => same),
    flat(({ response }) => response),
    flat(({ weights }) => weights),
  );
  const chosen = selectFeatures(together, features);
  return sampled.map(({ same, response, weights }) => ridge(moments(same, response, weights), chosen, 1));
}

/** Without any fit, what the model says of the row itself. */
const meanFit = (fits: readonly LinearFit[], columns: number, own: number): LinearFit =>
  fits.length === 0
    ? { intercept: own, coefficients: new Float64Array(columns) }
    : {
        intercept: mean(fits.map(({ intercept }) => intercept)),
        coefficients: fits[0].coefficients.map((_, j) => mean(fits.map(({ coefficients }) => coefficients[j]))),
      };

/** Heaviest first; columns that were not chosen are left out. */
function termsOf(
  { columns, own }: LocalSpace,
  kept: readonly number[],
  surrogate: LinearFit,
  fits: readonly LinearFit[],
): SurrogateTerm[] {
  return kept
    .map((place) => ({ ...columns[place], own: own[place] }))
    .map(({ column, bins, own: bin }, j) => ({
      column: column.name,
      condition: `${column.name} ${bins[bin]?.words ?? 'is a level that training never had'}`,
      weight: surrogate.coefficients[j],
      spread: standardDeviation(fits.map(({ coefficients }) => coefficients[j])),
    }))
    .filter(({ weight }) => weight !== 0)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}

const partialWords = (asked: number, planned: number): string =>
  `There was time for ${asked.toLocaleString('en-US')} of ${planned.toLocaleString('en-US')} sampled rows around it.`;

const nothingAsked: LocalSurrogate['quality'] = {
  measure: 'held-out R2',
  value: null,
  words: 'There was too little time to ask the model about rows around this one.',
};

function qualityOf(r2: number | null, trustworthy: boolean): LocalSurrogate['quality'] {
  const measure = 'held-out R2';
  if (r2 === null)
    return {
      measure,
      value: null,
      words: 'The prediction does not vary around this row, so there is nothing to explain.',
    };
  const verdict = trustworthy
    ? 'well enough to be read as the reason'
    : 'too poorly for the terms to be read as the reason; such conditions explain too little here';
  return {
    measure,
    value: r2,
    words: `On samples it did not see, the surrogate follows the model with R2 ${r2.toFixed(2)}: ${verdict}.`,
  };
}
