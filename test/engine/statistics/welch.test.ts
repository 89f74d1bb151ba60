import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { benjaminiHochberg } from '../../../src/engine/statistics/benjamini-hochberg.ts';
import { studentTail } from '../../../src/engine/statistics/student-t.ts';
import { welch } from '../../../src/engine/statistics/welch.ts';

const sumsOf = (values: readonly number[]) => ({
  count: values.length,
  sum: values.reduce((a, b) => a + b, 0),
  squares: values.reduce((a, b) => a + b * b, 0),
});

describe("Student's t", () => {
  it('has the tails of the tables', () => {
    // Quantiles at 0.95 and 0.975 of Student's distribution.
    for (const [t, degrees, tail] of [
      [2.919986, 2, 0.05],
      [2.015048, 5, 0.05],
      [2.228139, 10, 0.025],
      [2.042272, 30, 0.025],
      [1.983972, 100, 0.025],
    ])
      assert.ok(Math.abs(studentTail(t, degrees) - tail) < 2e-4, `${t}, ${degrees}: ${studentTail(t, degrees)}`);
    assert.ok(Math.abs(studentTail(-1.3, 7) + studentTail(1.3, 7) - 1) < 1e-12);
    assert.equal(studentTail(0, 9), 0.5);
  });

  it('compares two means by the test of Welch', () => {
    // t = 1 / sqrt(1 + 1) and 8 degrees of freedom: two samples of the same variance 5 / 2 x 2.
    const { t, p, effect } = welch(sumsOf([2, 3, 4, 5, 6].map((x) => x + 1)), sumsOf([2, 3, 4, 5, 6]));
    assert.ok(Math.abs(t - 1) < 1e-12);
    assert.ok(Math.abs(p - 0.1733) < 2e-4, `${p}`);
    assert.ok(Math.abs(effect - 1 / Math.sqrt(2.5)) < 1e-12);
    assert.deepEqual(welch(sumsOf([1, 1]), sumsOf([1, 1, 1])), { t: 0, p: 1, effect: 0 });
    assert.equal(welch(sumsOf([0.3, 0.3, 0.3]), sumsOf([0.1, 0.1, 0.1])).p, 0);
  });
});

describe('Benjamini and Hochberg', () => {
  it('correct chances as their table has it', () => {
    const corrected = benjaminiHochberg([0.01, 0.04, 0.03, 0.5]);
    for (const [i, wanted] of [0.04, 0.16 / 3, 0.16 / 3, 0.5].entries())
      assert.ok(Math.abs(corrected[i] - wanted) < 1e-12);
    assert.deepEqual(benjaminiHochberg([]), []);
  });
});
