import { z } from 'zod';
import { UserError } from '../../shared/faults.ts';
import { type ModelReading, untold } from '../../shared/results/model-reading.ts';
import { countWords } from '../../shared/results/numbers.ts';
import { type Column, type Table, takeRows } from '../data/table.ts';
import type { Predictor } from '../models/predictor.ts';
import { isReadable, type MadeColumn, type Readable, type Reading } from '../models/readable.ts';
import { createRandom } from '../random.ts';
import { countPredictions } from './counted-predictor.ts';
import type { ExplainData, Explainer } from './explainer.ts';
import { spreadOver } from './part-rows.ts';
import { readingPredictions } from './reading/reading-predictions.ts';
import { rulesInPart, toldRules } from './reading/told-rules.ts';
import { toldTree } from './reading/told-tree.ts';
import { toldWeights } from './reading/told-weights.ts';
import { toldWitnesses } from './reading/told-witnesses.ts';
import { sampleRows } from './sample-rows.ts';
import { scoreUnit } from './score-unit.ts';
import { type OptionsOf, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  weights: whole(200, 'At most so many weights are listed, the largest ones.'),
  nodes: whole(127, 'A tree is drawn down to the depth at which it has at most so many nodes.'),
  columns: whole(60, 'At most so many columns of frequencies.'),
  rowCap: whole(1000, "Rows for which the reading is followed and compared with the model's prediction."),
});
export type ModelReadingOptions = OptionsOf<typeof settable>;

/** Larger differences than this, of a probability or of the values' spread, are told. */
const tolerated = 1e-6;
/** Rows of the part of which it is told where a tree leads them, or which rules hold for them. */
const mostTold = 5000;
/** Stretches in which rows are predicted, between which the analysis can be stopped. */
const stretches = 4;

/**
 * Tells a model that can be followed whole in the words of the raw columns: weights, a tree, rules, or shares by class. Nothing is
 * estimated but the weights' errors: that the reading is the model is checked by following it row by row. Throws a UserError for a model
 * that cannot be read.
 */
export const modelReading: Explainer<ModelReadingOptions, ModelReading> = {
  kind: 'model-reading',
  title: 'How the model decides',
  question: 'how does the model decide',
  scope: 'model',
  byDefault: true,
  fewestRows: 1,
  inPart: (result, rows) => ({ ...result, shape: shapeInPart(result.shape, rows) }),
  options: settable,
  reads: ['coefficients', 'leaves', 'rules', 'probabilities', 'constant'],
  async explain(predictor, data, given, progress, signal) {
    const { seed, settings: options } = readOptions(settable, given);
    signal.throwIfAborted();
    if (!isReadable(predictor)) throw unreadable();
    const { features, info } = data.evaluation;
    if (features.rowCount === 0) throw new RangeError(`the ${data.part} part has no rows to follow the model on`);
    const counted = countPredictions(predictor, signal);
    const rows = takeRows(features, sampleRows(features.rowCount, options.rowCap, createRandom(seed)));
    const reading = predictor.reading();
    const { predictions, difference } = await followed(predictor, reading, rows, counted.predict, progress);
    const scores = scoredClasses(reading, predictor.classes);
    const shape = await toldShape({ predictor, reading, rows, predictions, data, options, signal });
    progress(1);
    return {
      kind: 'model-reading',
      version: 1,
      question: 'how does the model decide',
      options,
      seed,
      dataHash: info.hash,
      cost: counted.cost(),
      quality: {
        measure: 'largest difference from the model',
        value: difference,
        words: followedWords(difference, rows.rowCount),
      },
      unit: scoreUnit(info, scores),
      ...(scores && scores.length > 1 && { scores }),
      ...(predictor.classes && { classes: predictor.classes }),
      target: info.target,
      rows: rows.rowCount,
      shape,
      made: madeOf(columnsOf(reading, shape), predictor.madeColumns()),
    };
  },
};

/** A learner that says its models are readable and cannot say how. */
const unreadable = () =>
  new UserError('no-reading', 'this model does not say how it can be read.', {
    advice: 'Its learner must give `reading()` (src/engine/models/readable.ts).',
  });

/** Of two classes the second one's score is the only one, but where each class has its own. */
const scoredClasses = (reading: Reading, classes: readonly string[] | undefined): readonly string[] | undefined => {
  const several = reading.kind === 'witnesses' || reading.kind === 'tree' || reading.kind === 'constant';
  return classes?.length === 2 && !several ? [classes[1]] : classes;
};

const followedWords = (difference: number, rows: number): string =>
  difference <= tolerated
    ? `This is the model itself: followed row by row it gives the model's own predictions of all ${countWords(rows, 'row')} looked at.`
    : `Followed row by row, this misses the model's predictions of ${countWords(rows, 'row')} by up to ${difference.toPrecision(2)}.`;

/** The model's predictions, [rows x width], and the largest difference from what the reading comes to: values as a share of their spread. */
async function followed(
  model: Predictor & Readable,
  reading: Reading,
  rows: Table,
  predict: Predictor['predict'],
  progress: (share: number) => void,
): Promise<{ predictions: Float64Array; difference: number }> {
  const length = Math.max(1, Math.ceil(rows.rowCount / stretches));
  const parts: Float64Array[] = [];
  let largest = 0;
  for (let from = 0; from < rows.rowCount; from += length) {
    const places = Array.from({ length: Math.min(length, rows.rowCount - from) }, (_, i) => from + i);
    const part = takeRows(rows, places);
    const { values } = await predict(part);
    const own = readingPredictions(reading, model.readColumns(part), model.classes?.length ?? 0);
    values.forEach((value, i) => {
      largest = Math.max(largest, Math.abs(value - own[i]));
    });
    parts.push(values);
    progress((from + part.rowCount) / rows.rowCount / 2);
  }
  const predictions = Float64Array.from(parts.flatMap((part) => Array.from(part)));
  if (model.task !== 'regression') return { predictions, difference: largest };
  const [low, high] = [predictions.reduce((a, b) => Math.min(a, b)), predictions.reduce((a, b) => Math.max(a, b))];
  return { predictions, difference: largest / (high - low || Math.abs(high) || 1) };
}

interface Telling {
  readonly predictor: Predictor & Readable;
  readonly reading: Reading;
  /** Of the evaluation part, raw. */
  readonly rows: Table;
  /** Of these. */
  readonly predictions: Float64Array;
  readonly data: ExplainData;
  readonly options: Required<Pick<ModelReadingOptions, 'weights' | 'nodes' | 'columns'>>;
  readonly signal: AbortSignal;
}

async function toldShape(telling: Telling): Promise<ModelReading['shape']> {
  const { predictor, reading, rows, predictions, data, options, signal } = telling;
  if (reading.kind === 'constant') return { kind: 'constant', prediction: reading.prediction };
  const read = predictor.readColumns(rows);
  if (reading.kind === 'weights') {
    const errors = (await predictor.weightErrors?.(data.train, signal)) ?? {
      words: 'No intervals: the model gives none.',
    };
    return toldWeights(reading, { raw: rows, read, made: predictor.madeColumns() }, errors, options.weights);
  }
  if (reading.kind === 'witnesses') return toldWitnesses(reading, read, options.columns);
  const told = predictor.readColumns(firstRows(data.evaluation.features, mostTold));
  if (reading.kind === 'rules') {
    const width = predictor.classes?.length ?? 1;
    return toldRules(reading, told, { rows: read, predictions, width });
  }
  const made = new Set(predictor.madeColumns().map(({ column }) => column));
  const named = (columns: readonly Column[]) => new Set(columns.map(({ name }) => name));
  const dates = named(told.columns.filter(({ type }) => type === 'date'));
  const complete = named([
    ...data.train.features.columns.filter((column) => !made.has(column.name) && isComplete(column)),
    ...told.columns.filter((column) => made.has(column.name) && isComplete(column)),
  ]);
  return toldTree(reading, told, { dates, complete }, options.nodes);
}

function shapeInPart(shape: ModelReading['shape'], rows: ArrayLike<number>): ModelReading['shape'] {
  if (shape.kind === 'tree') return { ...shape, endOfRow: spreadOver(shape.endOfRow, rows, untold) };
  return shape.kind === 'rules' ? rulesInPart(shape, rows) : shape;
}

const firstRows = (table: Table, count: number): Table =>
  table.rowCount <= count
    ? table
    : takeRows(
        table,
        Uint32Array.from({ length: count }, (_, row) => row),
      );

const isComplete = (column: Column): boolean =>
  column.kind === 'coded'
    ? !column.codes.some((code) => code < 0)
    : !column.values.some((value) => !Number.isFinite(value));

/** Those of the made columns that are spoken of, in that order, each with what it is made of. */
function madeOf(spokenOf: readonly string[], made: readonly MadeColumn[]): ModelReading['made'] {
  const byName = Map.groupBy(made, ({ column }) => column);
  const names = [...new Set(spokenOf)];
  // The list grows while it is gone through: columns may be made of made ones.
  for (const name of names)
    for (const { of } of byName.get(name) ?? [])
      for (const part of of) if (byName.has(part) && !names.includes(part)) names.push(part);
  return names.flatMap((name) => byName.get(name) ?? []).map(({ column, words }) => ({ column, words }));
}

/** Of a long list those that are told. */
function columnsOf(reading: Reading, shape: ModelReading['shape']): string[] {
  if (shape.kind === 'weights') return shape.terms.flatMap(({ columns }) => columns);
  if (shape.kind === 'witnesses') return shape.columns.map(({ column }) => column);
  if (reading.kind === 'tree') return reading.nodes.flatMap(({ split }) => (split ? [split.condition.column] : []));
  if (reading.kind === 'rules')
    return reading.rules.flatMap(({ conditions }) => conditions.map(({ column }) => column));
  return [];
}
