import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { takeRows } from '../../../src/engine/data/table.ts';
import { checkSteady } from '../../../src/engine/explain/steady-answers.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { fixtures } from './fixtures.ts';

describe('a row that is to be explained', () => {
  const [{ predictor, data }] = fixtures;
  const row = takeRows(data.evaluation.features, [2]);

  it('is predicted twice, and alike', async () => {
    await checkSteady(predictor, row);
    const nothing: Predictor = {
      task: 'regression',
      predict: async () => ({ kind: 'values', values: Float64Array.of(NaN) }),
    };
    await checkSteady(nothing, row);
  });

  it('is refused where the answers differ, and techniques over many rows are named', async () => {
    let asked = 0;
    const unsteady: Predictor = {
      task: 'regression',
      predict: async () => ({ kind: 'values', values: Float64Array.of(0.5 + asked++ / 4) }),
    };
    await assert.rejects(checkSteady(unsteady, row), {
      code: 'model-unsteady',
      message: /same row: 0\.5, then 0\.75\./,
      advice: /permutation-importance, slices or surrogate-tree/,
    });
  });
});
