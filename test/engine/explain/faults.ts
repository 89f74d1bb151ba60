import assert from 'node:assert/strict';
import { type Dataset, takeDataset } from '../../../src/engine/data/dataset.ts';
import { type Column, record, type Table } from '../../../src/engine/data/table.ts';
import type { ExplainData, Explainer, ExplainOptions } from '../../../src/engine/explain/explainer.ts';
import type { Prediction, Predictor } from '../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { reasonWords, UserError } from '../../../src/shared/faults.ts';
import type { Result } from '../../../src/shared/results/result.ts';
import { resultWords } from '../../../src/shared/results/words.ts';
import { cheapOptions } from './cheap-options.ts';
import type { Fixture } from './fixtures.ts';

type AnyExplainer = Explainer<ExplainOptions, Result>;

const { signal } = new AbortController();
const made = (explainer: AnyExplainer, predictor: Predictor, data: ExplainData, enough?: () => boolean, row = 4) =>
  explainer.explain(predictor, data, { ...cheapOptions.get(explainer.kind), seed: 3, row }, () => {}, signal, enough);

/** Whole, of numbers that JSON has, in words without holes. */
function checkResult(result: Result): void {
  assert.deepEqual(JSON.parse(JSON.stringify(result)), result);
  assert.doesNotMatch(resultWords(result), /undefined|NaN|\[object|Infinity/);
}

/** Who looks into how a model was fitted may refuse rows that it was not fitted on, and says who does not. */
function refusal(error: unknown): UserError {
  if (error instanceof UserError && error.advice) return error;
  throw error;
}
const checkResultOrRefusal = (made: Result | UserError): void => {
  if (!(made instanceof UserError)) checkResult(made);
};

/** The model with other answers; its other capabilities stay. */
function answering(predictor: Predictor, change: (prediction: Prediction, rows: Table) => Prediction): Predictor {
  const predict: Predictor['predict'] = async (rows) => change(await predictor.predict(rows), rows);
  const members = (predictor as { members?: readonly Pick<Predictor, 'predict'>[] }).members;
  return {
    ...predictor,
    predict,
    ...(members && {
      members: members.map((one) => ({
        ...one,
        predict: async (rows: Table) => change(await one.predict(rows), rows),
      })),
    }),
  } as Predictor;
}

const eachRow = (
  prediction: Prediction,
  numbers: (own: Float64Array, row: number) => ArrayLike<number>,
): Prediction => {
  const width = prediction.kind === 'values' ? 1 : prediction.classCount;
  const values = prediction.values.slice();
  for (let at = 0; at < values.length; at += width)
    values.set(numbers(values.subarray(at, at + width), at / width), at);
  return { ...prediction, values };
};

/** As a row shows that was in the data. */
const keyOf = (table: Table, row: number) => JSON.stringify(record(table, row));

function missingOnly(dataset: Dataset, row: number): Dataset {
  const columns = dataset.features.columns.map((column): Column => {
    if (column.kind === 'coded') return { ...column, codes: column.codes.with(row, -1) };
    return { ...column, values: column.values.with(row, Number.NaN) };
  });
  return { ...dataset, features: { ...dataset.features, columns } };
}

/** Many columns of noise beside those that the model knows. */
function widened(dataset: Dataset, count: number, seed: number): Dataset {
  const random = createRandom(seed);
  const { rowCount } = dataset.features;
  const noise = Array.from(
    { length: count },
    (_, j): Column => ({
      kind: 'numeric',
      name: `n${j}`,
      type: 'number',
      values: Float64Array.from({ length: rowCount }, () => random.normal()),
    }),
  );
  return { ...dataset, features: { rowCount, columns: [...dataset.features.columns, ...noise] } };
}

const part = (dataset: Dataset, rows: number) => takeDataset(dataset, [...Array(rows).keys()]);

/** What every technique does with a model or data at fault; each check throws an AssertionError where it does not. */
export const faultChecks: Readonly<Record<string, (explainer: AnyExplainer, fixture: Fixture) => Promise<void>>> = {
  async 'a model that answers with NaN: says so, and for which row'(explainer, { predictor, data }) {
    const broken = answering(predictor, (prediction) => eachRow(prediction, (own) => own.map(() => Number.NaN)));
    await assert.rejects(made(explainer, broken, data), (error) => {
      assert.ok(error instanceof UserError, `${error}`);
      assert.match(reasonWords(error), /predicts NaN for row 0 .*No technique/s);
      return true;
    });
  },
  async 'a model that answers otherwise each time: comes to an end'(explainer, { predictor, data }) {
    const random = createRandom(1);
    const unsteady = answering(predictor, (prediction) =>
      eachRow(prediction, (own) => {
        const noise = 0.2 * random.uniform();
        return own.length === 1 ? [own[0] + noise] : own.map((value) => (value + noise) / (1 + noise * own.length));
      }),
    );
    checkResult(await made(explainer, unsteady, data));
  },
  async 'a model that fails on rows that are not in the data: says so, and who asks no others'(explainer, fixture) {
    const { predictor, data } = fixture;
    const known = new Set<string>();
    for (const { features } of [data.train, data.evaluation])
      for (let row = 0; row < features.rowCount; row++) known.add(keyOf(features, row));
    const strict = answering(predictor, (prediction, rows) => {
      for (let row = 0; row < rows.rowCount; row++) if (!known.has(keyOf(rows, row))) throw new TypeError('never seen');
      return prediction;
    });
    const result = await made(explainer, strict, data).catch((error) => {
      assert.ok(error instanceof UserError, `${error}`);
      assert.match(reasonWords(error), /failed: never seen.*(slices|examples)/s);
    });
    if (result) checkResult(result);
  },
  async 'a slow model: ends soon after it is enough, and says what it rests on'(explainer, { predictor, data }) {
    let asked = 0;
    const slow = answering(predictor, (prediction, rows) => {
      asked += rows.rowCount;
      return prediction;
    });
    const whole = await made(explainer, slow, data);
    asked = 0;
    const cut = await made(explainer, slow, data, () => asked > 10);
    checkResult(cut);
    if (cut.cost.predictions < whole.cost.predictions) assert.match(cut.partial ?? '', /^[A-Z].*\.$/s);
    assert.ok(asked <= Math.max(mostAfterEnough, data.evaluation.features.rowCount), `${asked} rows were asked for`);
  },
  async 'a constant prediction: finds nothing'(explainer, { predictor, data }) {
    const constant = answering(predictor, (prediction) =>
      eachRow(prediction, (own) => own.map((_, k) => (own.length === 1 ? 3 : k === 0 ? 1 : 0))),
    );
    checkResult(await made(explainer, constant, data));
  },
  async 'a row of missing values only'(explainer, { predictor, data }) {
    checkResult(await made(explainer, predictor, { ...data, evaluation: missingOnly(data.evaluation, 4) }));
  },
  async 'a class without examples'(explainer, { predictor, data }) {
    const kept = (dataset: Dataset): Dataset => {
      const { target } = dataset;
      if (target.kind === 'values') return dataset;
      return takeDataset(
        dataset,
        [...target.codes.keys()].filter((row) => target.codes[row] !== 1),
      );
    };
    const without = { ...data, train: kept(data.train), evaluation: kept(data.evaluation) };
    checkResultOrRefusal(await made(explainer, predictor, without).catch(refusal));
  },
  async 'thousands of columns'(explainer, { predictor, data }) {
    const wide = {
      ...data,
      train: widened(part(data.train, 40), 5000, 1),
      evaluation: widened(part(data.evaluation, 20), 5000, 2),
    };
    let asked = 0;
    const counted = answering(predictor, (prediction, rows) => {
      asked += rows.rowCount;
      return prediction;
    });
    checkResultOrRefusal(await made(explainer, counted, wide, () => asked > 300).catch(refusal));
  },
};

/** Rows that are under way when it is enough. */
const mostAfterEnough = 600;
