import type { Dataset, Target } from '../../../src/engine/data/dataset.ts';
import type { Column, Table } from '../../../src/engine/data/table.ts';
import type { ExplainData } from '../../../src/engine/explain/explainer.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { categories, datasetOf, numbers, tableOf } from '../explain/fixtures.ts';
import { type Linear, linearClassifier, linearRegressor, linearScore, withoutGradients } from './linear-models.ts';

export const linear: Linear = {
  weights: { x: 1.5, count: -0.2, price: 0.4 },
  bias: -0.8,
  bonus: { column: 'side', level: 'up', value: 0.6 },
};

/** Every kind of column, with missing values: any number, whole numbers, cents, categories, free text, ids. */
export function mixedRows(rowCount: number, seed: number): Table {
  const random = createRandom(seed);
  const draw = (f: () => number) =>
    Array.from({ length: rowCount }, () => (random.uniform() < 0.08 ? Number.NaN : f()));
  const code = (count: number) =>
    Array.from({ length: rowCount }, () => (random.uniform() < 0.08 ? -1 : random.integer(count)));
  const levels = Array.from({ length: rowCount }, (_, i) => `n${i}`);
  const coded = (name: string, type: 'id' | 'text'): Column => ({
    kind: 'coded',
    name,
    type,
    codes: Int32Array.from(levels.keys()),
    levels,
  });
  return tableOf([
    numbers(
      'x',
      draw(() => random.normal()),
    ),
    numbers(
      'count',
      draw(() => 3 + random.integer(6)),
      'integer',
    ),
    numbers(
      'price',
      draw(() => Math.round(100 * (2 + random.normal())) / 100),
    ),
    categories('side', code(2), ['down', 'up', 'never seen']),
    categories('colour', code(3), ['red', 'green', 'blue']),
    coded('note', 'text'),
    coded('key', 'id'),
  ]);
}

function labelled(features: Table, task: 'binary' | 'regression', seed: number): Dataset {
  const random = createRandom(seed);
  const scores = Float64Array.from({ length: features.rowCount }, (_, row) => linearScore(linear, features, row));
  const noisy = scores.map((score) => score + 0.3 * random.normal());
  const target: Target =
    task === 'regression'
      ? { kind: 'values', values: noisy }
      : { kind: 'classes', codes: Int32Array.from(noisy, (score) => (score > 0 ? 1 : 0)), classes: ['no', 'yes'] };
  return datasetOf(features, target, task);
}

export const mixedData = (task: 'binary' | 'regression'): ExplainData => ({
  train: labelled(mixedRows(300, 1), task, 2),
  evaluation: labelled(mixedRows(80, 3), task, 4),
  part: 'validation',
});

export const victims: readonly { title: string; predictor: Predictor; data: ExplainData }[] = [
  { title: 'classifier with gradients', predictor: linearClassifier(linear), data: mixedData('binary') },
  { title: 'classifier without', predictor: withoutGradients(linearClassifier(linear)), data: mixedData('binary') },
  { title: 'regressor with gradients', predictor: linearRegressor(linear), data: mixedData('regression') },
  { title: 'regressor without', predictor: withoutGradients(linearRegressor(linear)), data: mixedData('regression') },
];
