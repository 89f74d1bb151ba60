import { z } from 'zod';
import type { KernelShap } from '../../shared/results/kernel-shap.ts';
import { countWords, numberWords, percentWords } from '../../shared/results/numbers.ts';
import type { ShapTerm } from '../../shared/results/shap-values.ts';
import { record, type Table, takeRows } from '../data/table.ts';
import { createRandom } from '../random.ts';
import { countPredictions } from './counted-predictor.ts';
import { explainedOutput } from './explained-output.ts';
import { checkRow } from './explained-row.ts';
import type { ExplainData, Explainer } from './explainer.ts';
import { sampleRows } from './sample-rows.ts';
import type { ShapleyEstimate } from './shapley/kernel-regression.ts';
import { type KernelValues, kernelValues } from './shapley/kernel-values.ts';
import { className, type OptionsOf, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  samples: z
    .int()
    .min(1)
    .optional()
    .describe('Coalitions that are asked, all of them where there are no more; default: 2 columns + 2,048.'),
  background: whole(100, 'Training rows that columns which are not known take their values from, a seeded sample.'),
  columns: whole(
    100,
    'Columns that are told apart, those first that move the prediction most by themselves; the others are one.',
  ),
  class: className('Class to explain, of classes; default: the predicted one.'),
});
export type KernelShapOptions = OptionsOf<typeof settable>;

/** Standard errors on either side of a 95 % interval. */
const normal95 = 1.96;

/**
 * KernelSHAP (Lundberg and Lee 2017): Shapley values of the mean prediction over background rows, exact where all coalitions can be asked,
 * else by a weighted regression on paired samples with standard errors (Covert and Lee 2021). No column is dropped. Throws a
 * RangeError on an option out of range, an unknown class or row.
 */
export const kernelShap: Explainer<KernelShapOptions, KernelShap> = {
  kind: 'kernel-shap',
  title: 'What each column adds',
  question: 'why this prediction',
  scope: 'one row',
  byDefault: false,
  options: settable,
  async explain(predictor, data, given, progress, signal, enough = () => false) {
    const { seed, row: rowIndex, settings: options } = readOptions(settable, given);
    check(rowIndex, data);
    const { train, evaluation } = data;
    const random = createRandom(seed);
    const counted = countPredictions(predictor, signal);
    const row = takeRows(evaluation.features, [rowIndex]);
    const prediction = await counted.predict(row);
    const output = explainedOutput(predictor, prediction, options.class);
    const picked = sampleRows(train.features.rowCount, options.background, random.fork('background'));
    const background = takeRows(train.features, picked);
    const found = await kernelValues(
      counted,
      row,
      background,
      prediction.values,
      options,
      random.fork('coalitions'),
      enough,
      (share) => progress(0.95 * share),
    );
    const estimate = found.estimates[output.index];
    const terms = termsOf(found, estimate, evaluation.features, background, rowIndex);
    progress(1);
    return {
      kind: 'kernel-shap',
      version: 1,
      question: 'why this prediction',
      options,
      seed,
      dataHash: evaluation.info.hash,
      cost: counted.cost(),
      ...(found.asked < found.planned && { partial: partialWords(found, estimate) }),
      quality: qualityOf(found, terms),
      row: record(evaluation.features, rowIndex),
      rowIndex,
      ...(output.name !== undefined && { class: output.name }),
      unit: output.name === undefined ? evaluation.info.target : `probability of ${output.name}`,
      base: found.nobody?.[output.index] ?? output.of(prediction)[0],
      explained: output.of(prediction)[0],
      terms,
      background: { rows: picked.length, available: train.features.rowCount },
      coalitions: found.asked,
      coalitionsInAll: found.players.length <= 30 ? 2 ** found.players.length : null,
    };
  },
};

function check(row: number, data: ExplainData): void {
  checkRow(row, data);
  if (data.train.features.rowCount === 0) throw new RangeError('there are no training rows for a background');
}

/** Largest first; columns that no coalition tells apart have 0, those of which too little was asked are left out. */
export function termsOf(
  { players }: KernelValues,
  estimate: ShapleyEstimate | undefined,
  features: Table,
  background: Table,
  rowIndex: number,
): ShapTerm[] {
  const cells = record(features, rowIndex);
  const isPlayer = new Set(players.flat());
  const still = background.columns.flatMap(({ name }, j) =>
    isPlayer.has(j) ? [] : [{ columns: [name], value: cells[name], contribution: 0, error: 0 }],
  );
  const moved = players.slice(0, estimate?.values.length ?? 0).map((columns, i) => {
    const names = columns.map((column) => background.columns[column].name);
    return {
      columns: names,
      value: names.length === 1 ? cells[names[0]] : null,
      contribution: estimate!.values[i] + 0,
      error: estimate!.errors ? normal95 * estimate!.errors[i] : null,
    };
  });
  return [...moved, ...still].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
}

function partialWords({ asked, planned, players }: KernelValues, estimate: ShapleyEstimate | undefined): string {
  const begun = `Ended after ${asked.toLocaleString('en-US')} of ${countWords(planned, 'coalition')}`;
  if (!estimate || estimate.values.length < players.length)
    return `${begun}: of ${countWords(players.length - (estimate?.values.length ?? 0), 'column')} nothing is known, and the others do not add up.`;
  return estimate.errors ? `${begun}.` : `${begun}, too few for error bars.`;
}

function qualityOf({ isExact, nobody }: KernelValues, terms: readonly ShapTerm[]): KernelShap['quality'] {
  const measure = 'largest error bar over the largest contribution';
  if (isExact)
    return { measure, value: 0, words: 'Every coalition was asked: for these background rows the values are exact.' };
  if (nobody === null || terms.some(({ error }) => error === null))
    return {
      measure,
      value: null,
      words: 'Too few coalitions were asked to say how far the values are from the exact ones.',
    };
  const largest = Math.abs(terms[0].contribution);
  const widest = terms.reduce((most, { error }) => Math.max(most, error ?? 0), 0);
  if (largest === 0) return { measure, value: null, words: 'No column makes a difference here.' };
  return {
    measure,
    value: widest / largest,
    words: `The sampled values are within ± ${numberWords(widest, 2)} of the exact ones with 95 % confidence each, ${percentWords(widest / largest)} of the largest.`,
  };
}
