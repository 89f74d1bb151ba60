import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { columnNamed, type Table } from '../../../src/engine/data/table.ts';
import {
  alongOrder,
  areaUnder,
  faithfulness,
  randomSubsets,
} from '../../../src/engine/explain/explanation-quality/faithfulness.ts';
import {
  judged,
  placeAgreement,
  relativeDistance,
  sharedTop,
  signAgreement,
} from '../../../src/engine/explain/explanation-quality/random-comparison.ts';
import { rowNearby, spreadsOf } from '../../../src/engine/explain/explanation-quality/rows-nearby.ts';
import { explanationQuality } from '../../../src/engine/explain/explanation-quality.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { explanationQualityWords } from '../../../src/shared/results/explanation-quality.ts';
import { datasetOf, fixtures, numbers, tableOf } from './fixtures.ts';

const { signal } = new AbortController();
const of = (...values: number[]) => Float64Array.from(values);

describe('figures of an explanation', () => {
  it('faithfulness is 1 for what an additive model adds, -1 for its opposite', () => {
    const adds = of(3, -1, 0.5, 2, 0);
    const subsets = randomSubsets(5, 40, createRandom(1));
    const losses = Float64Array.from({ length: 40 }, (_, i) =>
      adds.reduce((sum, value, j) => sum + (subsets[5 * i + j] === 0 ? value : 0), 0),
    );
    const right = faithfulness(adds, subsets, losses, 100, createRandom(2))!;
    assert.ok(Math.abs(right.value - 1) < 1e-12);
    assert.ok(right.asGood < 0.05 && Math.abs(right.random) < 0.3);
    const wrong = faithfulness(
      adds.map((value) => -value),
      subsets,
      losses,
      100,
      createRandom(2),
    )!;
    assert.ok(Math.abs(wrong.value + 1) < 1e-12 && wrong.asGood > 0.9);
    assert.equal(faithfulness(of(0, 0, 0, 0, 0), subsets, losses, 10, createRandom(3)), null);
    assert.equal(faithfulness(adds, subsets, new Float64Array(40), 10, createRandom(3)), null);
  });

  it('takes columns away, or gives them, one by one', () => {
    assert.deepEqual([...alongOrder(Uint32Array.of(1, 0), 'deletion')], [1, 1, 1, 0, 0, 0]);
    assert.deepEqual([...alongOrder(Uint32Array.of(1, 0), 'insertion')], [0, 0, 0, 1, 1, 1]);
    assert.equal(areaUnder(of(1, 0, 0)), 0.25);
    assert.equal(areaUnder(of(2, 2, 2)), 2);
  });

  it('agreement by hand (Krishna et al. 2022)', () => {
    const [a, b] = [of(5, -4, 3, 0.1), of(-5, 3, -0.2, 4)];
    assert.equal(sharedTop(a, b, 2), 0.5);
    assert.equal(signAgreement(a, b, 2), 0);
    assert.equal(placeAgreement(a, b, 2), 0.5);
    assert.equal(signAgreement(a, a, 3), 1);
    assert.equal(relativeDistance(of(3, 4), of(0, 0)), 1);
    assert.equal(relativeDistance(of(0, 0), of(0, 0)), 0);
    assert.deepEqual(judged(1, [0, 0, 1, 2], 'high'), { value: 1, random: 0.75, asGood: 0.6 });
  });

  it('rows nearby stay within the radius, whole numbers whole, missing values missing', () => {
    const { features } = fixtures[3].data.train;
    const spreads = spreadsOf(features);
    const random = createRandom(4);
    for (let i = 0; i < 20; i++) {
      const at = 3 * i;
      const row: Table = { rowCount: 1, columns: features.columns.map((column) => cut(column, at)) };
      const near = rowNearby(row, features, spreads, 0.2, random);
      near.columns.forEach((column, j) => {
        const before = row.columns[j];
        if (column.kind === 'numeric' && before.kind === 'numeric') {
          const [now, then] = [column.values[0], before.values[0]];
          assert.equal(Number.isNaN(now), Number.isNaN(then));
          assert.ok(Number.isNaN(now) || Math.abs(now - then) <= 0.2 * spreads[j] + 0.5);
          if (column.type === 'integer') assert.ok(Number.isNaN(now) || Number.isInteger(now));
        } else if (column.kind === 'coded' && before.kind === 'coded')
          assert.equal(column.codes[0] < 0, before.codes[0] < 0);
      });
    }
  });
});

const cut = (column: Table['columns'][number], row: number): Table['columns'][number] =>
  column.kind === 'numeric'
    ? { ...column, values: column.values.slice(row, row + 1) }
    : { ...column, codes: column.codes.slice(row, row + 1) };

const names = ['a', 'b', 'c', 'd', 'e', 'f'];
const weights = [4, -3, 2, 1, 0, 0];
const small = { nearby: 8, seeds: 3 };

/** Independent numbers and a model that adds them up. */
function linear(rows = 200) {
  const random = createRandom(11);
  const part = (count: number) => {
    const columns = names.map((name) =>
      numbers(
        name,
        Array.from({ length: count }, () => random.normal()),
      ),
    );
    const features = tableOf(columns);
    return datasetOf(features, { kind: 'values', values: new Float64Array(count) }, 'regression');
  };
  return { train: part(rows), evaluation: part(20), part: 'validation' } as const;
}

const adding = (value: (rows: Table, row: number) => number): Predictor => ({
  task: 'regression',
  predict: async (rows) => ({
    kind: 'values',
    values: Float64Array.from({ length: rows.rowCount }, (_, row) => value(rows, row)),
  }),
});

const sum = adding((rows, row) =>
  names.reduce((total, name, j) => {
    const column = columnNamed(rows, name);
    return total + weights[j] * (column.kind === 'numeric' ? column.values[row] : 0);
  }, 0),
);

describe('quality of explanations', () => {
  it('finds what adds up in a linear model faithful, beyond random explanations, and alike', async () => {
    const result = await explanationQuality.explain(sum, linear(), { seed: 1, row: 2, ...small }, () => {}, signal);
    const byMethod = new Map(result.methods.map((method) => [method.method, method]));
    for (const name of ['occlusion', 'kernel-shap'] as const) {
      const { faithfulness: faith, insertion, deletion, stability } = byMethod.get(name)!;
      assert.ok(faith!.value > 0.97, `${name} ${faith!.value}`);
      assert.ok(faith!.asGood <= 0.05 && Math.abs(faith!.random) < 0.3);
      assert.ok(insertion!.value > insertion!.random && deletion!.value < deletion!.random);
      assert.ok(stability!.value > stability!.random);
    }
    const both = result.agreements.find(({ methods }) => methods.join() === 'occlusion,kernel-shap')!;
    assert.ok(both.signs.value >= 2 / 3 && both.signs.value > both.signs.random);
    assert.match(explanationQualityWords(result), /better than chance/);
  });

  it('has nothing to say of a model that predicts the same for every row', async () => {
    const constant = adding(() => 3);
    const result = await explanationQuality.explain(constant, linear(), { seed: 1, ...small }, () => {}, signal);
    assert.equal(result.quality.value, null);
    assert.ok(result.methods.every(({ faithfulness: faith, deletion }) => faith === null && deletion === null));
  });

  it('explains a model of noise no better than chance', async () => {
    const random = createRandom(8);
    const noise = adding(() => random.normal());
    let clear = 0;
    for (let seed = 1; seed <= 8; seed++) {
      const options = { seed, row: seed, nearby: 1, seeds: 1 };
      const { methods } = await explanationQuality.explain(noise, linear(), options, () => {}, signal);
      clear += methods.filter(({ faithfulness: faith }) => faith!.asGood <= 0.05).length;
    }
    assert.ok(clear <= 4, `${clear} of 24`);
  });

  it('judges the columns that move the prediction where there are very many', async () => {
    const options = { seed: 1, row: 2, columns: 4, ...small };
    const result = await explanationQuality.explain(sum, linear(), options, () => {}, signal);
    assert.equal(result.columns, 4);
    assert.equal(result.columnsAvailable, 6);
    const shap = result.methods.find(({ method }) => method === 'kernel-shap')!;
    assert.ok(shap.strongest.every((name) => ['a', 'b', 'c', 'd'].includes(name)));
    assert.match(explanationQualityWords(result), /only the 4 columns of 6/);
  });

  it('keeps what is known where it is ended early', async () => {
    let asked = 0;
    const enough = () => ++asked > 3;
    const result = await explanationQuality.explain(sum, linear(), { seed: 1 }, () => {}, signal, enough);
    assert.match(result.partial!, /Ended/);
    assert.ok(result.methods.length > 0);
  });
});
