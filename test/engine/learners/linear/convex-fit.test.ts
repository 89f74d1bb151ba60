import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Target } from '../../../../src/engine/data/dataset.ts';
import { linearScores, sparseRows } from '../../../../src/engine/data/encoders/sparse-rows.ts';
import { ConvexFit } from '../../../../src/engine/learners/linear/convex-fit.ts';
import { probabilitiesOf } from '../../../../src/engine/learners/linear/logistic-loss.ts';
import { Pace } from '../../../../src/engine/learners/pace.ts';

interface Golden {
  readonly x: readonly (readonly number[])[];
  readonly point: readonly number[];
  readonly cases: readonly {
    readonly kind: 'classes' | 'values';
    readonly y: readonly number[];
    readonly ridge: number;
    readonly outputs: number;
    readonly weights: readonly number[];
    readonly said: readonly number[];
    readonly without: readonly (readonly number[])[];
  }[];
}

/** Made by convex-fit.golden.py: scikit-learn's fits without each row. */
const golden: Golden = JSON.parse(readFileSync(new URL('./convex-fit.golden.json', import.meta.url), 'utf8'));

const rowsOf = (rows: readonly (readonly number[])[]) =>
  sparseRows({ rows: rows.length, columns: rows[0].length, values: Float32Array.from(rows.flat()) });

describe('a convex fit without a row', () => {
  for (const { kind, y, ridge, outputs, weights, said, without } of golden.cases)
    it(`is scikit-learn's (${kind}, ${outputs} outputs)`, async () => {
      const target: Target =
        kind === 'values'
          ? { kind, values: Float64Array.from(y) }
          : {
              kind,
              codes: Int32Array.from(y),
              classes: ['a', 'b', 'c'].slice(0, Math.max(2, outputs)),
            };
      const pace = new Pace(new AbortController().signal);
      const fit = await ConvexFit.of(
        {
          x: rowsOf(golden.x),
          target,
          weights: Float64Array.from(weights),
          outputs,
          ridge: () => ridge,
          keepsZeros: false,
        },
        pace,
      );
      const answer = (of: Float64Array) => {
        const scores = linearScores(rowsOf([golden.point]), of, outputs);
        return kind === 'values' ? scores : probabilitiesOf(scores, outputs);
      };
      const near = (found: Float64Array, wanted: readonly number[], what: string) => {
        for (const [k, value] of wanted.entries())
          assert.ok(Math.abs(found[k] - value) < 1e-5, `${what}: ${found[k]}, scikit-learn ${value}`);
      };
      near(answer(Float64Array.from(weights)), said, 'all rows');
      for (const [row, wanted] of without.entries()) {
        const refitted = await fit.without(row, pace);
        assert.ok(refitted, `row ${row} came to no end`);
        near(answer(refitted), wanted, `without row ${row}`);
      }
    });
});
