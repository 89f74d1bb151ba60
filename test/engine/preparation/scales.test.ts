import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { power } from '../../../src/engine/preparation/scales/power.ts';
import { quantileNormal } from '../../../src/engine/preparation/scales/quantile-normal.ts';
import { robust } from '../../../src/engine/preparation/scales/robust.ts';
import type { ScaleKind } from '../../../src/engine/preparation/scales/scale.ts';
import { createRandom } from '../../../src/engine/random.ts';

interface Golden {
  readonly name: 'power' | 'quantile';
  readonly train: number[];
  readonly apply: number[];
  readonly scaled: number[];
  readonly lambda: number | null;
}

const goldens: Golden[] = JSON.parse(readFileSync(new URL('scikit-learn.golden.json', import.meta.url), 'utf8')).scales;
const kinds: Readonly<Record<string, ScaleKind<unknown>>> = { power, quantile: quantileNormal, robust };
const learnt = (kind: ScaleKind<unknown>, values: ArrayLike<number>) => {
  const state = kind.learn(Float64Array.from(values).sort());
  assert.ok(state !== null);
  return { state, ...kind.restore(JSON.parse(JSON.stringify(state))) };
};

goldens.forEach(({ name, train, apply, scaled, lambda }, i) => {
  // The likelihood is flat at its top: a lambda is only known to the square root of what a sum is.
  const tolerance = name === 'power' ? 1e-5 : 1e-9;
  it(`${name} scale ${i} as scikit-learn's, to ${tolerance}`, () => {
    const { of, state } = learnt(kinds[name], train);
    if (lambda !== null) assert.ok(Math.abs((state as { lambda: number }).lambda - lambda) < 1e-5);
    apply.forEach((value, j) => {
      assert.ok(Math.abs(of(value) - scaled[j]) < tolerance, `${value}: ${of(value)}, not ${scaled[j]}`);
    });
  });
});

for (const [name, kind] of Object.entries(kinds)) {
  describe(`${name} scale`, () => {
    const random = createRandom(3);
    const values = Array.from({ length: 500 }, () => Math.exp(random.normal()) - 1);

    it('grows with the value, by its slope', () => {
      const { of, slope } = learnt(kind, values);
      for (const value of [-0.85, -0.4, 0.1, 0.53, 2.2, 7.7]) {
        const step = 1e-6;
        const measured = (of(value + step) - of(value - step)) / (2 * step);
        assert.ok(
          measured > 0 && Math.abs(slope(value) - measured) < 1e-4 * measured,
          `${slope(value)}, not ${measured}`,
        );
      }
    });

    it('is finite for every number, and never falls', () => {
      const { of, slope } = learnt(kind, values);
      const numbers = [-1.7e308, -1e100, -10, -1, 0, 1, 50, 1e9, 1e100, 1.7e308];
      const scaled = numbers.map(of);
      assert.ok(scaled.every(Number.isFinite) && numbers.map(slope).every((s) => s >= 0 && Number.isFinite(s)));
      assert.deepEqual(
        scaled,
        scaled.toSorted((a, b) => a - b),
      );
    });

    it('takes columns of any size and shape, or declines them', () => {
      const shapes = [
        [0, 1, 2],
        [-1e300, 0, 1e300],
        [1e-300, 2e-300, 3e-300],
        [1e9, 1e9 + 1, 1e9 + 2],
        [0, 0, 0, 0, 0, 0, 0, 1, 2],
      ];
      for (const shape of shapes) {
        const state = kind.learn(Float64Array.from(shape).sort());
        if (state === null) continue;
        const { of } = kind.restore(JSON.parse(JSON.stringify(state)));
        const scaled = shape.toSorted((a, b) => a - b).map(of);
        assert.ok(scaled.every(Number.isFinite), `${shape} to ${scaled}`);
        assert.deepEqual(
          scaled,
          scaled.toSorted((a, b) => a - b),
        );
      }
    });
  });
}
