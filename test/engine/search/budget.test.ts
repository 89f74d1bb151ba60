import assert from 'node:assert/strict';
import { test } from 'node:test';
import { budgetMeters, exceeded, type Spent } from '../../../src/engine/search/budget.ts';

const spent: Spent = { seconds: 23.456, trials: 4, wattHours: 1.5, co2Grams: null, cost: 0.01 };

test('one meter a limit, in words, and what is not measured says so', () => {
  const budget = { seconds: 40, trials: 200, wattHours: 20, co2Grams: 10, cost: { amount: 0.1, currency: 'EUR' } };
  assert.deepEqual(
    budgetMeters(spent, budget).map(({ words }) => words),
    ['23.5 s of 40 s', '4 of 200 trials', '1.5 Wh of 20 Wh', 'not measured, of 10 g', '0.01 EUR of 0.1 EUR'],
  );
  assert.deepEqual(budgetMeters(spent, {}), []);
});

test('each limit stops the search, and the words name it', () => {
  const limits = [
    [{ seconds: 20 }, 'time', /time budget is used up: 23\.5 s of 20 s\./],
    [{ trials: 4 }, 'trials', /trial budget/],
    [{ wattHours: 1.5 }, 'energy', /energy budget/],
    [{ cost: { amount: 0.01, currency: 'EUR' } }, 'cost', /cost budget/],
  ] as const;
  for (const [budget, limit, words] of limits) {
    assert.equal(exceeded(spent, budget)?.limit, limit);
    assert.match(exceeded(spent, budget)?.words ?? '', words);
  }
  assert.equal(exceeded({ ...spent, co2Grams: 11 }, { co2Grams: 10 })?.limit, 'co2');
  assert.equal(exceeded(spent, { seconds: 24, trials: 5, co2Grams: 1 }), undefined);
});
