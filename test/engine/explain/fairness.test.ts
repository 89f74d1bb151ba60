import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Dataset } from '../../../src/engine/data/dataset.ts';
import { numbersOf } from '../../../src/engine/data/encoders/raw-columns.ts';
import type { ExplainData } from '../../../src/engine/explain/explainer.ts';
import { type FairnessOptions, fairness } from '../../../src/engine/explain/fairness.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../src/engine/random.ts';
import {
  type DifferenceName,
  type ErrorName,
  type Fairness,
  fairnessWords,
  type RateName,
} from '../../../src/shared/results/fairness.ts';
import { coded, dataset, numeric } from '../learners/toy-data.ts';

const { signal } = new AbortController();

interface Golden {
  readonly group: readonly string[];
  readonly probability: readonly number[];
  readonly truth: readonly number[];
  readonly byGroup: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly differences: Readonly<Record<string, number>>;
  readonly score: readonly number[];
  readonly value: readonly number[];
  readonly errorsByGroup: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly errorDifferences: Readonly<Record<string, number>>;
}
const golden: Golden = JSON.parse(readFileSync(new URL('golden/fairness.golden.json', import.meta.url), 'utf8'));

/** Predicts the column `p`: a probability of the second class, or the number itself. */
const classifier: Predictor = {
  task: 'binary',
  classes: ['class 0', 'class 1'],
  predict: async (table) => ({
    kind: 'probabilities',
    classCount: 2,
    values: Float64Array.from([...numbersOf(table, 'p')].flatMap((p) => [1 - p, p])),
  }),
};
const regressor: Predictor = {
  task: 'regression',
  predict: async (table) => ({ kind: 'values', values: Float64Array.from(numbersOf(table, 'p')) }),
};

const explain = (
  predictor: Predictor,
  data: Dataset,
  options: Partial<FairnessOptions> = {},
  sensitive?: readonly string[],
  enough?: () => boolean,
) => {
  const parts: ExplainData = { train: data, evaluation: data, part: 'validation', sensitive };
  const given = { seed: 3, resamples: 60, exchanges: 199, slices: [], ...options };
  return fairness.explain(predictor, parts, given, () => {}, signal, enough);
};

const differenceOf = ({ attributes }: Fairness, name: DifferenceName) =>
  attributes[0].differences.find((one) => one.name === name)!;

/** Probabilities that are right on average; `shift` raises the predicted score of group a, truth or not. */
function applicants(rows: number, seed: number, shift: number): Dataset {
  const random = createRandom(seed);
  const group = Array.from({ length: rows }, () => ['a', 'b'][random.integer(2)]);
  const score = Array.from({ length: rows }, () => 1.5 * random.normal());
  const truth = score.map((value) => (random.uniform() < 1 / (1 + Math.exp(-value)) ? 1 : 0));
  const p = score.map((value, row) => 1 / (1 + Math.exp(-value - (group[row] === 'a' ? shift : 0))));
  return dataset('binary', [numeric('p', p), coded('group', group)], truth, 2);
}

describe('fairness by group', () => {
  it('has the rates and differences of fairlearn', async () => {
    const data = dataset('binary', [numeric('p', golden.probability), coded('group', golden.group)], golden.truth, 2);
    const result = await explain(classifier, data, {}, ['group']);
    for (const { name, rates } of result.attributes[0].groups)
      for (const [rate, byGroup] of Object.entries(golden.byGroup)) {
        const { value, interval } = rates![rate as RateName];
        assert.ok(Math.abs(value! - byGroup[name]) < 1e-12, `${rate} of ${name}: ${value}, not ${byGroup[name]}`);
        assert.ok(interval !== null && interval.low <= value! && value! <= interval.high);
      }
    for (const [name, wanted] of Object.entries(golden.differences)) {
      const { value } = differenceOf(result, name as DifferenceName);
      assert.ok(Math.abs(value! - wanted) < 1e-12, `${name}: ${value}, not ${wanted}`);
    }
  });

  it('has the errors of fairlearn for numbers', async () => {
    const data = dataset('regression', [numeric('p', golden.score), coded('group', golden.group)], golden.value);
    const result = await explain(regressor, data, {}, ['group']);
    for (const { name, errors, residuals } of result.attributes[0].groups) {
      for (const [error, byGroup] of Object.entries(golden.errorsByGroup)) {
        const { value } = errors![error as ErrorName];
        assert.ok(Math.abs(value! - byGroup[name]) < 1e-12, `${error} of ${name}: ${value}, not ${byGroup[name]}`);
      }
      assert.deepEqual(
        residuals,
        residuals!.toSorted((a, b) => a - b),
      );
    }
    for (const [name, wanted] of [
      ['mean prediction difference', golden.errorDifferences.prediction],
      ['absolute error difference', golden.errorDifferences.absolute],
    ] as const)
      assert.ok(Math.abs(differenceOf(result, name).value! - wanted) < 1e-12, name);
    assert.match(fairnessWords(result), /group: a mean error -?0\.\d+ \(/);
  });

  it('tells groups apart that are treated apart, and says what one threshold for each would cost', async () => {
    const result = await explain(classifier, applicants(1500, 1, 1.2), {}, ['group']);
    for (const name of [
      'demographic parity difference',
      'equal opportunity difference',
      'equalised odds difference',
    ] as const) {
      const { value, interval, chance, distinguishable } = differenceOf(result, name);
      assert.ok(distinguishable && value! > chance! && interval!.low > 0, name);
    }
    const { now, points } = result.attributes[0].simulation!;
    const strict = points.find(({ allowed }) => allowed === 0.02)!;
    const free = points.find(({ allowed }) => allowed === null)!;
    // The shift is the model's own fault: thresholds that undo it make it more accurate, not less.
    assert.ok(now.difference > 0.2 && strict.difference < 0.08, `${now.difference} to ${strict.difference}`);
    assert.ok(strict.accuracy >= now.accuracy && free.accuracy >= now.accuracy);
    assert.ok(strict.thresholds[result.attributes[0].groups.findIndex(({ name }) => name === 'a')]! > 0.6);
    assert.match(fairnessWords(result), /Simulated: with thresholds a group/);
    const calibration = Object.fromEntries(
      result.attributes[0].groups.map(({ name, rates }) => [name, rates!.calibration]),
    );
    assert.ok(calibration.a.interval!.low > 0.05, 'the probabilities of group a are too high');
    assert.ok(Math.abs(calibration.b.value!) < 0.05, 'those of group b are right');
  });

  it('lays ways to mitigate side by side where groups are treated apart, and says where there is nothing to mitigate', async () => {
    const result = await explain(classifier, applicants(5000, 1, 1.2), { limit: 0.05 }, ['group']);
    const { mitigation } = result.attributes[0];
    assert.ok(mitigation !== undefined && mitigation !== 'nothing');
    const [now, ...ways] = mitigation.rows;
    assert.deepEqual(
      ways.map(({ name }) => name),
      ['demographic-parity', 'equal-opportunity', 'equalised-odds'],
    );
    for (const { name, differences, change, accuracy } of ways) {
      const at = (row: typeof now) => row.differences.find(({ criterion }) => criterion === name)!;
      const { value, interval } = differences.find(({ criterion }) => criterion === name)!;
      assert.ok(value! < at(now).value! / 2 && interval!.low <= 0.05, `${name}: ${at(now).value} to ${value}`);
      assert.ok(Math.abs(accuracy.value! - now.accuracy.value! - change!.value!) < 1e-12);
      assert.ok(change!.interval!.low <= change!.value! && change!.value! <= change!.interval!.high);
    }
    assert.match(fairnessWords(result), /What mitigation would cost.*may be unlawful/);
    const alike = await explain(classifier, applicants(1500, 1, 0), {}, ['group']);
    assert.equal(alike.attributes[0].mitigation, 'nothing');
    assert.match(fairnessWords(alike), /There is nothing to mitigate/);
  });

  it('says so where groups differ by chance alone: at most 5 % false alarms', async () => {
    let alarms = 0;
    const runs = 60;
    for (let seed = 0; seed < runs; seed++) {
      const result = await explain(classifier, applicants(200, 50 + seed, 0), { seed, resamples: 2 }, ['group']);
      if (result.attributes[0].differences.some(({ distinguishable }) => distinguishable)) alarms++;
    }
    assert.ok(alarms <= 0.05 * runs, `${alarms} false alarms in ${runs}`);
  });

  it('warns of small groups, of groups without the class, of columns that are not there', async () => {
    const group = Array.from({ length: 120 }, (_, row) => (row < 60 ? 'a' : row < 110 ? 'b' : row < 118 ? 'c' : null));
    const truth = group.map((name, row) => (name === 'b' ? 0 : row % 2));
    const p = group.map((_, row) => (row % 3 === 0 ? 0.9 : 0.2));
    const data = dataset('binary', [numeric('p', p), coded('group', group)], truth, 2);
    const result = await explain(classifier, data, {}, ['group', 'gone']);
    assert.deepEqual(
      result.attributes[0].groups.map(({ name, small }) => [name, small]),
      [
        ['a', false],
        ['b', false],
        ['c', true],
        ['missing', true],
      ],
    );
    assert.equal(result.attributes[0].groups[1].rates!.truePositive.value, null);
    assert.equal(differenceOf(result, 'equal opportunity difference').value, null);
    assert.match(fairnessWords(result), /2 groups of fewer than 30 rows are not compared/);
    assert.match(fairnessWords(result), /not looked at: gone/);
    assert.equal(JSON.stringify(result).includes('null'), true);
  });

  it('compares a slice with all other rows, the quarters of a number, and categories where no column is named', async () => {
    const data = applicants(400, 2, 0);
    const slice = [{ column: 'group', relation: 'is', value: 'a' } as const];
    const given = await explain(classifier, data, { columns: ['p'], slices: [slice] });
    assert.deepEqual(
      given.attributes.map(({ name, from, groups }) => [name, from, groups.length]),
      [
        ['p', 'sensitive', 4],
        ['group is a', 'slice', 2],
      ],
    );
    assert.ok(given.attributes[1].differences.every(({ p }) => p === undefined));
    const unasked = await explain(classifier, data);
    assert.deepEqual(
      unasked.attributes.map(({ name, from }) => [name, from]),
      [['group', 'category']],
    );
    assert.match(fairnessWords(unasked), /No column is named `sensitive`/);
    const none = await explain(regressor, dataset('regression', [numeric('p', golden.score)], golden.value));
    assert.match(fairnessWords(none), /There is no group to compare/);
  });

  it('gives back what is known when time is up, and refuses what cannot be', async () => {
    const data = applicants(12_000, 1, 0);
    const cut = await explain(classifier, data, { resamples: 1000 }, ['group'], () => true);
    assert.match(cut.partial!, /^Ended after 1 of 1 way/);
    const small = applicants(60, 1, 0);
    for (const options of [{ columns: ['x'] }, { positive: 'maybe' }, { threshold: 2 }, { resamples: 0 }])
      await assert.rejects(explain(classifier, small, options), { name: /^(RangeError|UserError)$/ });
  });
});
