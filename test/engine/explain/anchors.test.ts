import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { columnNamed, type Table } from '../../../src/engine/data/table.ts';
import {
  bernoulliDivergence,
  explorationRate,
  lowerBound,
  upperBound,
} from '../../../src/engine/explain/anchors/bernoulli-bounds.ts';
import { type AnchorsOptions, anchors } from '../../../src/engine/explain/anchors.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { anchorsWords } from '../../../src/shared/results/anchors.ts';
import { categories, datasetOf, islands, numbers, tableOf } from './fixtures.ts';

const { signal } = new AbortController();

const cellsOf = (table: Table, name: string): Float64Array => {
  const column = columnNamed(table, name);
  return column.kind === 'numeric' ? column.values : Float64Array.from(column.codes);
};

type Rule = (of: (name: string) => number) => boolean;

/** Says yes where the rule holds. */
const ruleModel = (rule: Rule): Predictor => ({
  task: 'binary',
  classes: ['no', 'yes'],
  async predict(rows) {
    const columns = new Map(rows.columns.map(({ name }) => [name, cellsOf(rows, name)]));
    const values = Float64Array.from({ length: 2 * rows.rowCount }, (_, at) => {
      const holds = rule((name) => columns.get(name)![at >> 1]);
      return holds === (at % 2 === 1) ? 0.9 : 0.1;
    });
    return { kind: 'probabilities', classCount: 2, values };
  },
});

function tableFrom(seed: number, rowCount: number): Table {
  const random = createRandom(seed);
  const draw = (f: () => number) => Array.from({ length: rowCount }, f);
  return tableOf([
    ...['a', 'b', 'c', 'd'].map((name) =>
      numbers(
        name,
        draw(() => random.normal()),
      ),
    ),
    categories(
      'island',
      draw(() => random.integer(3)),
      islands,
    ),
  ]);
}

function explain(model: Predictor, row: number, options: Partial<AnchorsOptions> = {}, enough?: () => boolean) {
  const part = (features: Table) =>
    datasetOf(
      features,
      model.classes
        ? { kind: 'classes', codes: new Int32Array(features.rowCount), classes: model.classes }
        : { kind: 'values', values: cellsOf(features, 'a') },
      model.task,
    );
  const data = { train: part(tableFrom(1, 1000)), evaluation: part(evaluation), part: 'validation' } as const;
  return anchors.explain(model, data, { seed: 1, row, ...options }, () => {}, signal, enough);
}

const evaluation = tableFrom(2, 300);
const rowWhere = (rule: Rule) =>
  Array.from({ length: 300 }, (_, i) => i).find((i) => rule((name) => cellsOf(evaluation, name)[i]))!;

describe('anchors', () => {
  it('finds a planted rule of a number and a level, and nothing else', async () => {
    const planted: Rule = (of) => of('a') > 0 && of('island') === 1;
    for (const seed of [1, 2, 3]) {
      const row = rowWhere((of) => planted(of) && of('a') > 0.1);
      const result = await explain(ruleModel(planted), row, { seed });
      assert.equal(result.verdict, 'found');
      assert.deepEqual(result.conditions.map((words) => words.split(' ')[0]).sort(), ['a', 'island']);
      assert.ok(result.conditions.includes('island = Dream'), `${result.conditions}`);
      const last = result.steps.at(-1)!;
      assert.ok(last.precision >= 0.95 && last.interval.low > 0.9);
      // Half of a third of the rows fulfil it; the decile next to 0 may leave a tenth out.
      assert.ok(last.coverage > 0.12 && last.coverage < 0.19, `${last.coverage}`);
      assert.ok(result.realRows.same / result.realRows.asked > 0.9);
    }
  });

  it('finds an interval where one side of a column does not suffice', async () => {
    const planted: Rule = (of) => Math.abs(of('b')) < 0.84;
    const row = rowWhere((of) => Math.abs(of('b')) < 0.3);
    const { verdict, conditions } = await explain(ruleModel(planted), row);
    assert.equal(verdict, 'found');
    assert.equal(conditions.length, 1);
    assert.match(conditions[0], /^b above -0\.\d+, at most 0\.\d+$/);
  });

  it('says that nothing helps where the prediction follows no condition', async () => {
    const noise = ruleModel((of) => Math.sin(1e5 * (of('a') + of('b') + of('c') + of('d'))) > 0);
    for (const row of [0, 1, 2]) {
      const result = await explain(noise, row, { samples: 20_000 });
      assert.equal(result.verdict, 'nothing helps');
      assert.deepEqual(result.conditions, []);
      assert.match(anchorsWords(result), /No condition on columns makes the prediction/);
    }
  });

  it('says that no condition is needed where the model says so of nearly every row', async () => {
    const result = await explain(
      ruleModel(() => false),
      0,
    );
    assert.equal(result.verdict, 'always');
    assert.match(anchorsWords(result), /100 % of rows drawn at random: no condition is needed/);
  });

  it('tells the best rule where none is sure enough, with its precision', async () => {
    const half: Rule = (of) => of('island') === 1 && Math.sin(1e5 * of('d')) > -0.5;
    const result = await explain(ruleModel(half), rowWhere(half), { samples: 20_000, conditions: 2 });
    assert.equal(result.verdict, 'too weak');
    assert.equal(result.conditions[0], 'island = Dream');
    const last = result.steps.at(-1)!;
    assert.ok(last.precision > 0.5 && last.precision < 0.95);
    assert.match(anchorsWords(result), /No rule (of at most 2 conditions was found that|that was tried) reaches 95 %/);
  });

  it('measures a precision that agrees with the truth: 12 intervals, at most 2 of which miss', async () => {
    const planted: Rule = (of) => of('a') + 0.3 * of('c') > 0;
    const model = ruleModel(planted);
    let missed = 0;
    for (let row = 0; row < 12; row++) {
      const few = await explain(model, row, { heldOut: 200, samples: 8000 });
      const many = await explain(model, row, { heldOut: 5000, samples: 8000 });
      assert.deepEqual(few.conditions, many.conditions);
      const { interval } = few.steps.at(-1)!;
      const truth = many.steps.at(-1)!.precision;
      if (truth < interval.low - 0.005 || truth > interval.high + 0.005) missed++;
    }
    assert.ok(missed <= 2, `${missed} missed`);
  });

  it('anchors a value to its neighbourhood', async () => {
    const model: Predictor = {
      task: 'regression',
      predict: async (rows) => ({ kind: 'values', values: cellsOf(rows, 'a').map((a) => (a > 0.5 ? 10 : 0)) }),
    };
    const result = await explain(
      model,
      rowWhere((of) => of('a') > 0.9),
      { tolerance: 1 },
    );
    assert.equal(result.prediction, 10);
    assert.deepEqual([result.verdict, result.tolerance, result.conditions.length], ['found', 1, 1]);
    assert.match(result.conditions[0], /^a above 0\.[5-9]/);
  });

  it('has a condition for what is missing', async () => {
    const train = tableFrom(1, 600);
    const missing = {
      ...train,
      columns: train.columns.with(
        0,
        numbers(
          'a',
          [...cellsOf(train, 'a')].map((value, i) => (i % 3 === 0 ? Number.NaN : value)),
        ),
      ),
    };
    const data = datasetOf(missing, { kind: 'classes', codes: new Int32Array(600), classes: ['no', 'yes'] }, 'binary');
    const parts = { train: data, evaluation: data, part: 'validation' } as const;
    const model = ruleModel((of) => Number.isNaN(of('a')));
    const result = await anchors.explain(model, parts, { seed: 1, row: 0 }, () => {}, signal);
    assert.deepEqual(result.conditions, ['a is missing']);
  });

  it('gives back what it knows when it is enough, and says so', async () => {
    const planted: Rule = (of) => of('a') > 0 && of('island') === 1;
    let asked = 0;
    const result = await explain(ruleModel(planted), rowWhere(planted), {}, () => ++asked > 10);
    assert.match(result.partial!, /^Ended after/);
    assert.equal(result.heldOut, 0);
    assert.match(result.quality.words, /no time left/);
    const nothing = await explain(ruleModel(planted), 0, {}, () => true);
    assert.equal(nothing.verdict, 'unknown');
    assert.match(anchorsWords(nothing), /ended before any rule/);
  });

  it('refuses options out of range', async () => {
    const model = ruleModel(() => true);
    for (const bad of [{ precision: 1 }, { delta: 0 }, { beam: 0 }, { samples: 1.5 }, { tolerance: 0 }])
      await assert.rejects(explain(model, 0, bad), { name: /^(RangeError|UserError)$/ });
    await assert.rejects(explain(model, 300), /no row 300/);
  });
});

describe('bounds on a Bernoulli mean', () => {
  it('are where the divergence is the level', () => {
    for (const [p, level] of [
      [0.5, 0.01],
      [0.9, 0.05],
      [0.1, 0.2],
    ]) {
      assert.ok(Math.abs(bernoulliDivergence(p, upperBound(p, level)) - level) < 1e-9);
      assert.ok(Math.abs(bernoulliDivergence(p, lowerBound(p, level)) - level) < 1e-9);
    }
    assert.deepEqual([upperBound(1, 0.1), lowerBound(0, 0.1)], [1, 0]);
    // -log(1 - q) = level where nothing was seen.
    assert.ok(Math.abs(upperBound(0, 0.1) - (1 - Math.exp(-0.1))) < 1e-9);
  });

  it('explore more with more arms and rounds', () => {
    const rate = Math.log(405.5 * 10 * 10);
    assert.ok(Math.abs(explorationRate(10, 1, 0.1) - (rate + Math.log(rate))) < 1e-12);
    assert.ok(explorationRate(100, 1, 0.1) > explorationRate(10, 1, 0.1));
    assert.ok(explorationRate(10, 9, 0.1) > explorationRate(10, 1, 0.1));
  });
});
