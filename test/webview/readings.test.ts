import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type ModelReading,
  modelReadingWords,
  pathOfRow,
  perUnit,
  weightInterval,
} from '../../src/shared/results/model-reading.ts';
import { conditionHolds, conditionWords, type ReadCondition } from '../../src/shared/results/read-condition.ts';
import { readingTable } from '../../src/webview/explain/reading/reading-table.ts';
import { weightBars } from '../../src/webview/explain/reading/weight-bars.ts';
import * as readings from './fixtures/readings.ts';

const readingOf = ({ explanations }: (typeof readings)['treeTrial']): ModelReading => {
  const found = explanations.find((one): one is ModelReading => one.kind === 'model-reading');
  assert.ok(found);
  return found;
};
const unspeakable = /undefined|NaN|Infinity|\[object|null/;

describe('readings in words and tables', () => {
  for (const [name, trial] of Object.entries(readings))
    it(`${name} can be spoken, and its table has a cell for each column`, () => {
      const reading = readingOf(trial);
      assert.doesNotMatch(modelReadingWords(reading), unspeakable);
      const { columns, rows } = readingTable(reading);
      assert.ok(rows.length > 0);
      for (const row of rows) {
        assert.equal(row.length, columns.length);
        assert.doesNotMatch(row.join(' '), unspeakable);
      }
    });

  it('a folded tree says how much of it is not drawn', () => {
    assert.match(modelReadingWords(readingOf(readings.deepTreeTrial)), /3,008 leaves farther down are folded in/);
  });

  it('weights tell a unit and an interval, and are hollow where it holds 0', () => {
    const { shape } = readingOf(readings.weightsTrial);
    assert.ok(shape.kind === 'weights');
    const bedrooms = shape.terms.find(({ label }) => label === 'bedrooms')!;
    assert.equal(Math.round(perUnit(bedrooms, 0)!), 13_733);
    assert.ok(Math.abs(weightInterval(bedrooms, 0)!.low - (41_200 - 1.96 * 3900)) < 1);
    const bars = weightBars(shape, 0);
    assert.deepEqual(
      bars.filter(({ look }) => look === 'hollow').map(({ value }) => value),
      [6200, -2400, 1200],
    );
    assert.match(bars.find(({ label }) => label === 'sold on')!.note!, /^from 2017-07-14 to 2020-09-13, \+\d/);
  });

  it('the way of a row begins at the root; a row that is not told has none', () => {
    const { shape } = readingOf(readings.treeTrial);
    assert.ok(shape.kind === 'tree');
    assert.deepEqual(pathOfRow(shape, 61), [0, 1, 4, 8, 9]);
    assert.deepEqual(pathOfRow(shape, 275), []);
  });
});

describe('conditions', () => {
  const numbers = { kind: 'numbers', column: 'x', above: 2, upTo: 4, missing: false } as const;
  const levels = { kind: 'levels', column: 'c', levels: ['a', 'b'], isNot: false, missing: false } as const;
  const cases: readonly [ReadCondition, string, holds: (number | string | null)[], not: (number | string | null)[]][] =
    [
      [numbers, '2 < x <= 4', [3, 4], [2, 5, null]],
      [{ ...numbers, above: null, missing: true }, 'x <= 4 or missing', [-1, null], [5]],
      [{ ...numbers, upTo: null }, 'x > 2', [9], [2, null]],
      [{ ...numbers, above: 1.6e12, upTo: null, date: true }, 'x > 2020-09-13', [1.7e12], [1.5e12]],
      [levels, 'c is "a" or "b"', ['a'], ['c', null]],
      [{ ...levels, missing: true }, 'c is "a", "b" or missing', ['a', null], ['c']],
      [{ ...levels, isNot: true, missing: true }, 'c is not "a" or "b"', ['z', null], ['a']],
      [{ ...levels, isNot: true }, 'c is not "a", "b" or missing', ['z'], ['a', null]],
      [{ ...levels, levels: ['\u0000rare'] }, 'c is a rare level', ['\u0000rare'], ['a']],
      [{ kind: 'missing', column: 'x', isNot: true }, 'x is known', [0, 'a'], [null]],
    ];
  for (const [condition, words, holds, not] of cases)
    it(words, () => {
      assert.equal(conditionWords(condition), words);
      for (const cell of holds) assert.equal(conditionHolds(condition, cell), true, String(cell));
      for (const cell of not) assert.equal(conditionHolds(condition, cell), false, String(cell));
    });
});
