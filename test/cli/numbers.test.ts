import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modelChoice, trialChoice } from '../../src/cli/numbers.ts';

test('a trial is named by its number, or as one of the final models', () => {
  assert.equal(modelChoice('12'), 12);
  assert.equal(modelChoice('readable'), 'readable');
  assert.equal(trialChoice('best'), 'best');
});

test('what names no trial is refused with what would', () => {
  for (const text of ['bogus', '-1', '1.5', '']) {
    assert.throws(() => modelChoice(text), /number of a trial, from 0, or one of: auto, best, ensemble, readable/);
    assert.throws(() => trialChoice(text), /number of a trial, from 0, or one of: best/);
  }
});
