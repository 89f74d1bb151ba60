import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { estimateEnergy } from '../../../src/engine/energy/estimate.ts';
import type { Explainer, ExplainOptions } from '../../../src/engine/explain/explainer.ts';
import { localSurrogate } from '../../../src/engine/explain/local-surrogate.ts';
import { explainers } from '../../../src/engine/explain/registry.ts';
import { checkRobustness } from '../../../src/engine/robustness/report.ts';
import { energyReportWords } from '../../../src/shared/results/energy.ts';
import { localSurrogateWords } from '../../../src/shared/results/local-surrogate.ts';
import {
  cellWords,
  changeWords,
  countWords,
  intervalWords,
  listWords,
  moneyRangeWords,
  moneyWords,
  numberWords,
  percentIntervalWords,
  percentWords,
  quantityRangeWords,
  quantityWords,
  secondsWords,
  wattHours,
} from '../../../src/shared/results/numbers.ts';
import type { Result } from '../../../src/shared/results/result.ts';
import { attackedRowWords, robustnessWords } from '../../../src/shared/results/robustness.ts';
import { resultWords, wordsByKind } from '../../../src/shared/results/words.ts';
import { cheapOptions } from '../../engine/explain/cheap-options.ts';
import { fixtures, suited } from '../../engine/explain/fixtures.ts';

const signal = new AbortController().signal;
const machine = { cpuName: 'AMD EPYC 7763', threads: 128 };
const settings = { region: 'FRA', pue: 1.2, price: { perKilowattHour: 0.25, currency: 'EUR' } };

/** Sentences that a person could read aloud. */
function checkWords(words: string): void {
  assert.doesNotMatch(words, /undefined|NaN|null|\[object|Infinity| {2}|\. ?\.|,\s*\.|\(\)/);
  assert.doesNotMatch(words, /[a-z)%][.,;:][A-Za-z]| [.,;:)]|\( /, 'spacing');
  assert.doesNotMatch(words, /\d\.\d+e-?\d/, 'no powers of ten');
  // A line that ends in a colon is followed by what it announces, line by line, which may begin with the name of a column.
  let announced = false;
  for (const line of words.split('\n')) {
    assert.match(line, announced ? /^\S.*[.?:]$/ : /^[A-Z\d].*[.?:]$/);
    announced ||= line.endsWith(':');
  }
  assert.match(words, /^[A-Z]/);
}

describe('words of every result', () => {
  for (const fixture of fixtures) {
    for (const explainer of explainers as readonly Explainer<ExplainOptions, Result>[])
      it(`${explainer.kind} (${fixture.title})`, async () => {
        const { predictor, data } = await suited(explainer, fixture);
        const options = { ...cheapOptions.get(explainer.kind), seed: 1, row: 1 };
        const result = await explainer.explain(predictor, data, options, () => {}, signal);
        checkWords(resultWords(result));
        assert.ok(resultWords(result).includes(result.quality.words), 'it keeps its own quality to itself');
      });
    it(`robustness (${fixture.title})`, async () => {
      const result = await checkRobustness(fixture.predictor, fixture.data, { seed: 1 }, () => {}, signal);
      checkWords(resultWords(result));
      for (const flag of result.flags) assert.ok(resultWords(result).includes(flag));
    });
  }

  it('energy, measured or not', () => {
    const report = estimateEnergy({ seconds: 12, cpuSeconds: 20, memoryBytes: 1e9 }, machine, settings);
    checkWords(energyReportWords(report));
    assert.match(
      energyReportWords(report),
      /^Energy 16\.\d mWh \(.* mWh\); CO2e .* µg \(.*\); cost less than 0\.0001 EUR \(.* millionths of 1 EUR\); in 12 s, 20 s of CPU time\.\nCPU by load model: 20 CPU seconds at 2\.2 W a thread/,
    );
    const unknown = { ...report, wattHours: null, co2Grams: null, cost: null, cpuSeconds: null };
    checkWords(energyReportWords(unknown));
    assert.match(energyReportWords(unknown), /^Energy: not measured \(12 s\)/);
    checkWords(energyReportWords({ ...report, cost: null }));
  });

  it('has words for each kind and none for others', () => {
    assert.deepEqual(
      Object.keys(wordsByKind).sort(),
      ['energy', 'robustness', ...explainers.map(({ kind }) => kind as string)].sort(),
    );
    assert.throws(() => resultWords({ kind: 'horoscope' } as Result), /no words for a result of kind "horoscope"/);
  });
});

describe('what the words must not hide', () => {
  it('robust accuracy never comes without clean accuracy, MCC and the baseline, nor as a guarantee', async () => {
    const { predictor, data } = fixtures[0];
    const words = robustnessWords(await checkRobustness(predictor, data, { seed: 1 }, () => {}, signal));
    assert.match(
      words,
      /untouched \(Matthews correlation .*most frequent class: .* %\)\.\nWhen .*at most this share still holds[^\n]*\nRow [\s\S]*not guarantees/,
    );
  });

  it('a flagged report begins with the word unreliable', async () => {
    const { predictor, data } = fixtures[0];
    const frozen = data.train.features.columns.map(({ name }) => name);
    const words = robustnessWords(await checkRobustness(predictor, data, { seed: 1, frozen }, () => {}, signal));
    assert.match(words, /^Unreliable: No column may be edited/);
    assert.doesNotMatch(words, /still holds|Upper bounds/, 'shares that withstand attacks that were none');
    assert.match(words, /are predicted rightly untouched/);
  });

  it('a poor surrogate begins with the refusal', async () => {
    const { predictor, data } = fixtures[0];
    const result = await localSurrogate.explain(
      predictor,
      data,
      { seed: 1, row: 1, trustedR2: 0.999 },
      () => {},
      signal,
    );
    assert.match(localSurrogateWords(result), /^Do not read this as the reason\. On samples .* too poorly/);
  });

  it('an attacked row reads as a sentence', () => {
    const row = {
      rowIndex: 12,
      truth: 'Adelie',
      before: 'Adelie',
      after: 'Chinstrap',
      edits: [
        { column: 'income', from: 3100, to: 3240 },
        { column: 'island', from: 'Dream', to: 'Biscoe' },
      ],
      epsilon: 0.1,
      categoricalEdits: 1,
      attack: 'fgsm',
    };
    assert.equal(
      attackedRowWords(row),
      'Row 12: income 3,100 -> 3,240 and island Dream -> Biscoe turn Adelie into Chinstrap.',
    );
    assert.equal(
      attackedRowWords({ ...row, edits: row.edits.slice(0, 1) }),
      'Row 12: income 3,100 -> 3,240 turns Adelie into Chinstrap.',
    );
    assert.match(
      attackedRowWords({ ...row, before: 1.23456, after: 2 }, true),
      / move the prediction from 1\.235 to 2\./,
    );
  });
});

describe('numbers in words', () => {
  it('keeps significant digits, never rounds whole ones away, and says what is not measured', () => {
    const cases = [0.04312, 12.345, 1234.5, 36000, -0.5, 0, -0, 1.2e-8, null, undefined, Number.NaN];
    assert.deepEqual(
      cases.map((value) => numberWords(value)),
      [
        '0.0431',
        '12.3',
        '1,235',
        '36,000',
        '-0.5',
        '0',
        '0',
        '1.20e-8',
        'not measured',
        'not measured',
        'not measured',
      ],
    );
    assert.deepEqual([changeWords(0.21), changeWords(-0.21), changeWords(0)], ['+0.21', '-0.21', '0']);
  });

  it('writes intervals, shares, times, amounts, money, lists and cells', () => {
    assert.equal(intervalWords({ low: 0.0351, high: 0.0512 }, 2), '0.035 to 0.051');
    assert.equal(percentWords(0.965), '96.5 %');
    assert.equal(percentIntervalWords({ low: 0.751, high: 0.859 }), '75 to 86 %');
    assert.deepEqual([0.34, 12.34, 125, 4320].map(secondsWords), ['340 ms', '12.3 s', '2 min 5 s', '1 h 12 min']);
    assert.deepEqual(
      [0.0123, 2.5, 1500, 0, null].map((value) => quantityWords(value, wattHours)),
      ['12.3 mWh', '2.5 Wh', '1.5 kWh', '0 Wh', 'not measured'],
    );
    const range = { value: 0.0123, interval: { low: 0.0062, high: 0.025 } };
    assert.equal(quantityRangeWords(range, wattHours), '12.3 mWh (6.2 to 25 mWh)');
    assert.deepEqual(
      [12.345, 0.00312, 0.00000312, 0, null].map((value) => moneyWords(value, 'EUR')),
      ['12 EUR', '0.0031 EUR', 'less than 0.0001 EUR', '0 EUR', 'not measured'],
    );
    assert.equal(
      moneyRangeWords({ value: 5.8e-7, interval: { low: 1.6e-7, high: 1.7e-6 } }, 'EUR'),
      'less than 0.0001 EUR (0.16 to 1.7 millionths of 1 EUR)',
    );
    assert.equal(
      moneyRangeWords({ value: 0.0031, interval: { low: 0.0012, high: 0.0075 } }, 'EUR'),
      '0.0031 EUR (0.0012 to 0.0075 EUR)',
    );
    assert.deepEqual([listWords([]), listWords(['a']), listWords(['a', 'b', 'c'])], ['', 'a', 'a, b and c']);
    assert.deepEqual([countWords(1, 'row'), countWords(1200, 'row')], ['1 row', '1,200 rows']);
    assert.deepEqual([cellWords(null), cellWords(3.1), cellWords(''), cellWords('x')], ['missing', '3.1', "''", 'x']);
  });
});
