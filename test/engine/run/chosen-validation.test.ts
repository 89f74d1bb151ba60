import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosenValidation, validationNotes } from '../../../src/engine/run/chosen-validation.ts';
import type { ExperimentData } from '../../../src/shared/experiment/experiment.ts';
import { toy } from '../learners/toy-data.ts';

const data = (validation: ExperimentData['validation']) => ({ validation }) as ExperimentData;
const auto = data({ kind: 'auto' });
const info = (rowCount: number) => ({ ...toy('binary').info, rowCount });

test('ten folds of small tables whose folds can judge', () => {
  assert.deepEqual(chosenValidation(auto, info(600)), { folds: 10 });
  assert.deepEqual(chosenValidation(auto, info(149)), { folds: 5 });
  assert.deepEqual(validationNotes(auto, { folds: 10 }), []);
});

test('five folds, of large tables three, of very large ones a part that is large enough', () => {
  assert.deepEqual(chosenValidation(auto, info(10_000)), { folds: 5 });
  assert.deepEqual(chosenValidation(auto, info(500_000)), { folds: 3 });
  assert.deepEqual(chosenValidation(auto, info(10_000_000)), { holdout: 0.005 });
  const wide = {
    ...toy('multiclass').info,
    rowCount: 10_000_000,
    classes: Array.from({ length: 30 }, (_, i) => `${i}`),
  };
  assert.deepEqual(chosenValidation(auto, { ...wide, rowCount: 100_000 }), { holdout: 0.2 });
});

test('what the person wrote stands, and is not commented on', () => {
  for (const [given, chosen] of [
    [{ kind: 'folds', folds: 7 }, { folds: 7 }],
    [{ kind: 'holdout', share: 0.3 }, { holdout: 0.3 }],
  ] as const) {
    assert.deepEqual(chosenValidation(data(given), info(10_000_000)), chosen);
    assert.deepEqual(validationNotes(data(given), chosen), []);
  }
});

test('a choice that is not the usual one is said', () => {
  assert.deepEqual(validationNotes(auto, { folds: 5 }), []);
  assert.match(
    validationNotes(auto, { holdout: 0.005 })[0],
    /by one part of 0.5 % of the rows, for the table is large/,
  );
});
