import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cell } from '../../../src/engine/data/table.ts';
import { askedOf, type CohortPart, cohortRows } from '../../../src/engine/explain/cohort-rows.ts';
import { describeCohort } from '../../../src/engine/explain/describe-cohort.ts';
import { explainCohort } from '../../../src/engine/explain/explain-cohort.ts';
import type { Explainer, ExplainOptions } from '../../../src/engine/explain/explainer.ts';
import { explainers } from '../../../src/engine/explain/registry.ts';
import { rowLosses } from '../../../src/engine/explain/row-losses.ts';
import { conditionsOf, rowsMeeting } from '../../../src/engine/explain/slices/condition-rows.ts';
import { mostProbable } from '../../../src/engine/metrics/classification.ts';
import type { Prediction, Predictor } from '../../../src/engine/models/predictor.ts';
import type { CohortCondition } from '../../../src/shared/cohort/cohort.ts';
import { ofSlice, ofTest, otherwise } from '../../../src/shared/cohort/cohort-of.ts';
import { UserError } from '../../../src/shared/faults.ts';
import { cohortRowsWords } from '../../../src/shared/results/cohort-rows.ts';
import type { Result } from '../../../src/shared/results/result.ts';
import { datasetOf, fixtures, numbers, suited, tableOf } from './fixtures.ts';

const never = new AbortController().signal;
const named = (title: string) => fixtures.find((one) => one.title === title)!;
const gappy = named('missing values');
const houses = named('regression');
const silent = () => {};

const partRows = async (part: CohortPart, predictor: Predictor, conditions: readonly CohortCondition[]) =>
  Array.from(await cohortRows(part, conditions, askedOf(predictor, part, never)));
const rowsOf = async (conditions: readonly CohortCondition[], { predictor, data } = gappy) =>
  partRows({ rows: data.evaluation, name: 'validation' }, predictor, conditions);

const all = (count: number) => Array.from({ length: count }, (_, row) => row);
const above = (column: string, value: number): CohortCondition => ({
  kind: 'numbers',
  column,
  low: { value, included: false },
  high: null,
  missing: false,
});

describe('rows of a cohort', () => {
  const { features, target } = gappy.data.evaluation;

  it('are those of the slice that it was made of', async () => {
    for (const column of features.columns)
      for (const { condition, otherwise: rest } of conditionsOf(column, 1))
        for (const one of [condition, rest]) {
          const holds = rowsMeeting(features, [one]);
          assert.deepEqual(
            await rowsOf(ofSlice([one])),
            all(features.rowCount).filter((row) => holds[row] === 1),
            JSON.stringify(one),
          );
        }
  });

  it('are divided by a test and its contrary', async () => {
    const island = { kind: 'levels', column: 'island', levels: ['Dream'], isNot: false, missing: true } as const;
    const debt = { kind: 'numbers', column: 'debt', above: 1900, upTo: null, missing: false } as const;
    for (const test of [island, debt, { kind: 'missing', column: 'noise', isNot: true } as const]) {
      const condition = ofTest(test)!;
      const both = [...(await rowsOf([condition])), ...(await rowsOf([otherwise(condition)!]))];
      assert.deepEqual(
        both.sort((a, b) => a - b),
        all(features.rowCount),
      );
    }
  });

  it('follow what the model says of them', async () => {
    const prediction = (await gappy.predictor.predict(features)) as Extract<Prediction, { kind: 'probabilities' }>;
    const predicted = mostProbable(prediction.values, 2);
    const losses = rowLosses(prediction, target);
    const truth = target.kind === 'classes' ? target.codes : [];
    const expected = (holds: (row: number) => boolean) => all(features.rowCount).filter(holds);
    const yesThoughNo: CohortCondition[] = [
      { kind: 'predicted', classes: ['yes'], isNot: false },
      { kind: 'actual', classes: ['no'], isNot: false },
    ];
    assert.deepEqual(
      await rowsOf(yesThoughNo),
      expected((row) => predicted[row] === 1 && truth[row] === 0),
    );
    assert.deepEqual(
      await rowsOf([{ kind: 'right', isNot: true }]),
      expected((row) => predicted[row] !== truth[row]),
    );
    const costly = { kind: 'outcome', of: 'loss', low: { value: 0.7, included: true }, high: null } as const;
    assert.deepEqual(
      await rowsOf([costly]),
      expected((row) => losses[row] >= 0.7),
    );
    const sure = { kind: 'outcome', of: 'prediction', class: 'yes', low: { value: 0.6, included: false } } as const;
    assert.deepEqual(
      await rowsOf([{ ...sure, high: { value: 0.9, included: true } }]),
      expected((row) => prediction.values[2 * row + 1] > 0.6 && prediction.values[2 * row + 1] <= 0.9),
    );
  });

  it('follow the residual of a number', async () => {
    const { evaluation } = houses.data;
    const { values } = await houses.predictor.predict(evaluation.features);
    const truth = evaluation.target.kind === 'values' ? evaluation.target.values : values;
    const low = { kind: 'outcome', of: 'residual', low: null, high: { value: -0.5, included: false } } as const;
    assert.deepEqual(
      await rowsOf([low], houses),
      all(150).filter((row) => truth[row] - values[row] < -0.5),
    );
  });

  const faults: readonly (readonly [string, CohortCondition[], string, RegExp, RegExp])[] = [
    [
      'no row meets',
      [above('income', 1e6)],
      'cohort-empty',
      /none of the 150 rows .* "income above 1,000,000"/,
      /Widen/,
    ],
    [
      'meet each other nowhere',
      [above('income', 1000), { kind: 'missing', column: 'income', isNot: false }],
      'cohort-empty',
      /income above 1,000, is missing/,
      /income above 1,000: \d+ rows; income is missing: \d+ rows/,
    ],
    ['a column that is not there', [above('incom', 1)], 'cohort-column', /no column "incom"/, /income, debt/],
    [
      'a level that no row has',
      [{ kind: 'levels', column: 'island', levels: ['Drem'], isNot: false, missing: false }],
      'cohort-level',
      /no row has "Drem"/,
      /Did you mean "Dream"\?/,
    ],
    ['numbers of a category', [above('island', 1)], 'cohort-column', /of type category/, /data have changed/],
    ['rows beyond the part', [{ kind: 'rows', positions: [3, 150] }], 'cohort-row', /no row 150/, /0 to 149/],
    [
      'a class that is not there',
      [{ kind: 'predicted', classes: ['maybe'], isNot: false }],
      'cohort-class',
      /no class "maybe"/,
      /no and yes/,
    ],
    [
      'the residual of a class',
      [{ kind: 'outcome', of: 'residual', low: null, high: { value: 0, included: true } }],
      'cohort-task',
      /a class is predicted/,
      /./,
    ],
  ];
  for (const [title, conditions, code, message, advice] of faults)
    it(`are refused where there is: ${title}`, async () => {
      await assert.rejects(rowsOf(conditions), (error) => {
        assert.ok(error instanceof UserError);
        assert.equal(error.code, code);
        assert.match(error.message, message);
        assert.match(error.advice ?? '', advice);
        return true;
      });
    });
});

describe('what is known of a cohort', () => {
  const look = (conditions: readonly CohortCondition[], { predictor, data } = gappy) =>
    describeCohort(predictor, { rows: data.evaluation, name: 'validation' }, conditions, 1, silent, never);

  it('are metrics of its rows beside all', async () => {
    const wrong = await look([{ kind: 'right', isNot: true }]);
    const accuracy = wrong.metrics.find(({ name }) => name === 'accuracy')!;
    assert.equal(accuracy.cohort, 0);
    assert.ok(accuracy.all! > 0.5);
    assert.equal(wrong.p, null, 'chosen for being wrong');
    assert.match(cohortRowsWords(wrong), /predicted wrong\.\n.*\nlog loss|accuracy 0 \(all rows/s);
    const losses = wrong.rows.map(({ loss }) => loss);
    assert.deepEqual(
      losses,
      losses.toSorted((a, b) => b - a),
    );
    const { features } = gappy.data.evaluation;
    for (const { rowIndex, cells } of wrong.rows)
      assert.deepEqual(
        cells,
        features.columns.map((column) => cell(column, rowIndex)),
      );
  });

  it('tells rows that are predicted worse from chance', async () => {
    const part = (shift: number) => {
      const x = all(300).map((row) => row / 300);
      const values = Float64Array.from(x, (value, row) => value + Math.sin(7 * row) * (value > 0.7 ? 1 + shift : 1));
      return datasetOf(tableOf([numbers('x', x)]), { kind: 'values', values }, 'regression');
    };
    const predictor = {
      task: 'regression' as const,
      predict: async (rows: { columns: readonly unknown[] }) => ({
        kind: 'values' as const,
        values: (rows.columns[0] as { values: Float64Array }).values.slice(),
      }),
    };
    const told = async (shift: number) =>
      describeCohort(predictor, { rows: part(shift), name: 'test' }, [above('x', 0.7)], 1, silent, never);
    const [worse, alike] = [await told(1), await told(0)];
    assert.ok(worse.p! < 1e-6, `p was ${worse.p}`);
    assert.match(cohortRowsWords(worse), /clearly worse/);
    assert.ok(alike.p! > 0.05, `p was ${alike.p}`);
    assert.match(cohortRowsWords(alike), /neither clearly/);
    assert.ok(worse.loss.interval.low < worse.loss.cohort && worse.loss.cohort < worse.loss.interval.high);
  });

  it('is nothing beside the rest where it is all rows', async () => {
    const whole = await look([{ kind: 'rows', positions: all(150) }], houses);
    assert.equal(whole.loss.rest, null);
    for (const { cohort, all: every } of whole.metrics) assert.equal(cohort, every);
  });
});

type AnyExplainer = Explainer<ExplainOptions, Result>;

describe('a small cohort', () => {
  const ofModel: readonly AnyExplainer[] = explainers.filter(({ scope }) => scope === 'model');
  const explained = async (explainer: AnyExplainer, count: number) => {
    const { predictor, data } = await suited(explainer, named('binary'));
    const { target } = data.evaluation;
    const ofOneClass = all(150).filter((row) => target.kind === 'classes' && target.codes[row] === 1);
    const rows = Uint32Array.from(ofOneClass.slice(0, count));
    const cohort = { conditions: [{ kind: 'rows', positions: [...rows] }] as const, rows };
    const call = { data, options: { seed: 1 }, progress: silent, signal: never };
    return explainCohort(explainer, predictor, cohort, call);
  };

  for (const explainer of ofModel) {
    it(`of one row is explained by ${explainer.kind} or refused in words`, async () => {
      try {
        const { cohort } = await explained(explainer, 1);
        assert.equal(cohort?.rows, 1);
      } catch (error) {
        assert.ok(error instanceof UserError, String(error));
        assert.match(error.message, /needs at least \d+ rows, and the cohort "1 chosen row" has 1/);
        assert.match(error.advice ?? '', /one by one. It is row \d+\./);
      }
    });
    it(`of as few rows as ${explainer.kind} asks for, all of one class, is explained`, async () => {
      const result = await explained(explainer, explainer.fewestRows ?? 10);
      assert.ok(result.quality.words.length > 10);
      JSON.stringify(result, (_, value) => {
        assert.ok(typeof value !== 'number' || Number.isFinite(value), 'a number is finite');
        return value;
      });
    });
  }
});
