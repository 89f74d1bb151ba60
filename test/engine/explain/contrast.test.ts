import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { columnNamed, type Table } from '../../../src/engine/data/table.ts';
import { type ContrastOptions, contrast } from '../../../src/engine/explain/contrast.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { contrastWords } from '../../../src/shared/results/contrast.ts';
import { bruteShapley } from './brute-shapley.ts';
import { datasetOf, numbers, tableOf } from './fixtures.ts';

const { signal } = new AbortController();
const names = ['a', 'b', 'c', 'd'];

const cellsOf = (table: Table, name: string): Float64Array => {
  const column = columnNamed(table, name);
  return column.kind === 'numeric' ? column.values : Float64Array.from(column.codes);
};

function tableFrom(seed: number, rowCount: number): Table {
  const random = createRandom(seed);
  return tableOf(
    names.map((name) =>
      numbers(
        name,
        Array.from({ length: rowCount }, () => random.normal()),
      ),
    ),
  );
}
const train = tableFrom(1, 600);
const evaluation = tableFrom(2, 100);

/** A class for each score, by the softmax of them. */
const softmax = (classes: readonly string[], scoresOf: (cells: readonly number[]) => readonly number[]): Predictor => ({
  task: classes.length === 2 ? 'binary' : 'multiclass',
  classes,
  async predict(rows) {
    const columns = names.map((name) => cellsOf(rows, name));
    const values = Array.from({ length: rows.rowCount }, (_, row) => {
      const weights = scoresOf(columns.map((cells) => cells[row])).map(Math.exp);
      const total = weights.reduce((sum, weight) => sum + weight);
      return weights.map((weight) => weight / total);
    });
    return { kind: 'probabilities', classCount: classes.length, values: Float64Array.from(values.flat()) };
  },
});

/** A unless b is large (B) or c is (C); d does nothing. */
const three = softmax(['A', 'B', 'C'], ([a, b, c]) => [0.3 * a, 3 * (b - 0.5), 3 * (c - 0.5)]);

const linear: Predictor = {
  task: 'regression',
  async predict(rows) {
    const [a, b] = [cellsOf(rows, 'a'), cellsOf(rows, 'b')];
    return { kind: 'values', values: a.map((value, i) => 2 * value - 3 * b[i]) };
  },
};

async function explain(model: Predictor, options: Partial<ContrastOptions> = {}, enough?: () => boolean) {
  const part = async (features: Table) =>
    datasetOf(
      features,
      model.classes
        ? { kind: 'classes', codes: new Int32Array(features.rowCount), classes: model.classes }
        : { kind: 'values', values: (await model.predict(features)).values },
      model.task,
    );
  const data = { train: await part(train), evaluation: await part(evaluation), part: 'validation' } as const;
  return contrast.explain(model, data, { seed: 1, row: 0, ...options }, () => {}, signal, enough);
}

const rowWhere = (holds: (of: (name: string) => number) => boolean): number =>
  Array.from({ length: 100 }, (_, i) => i).find((i) => holds((name) => cellsOf(evaluation, name)[i]))!;

const plainRow = rowWhere((of) => of('b') < -0.2 && of('c') < -0.2);
const of = (result: Awaited<ReturnType<typeof explain>>, name: string) =>
  result.terms.find(({ columns }) => columns[0] === name)!;

describe('contrast', () => {
  it('names another reason against each other class: the column that tells the two apart', async () => {
    const [b, c] = [
      await explain(three, { row: plainRow, against: 'B' }),
      await explain(three, { row: plainRow, against: 'C' }),
    ];
    assert.deepEqual([b.fact, b.foil, b.isBorrowed], ['A', 'B', false]);
    assert.deepEqual([b.terms[0].columns, c.terms[0].columns], [['b'], ['c']]);
    assert.ok(b.base < 0 && b.explained > 0);
    for (const one of [b, c]) {
      const sum = one.terms.reduce((total, { contribution }) => total + contribution, one.base);
      assert.ok(Math.abs(sum - one.explained) < 1e-9);
      assert.ok(Math.abs(of(one, 'd').contribution) < 1e-12);
      for (const { contribution, onFact, onFoil } of one.terms)
        assert.ok(Math.abs(contribution - (onFact! - onFoil!)) < 1e-9);
    }
  });

  it('is the Shapley value of the difference, with rows of the other class as background', async () => {
    const background = 4;
    const result = await explain(three, { row: plainRow, against: 'B', background });
    assert.equal(result.foilRows.rows, background);
    // All coalitions of four columns: the value of a linear model would be weight times distance; here brute force on the same rows.
    const probabilities = await three.predict(train);
    const foils = [...Array(600).keys()].filter((i) => {
      const [pa, pb, pc] = probabilities.values.subarray(3 * i, 3 * i + 3);
      return pb > pa && pb > pc;
    });
    assert.equal(result.foilRows.reached, foils.length);
    const all = await explain(three, { row: plainRow, against: 'B', background: foils.length });
    const own = names.map((name) => cellsOf(evaluation, name)[plainRow]);
    const pays = new Float64Array(16);
    for (let mask = 0; mask < 16; mask++) {
      const mixed = tableOf(
        names.map((name, j) =>
          numbers(
            name,
            foils.map((i) => ((mask >> j) & 1 ? own[j] : cellsOf(train, name)[i])),
          ),
        ),
      );
      const { values } = await three.predict(mixed);
      for (let i = 0; i < foils.length; i++) pays[mask] += (values[3 * i] - values[3 * i + 1]) / foils.length;
    }
    bruteShapley(4, pays).forEach((value, j) => {
      assert.ok(Math.abs(value - of(all, names[j]).contribution) < 1e-9, names[j]);
    });
  });

  it('sets a value against rows that are predicted about another value: weight times distance on a linear model', async () => {
    const result = await explain(linear, { row: 3, against: 4, background: 20 });
    const predicted = (await linear.predict(train)).values;
    const near = [...predicted.keys()]
      .sort((i, j) => Math.abs(predicted[i] - 4) - Math.abs(predicted[j] - 4))
      .slice(0, 20);
    for (const [name, weight] of [
      ['a', 2],
      ['b', -3],
    ] as const) {
      const cells = cellsOf(train, name);
      const centre = near.reduce((sum, i) => sum + cells[i], 0) / near.length;
      const wanted = weight * (cellsOf(evaluation, name)[3] - centre);
      assert.ok(Math.abs(of(result, name).contribution - wanted) < 1e-9, name);
    }
    assert.ok(Math.abs(result.base - 4) < 0.2);
    assert.equal(result.fidelity === null ? 0 : Number(result.fidelity.toFixed(9)), 1);
    for (const { predicted: swapped } of result.swaps) assert.ok((swapped as number) > 4);
  });

  it('tells the smallest changes that swap the two, each of which does', async () => {
    const { swaps, foil } = await explain(three, { row: plainRow, against: 'B' });
    assert.ok(swaps.length > 0);
    for (const { predicted } of swaps) assert.equal(predicted, foil);
    assert.deepEqual(
      swaps[0].edits.map(({ column }) => column),
      ['b'],
    );
    const kept = await explain(three, { row: plainRow, against: 'B', frozen: ['b'] });
    for (const { edits } of kept.swaps) assert.ok(edits.every(({ column }) => column !== 'b'));
  });

  it('takes the runner-up where no class is named', async () => {
    const result = await explain(three, { row: plainRow });
    const { values } = await three.predict(evaluation);
    const [, pb, pc] = values.subarray(3 * plainRow, 3 * plainRow + 3);
    assert.equal(result.foil, pb > pc ? 'B' : 'C');
    assert.match(contrastWords(result), /why A and not (B|C)\?/);
  });

  it('says that the sum tells little where columns act only together', async () => {
    const all = softmax(['some', 'all'], (cells) => [0, cells.every((cell) => cell > -0.5) ? 5 : -5]);
    const row = rowWhere((of) => names.every((name) => of(name) > -0.4));
    const background = 600;
    const { fidelity, quality } = await explain(all, { row, background });
    assert.ok(fidelity !== null && fidelity < 0.8, `${fidelity}`);
    assert.match(quality.words, /act together/);
  });

  it('borrows the rows that come nearest where the model never predicts the other class', async () => {
    const never = softmax(['A', 'B'], ([a]) => [4, Math.tanh(a)]);
    const result = await explain(never);
    assert.equal(result.isBorrowed, true);
    assert.equal(result.foilRows.reached, 0);
    assert.deepEqual(result.swaps, []);
    assert.match(contrastWords(result), /Too few training rows are predicted B/);
  });

  it('has nothing to explain of a constant prediction, and says so', async () => {
    const result = await explain(softmax(['A', 'B'], () => [1, 0]));
    assert.equal(result.fidelity, null);
    assert.match(contrastWords(result), /No column makes a difference/);
  });

  it('gives back what it knows when it is enough', async () => {
    for (const most of [0, 5, 40, 200]) {
      let asked = 0;
      const result = await explain(three, { row: plainRow }, () => ++asked > most);
      if (most < 40) assert.match(result.partial!, /^Ended/);
      assert.ok(!/undefined|NaN/.test(contrastWords(result)));
    }
  });

  it('refuses what is predicted anyway, unknown classes, numbers of classes, and bad options', async () => {
    await assert.rejects(explain(three, { row: plainRow, against: 'A' }), /what the model predicts/);
    await assert.rejects(explain(three, { against: 'D' }), /no class "D" among A, B, C/);
    await assert.rejects(explain(linear, { against: 'A' }), /"A" is none/);
    await assert.rejects(explain(three, { background: 0 }), { name: 'UserError' });
    await assert.rejects(explain(three, { row: 100 }), /no row 100/);
  });
});
