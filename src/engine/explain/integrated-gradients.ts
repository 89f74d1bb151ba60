import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { UserError } from '../../shared/faults.ts';
import type { GradientTerm, IntegratedGradients, SmoothSlope } from '../../shared/results/integrated-gradients.ts';
import { numberWords, percentWords } from '../../shared/results/numbers.ts';
import { type Column, columnNamed, record, type Table, takeRows } from '../data/table.ts';
import { type Differentiable, isDifferentiable, type Predictor } from '../models/predictor.ts';
import { gaussLegendre } from '../numerics/gauss-legendre.ts';
import { createRandom, type Random } from '../random.ts';
import { mean, standardDeviation } from '../statistics/mean.ts';
import { type CountedPredictor, countPredictions } from './counted-predictor.ts';
import { type ExplainedOutput, explainedOutput } from './explained-output.ts';
import { checkRow } from './explained-row.ts';
import type { ExplainData, ExplainedModel, Explainer } from './explainer.ts';
import { baselineRow } from './gradients/baseline-row.ts';
import { movedRows } from './gradients/moved-rows.ts';
import { type OutputSlopes, outputSlopes } from './gradients/output-slopes.ts';
import { className, type OptionsOf, positive, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  points: whole(50, 'Gauss-Legendre points along the way from the baseline to the row.'),
  noisy: whole(50, 'Noisy copies of the row whose slopes SmoothGrad averages; 0 leaves it out.', 0),
  sigma: positive(0.15, "Standard deviation of the noise as a share of each column's range in training."),
  class: className('Class to explain, of classes; default: the predicted one.'),
});
export type IntegratedGradientsOptions = OptionsOf<typeof settable>;
type Settings = z.output<typeof settable>;

/** A gap of more than this share of what the numbers add is too much. */
const mostGap = 0.05;
const normal95 = 1.96;

/**
 * Integrated gradients (Sundararajan, Taly and Yan 2017): slopes of the output along the straight line from the row of medians and most
 * frequent levels to the explained row, by Gauss-Legendre quadrature. What slopes cannot follow (categories, missing values,
 * dates, whose weekdays come and go many times on the way) is changed all at once at the beginning and told as one jump. Their axiom of completeness is the measured quality. Beside it SmoothGrad (Smilkov et al.
 * 2017): the mean slope over noisy copies of the row. Throws a RangeError on an option out of range, an unknown class or row, a UserError
 * for a model without slopes.
 */
export const integratedGradients: Explainer<IntegratedGradientsOptions, IntegratedGradients> = {
  kind: 'integrated-gradients',
  title: 'What each number adds, by gradients',
  question: 'why this prediction',
  scope: 'one row',
  byDefault: false,
  options: settable,
  unsuited: unsuitedGradients,
  async explain(predictor, data, given, progress, signal, enough = () => false) {
    const { seed, row: rowIndex, settings } = readOptions(settable, given);
    check(rowIndex, data);
    signal.throwIfAborted();
    if (!isDifferentiable(predictor)) throw noGradients();
    const { evaluation, train } = data;
    const counted = countPredictions(predictor, signal);
    const row = takeRows(evaluation.features, [rowIndex]);
    const output = explainedOutput(predictor, await counted.predict(row), settings.class);
    const model: SlopedModel = { counted, predictor, output };
    const baseline = baselineRow(train.features);
    const followed = followedColumns(row, baseline);
    progress(0.1);
    const way = await alongTheWay(model, row, baseline, followed, settings.points);
    progress(0.5);
    const isCut = settings.noisy > 0 && followed.length > 0 && enough();
    const slopes = isCut
      ? []
      : await smoothSlopes(model, row, followed, train.features, settings, createRandom(seed).fork('noise'));
    await setImmediate();
    signal.throwIfAborted();
    progress(1);
    return {
      kind: 'integrated-gradients',
      version: 1,
      question: 'why this prediction',
      options: settings,
      seed,
      dataHash: evaluation.info.hash,
      cost: counted.cost(),
      ...(isCut && { partial: 'There was no time for the slopes near the row (SmoothGrad).' }),
      row: record(evaluation.features, rowIndex),
      rowIndex,
      ...(output.name !== undefined && { class: output.name }),
      unit: output.name === undefined ? evaluation.info.target : `probability of ${output.name}`,
      ...way,
      slopes,
    };
  },
};

/** Why gradients have nothing to say of a model. */
export function unsuitedGradients({ learner, facts, info }: ExplainedModel): string | undefined {
  const isNumeric = ({ type, role }: ExplainedModel['info']['columns'][number]) =>
    role === 'feature' && (type === 'number' || type === 'integer');
  if (!info.columns.some(isNumeric))
    return 'there is no column of numbers along which a prediction could have slopes: kernel-shap suits columns of every type, occlusion suits images.';
  if (facts.gradients) return undefined;
  return `predictions of ${learner} have no gradients: kernel-shap tells for any model what each column adds, occlusion for images.`;
}

const noGradients = () =>
  new UserError('no-gradients', 'predictions of this model have no gradients.', {
    advice: 'Choose kernel-shap, which tells for any model what each column adds, or occlusion for images.',
  });

function check(row: number, data: ExplainData): void {
  checkRow(row, data);
  if (data.train.features.rowCount === 0) throw new RangeError('there are no training rows for a baseline');
}

interface SlopedModel {
  readonly counted: CountedPredictor;
  readonly predictor: Predictor & Differentiable;
  readonly output: ExplainedOutput;
}

const slopesAt = ({ counted, predictor, output }: SlopedModel, rows: Table): Promise<OutputSlopes> =>
  outputSlopes(counted, predictor, output, rows);

/** Numbers other than dates that are known in both rows, by name. */
const followedColumns = (row: Table, baseline: Table): string[] =>
  row.columns.flatMap((column) => {
    const other = columnNamed(baseline, column.name);
    const isNumber = column.kind === 'numeric' && other.kind === 'numeric' && column.type !== 'date';
    return isNumber && Number.isFinite(column.values[0]) && Number.isFinite(other.values[0]) ? [column.name] : [];
  });

const numberIn = (row: Table, name: string): number => {
  const column = columnNamed(row, name);
  return column.kind === 'numeric' ? column.values[0] : Number.NaN;
};

/** The integral of the slopes, and where it begins and ends. */
async function alongTheWay(
  model: SlopedModel,
  row: Table,
  baseline: Table,
  followed: readonly string[],
  points: number,
): Promise<Pick<IntegratedGradients, 'base' | 'explained' | 'terms' | 'jump' | 'gap' | 'trustworthy' | 'quality'>> {
  const { nodes, weights } = gaussLegendre(points);
  const from = followed.map((name) => numberIn(baseline, name));
  const to = followed.map((name) => numberIn(row, name));
  // The whole way: its beginning, the points of the quadrature, its end.
  const places = [0, ...nodes, 1];
  const at = (copy: number, place: number) => from[place] + places[copy] * (to[place] - from[place]);
  const { outputs, slopes, columns } = await slopesAt(model, movedRows(row, places.length, followed, at));
  const [base] = model.output.of(await model.counted.predict(baseline));
  const [start, explained] = [outputs[0], outputs[places.length - 1]];
  const values = record(row, 0);
  const middles = record(baseline, 0);
  const terms = followed.map((column, place): GradientTerm => {
    const j = columns.indexOf(column);
    const integral = weights.reduce((sum, weight, i) => sum + weight * slopes[(i + 1) * columns.length + j], 0);
    const contribution = (to[place] - from[place]) * integral + 0;
    return { column, value: values[column], baseline: middles[column], contribution };
  });
  const added = terms.reduce((sum, { contribution }) => sum + contribution, 0);
  const moved = terms.reduce((sum, { contribution }) => sum + Math.abs(contribution), 0);
  const gap = explained - start - added + 0;
  const isFollowed = new Set(followed);
  const others = row.columns.filter((column) => !isFollowed.has(column.name) && differs(column, baseline));
  const isSmall = Math.abs(gap) <= mostGap * moved || Math.abs(gap) <= 1e-6 * Math.max(Math.abs(explained), 1e-6);
  return {
    base,
    explained,
    terms: terms.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
    jump: others.length === 0 ? null : { columns: others.map(({ name }) => name), contribution: start - base + 0 },
    gap,
    trustworthy: isSmall,
    quality: qualityOf(gap, moved, isSmall),
  };
}

const differs = (column: Column, baseline: Table): boolean =>
  record({ rowCount: 1, columns: [column] }, 0)[column.name] !== record(baseline, 0)[column.name];

/** The mean slope near the row, in steps of the noise; steepest first. */
async function smoothSlopes(
  model: SlopedModel,
  row: Table,
  followed: readonly string[],
  train: Table,
  { noisy, sigma }: Settings,
  random: Random,
): Promise<SmoothSlope[]> {
  if (noisy === 0 || followed.length === 0) return [];
  const centres = followed.map((name) => numberIn(row, name));
  const deviations = followed.map((name) => sigma * rangeOf(columnNamed(train, name)));
  const { slopes, columns } = await slopesAt(
    model,
    movedRows(row, noisy, followed, (_, place) => centres[place] + deviations[place] * random.normal()),
  );
  return followed
    .map((column, place): SmoothSlope => {
      const j = columns.indexOf(column);
      const steps = Float64Array.from({ length: noisy }, (_, i) => deviations[place] * slopes[i * columns.length + j]);
      const slope = mean(steps) + 0;
      const error = (normal95 * standardDeviation(steps)) / Math.sqrt(noisy);
      // Slopes that are all the same differ by rounding alone.
      return { column, slope, error: error > 1e-9 * Math.abs(slope) ? error : 0 };
    })
    .sort((a, b) => Math.abs(b.slope) - Math.abs(a.slope));
}

function rangeOf(column: Column): number {
  if (column.kind === 'coded') return 0;
  const known = column.values.filter((value) => !Number.isNaN(value));
  return known.reduce((a, b) => Math.max(a, b), -Infinity) - known.reduce((a, b) => Math.min(a, b), Infinity);
}

function qualityOf(gap: number, moved: number, isSmall: boolean): IntegratedGradients['quality'] {
  const measure = 'completeness error';
  if (moved === 0 && isSmall)
    return {
      measure,
      value: 0,
      words: 'The prediction does not move with the numbers on the way, so there is nothing to add up.',
    };
  const share = moved > 0 ? Math.abs(gap) / moved : 1;
  const size = share < 1e-4 ? 'less than 0.01 %' : percentWords(share, 2);
  const missed = `What the numbers add misses the difference that it should add up to by ${size} of itself`;
  const verdict = isSmall
    ? 'well enough to be read'
    : `too much to be read (${numberWords(100 * mostGap)} % is the most): the way crosses steps that gradients do not see, ask kernel-shap`;
  return { measure, value: Math.abs(gap), words: `${missed}: ${verdict}.` };
}
