import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../src/engine/random.ts';
import { numericAxis } from '../../../src/engine/space/axis.ts';
import { describeSpace } from '../../../src/engine/space/description.ts';
import {
  contains,
  fromNumber,
  listedValues,
  sampleValue,
  size,
  toNumber,
  valuesOf,
} from '../../../src/engine/space/distribution.ts';
import { decode, encode } from '../../../src/engine/space/encoding.ts';
import type { Distribution, OrdinalDistribution } from '../../../src/shared/space.ts';

const sizes: OrdinalDistribution = { type: 'ordinal', choices: ['tiny', 'small', 8, true] };

test('ordered choices lie on an axis of their places, each with a cell of its own', () => {
  const axis = numericAxis(sizes);
  assert.deepEqual([axis.low, axis.high, axis.count, axis.step], [-0.5, 3.5, 4, 1]);
  assert.deepEqual(
    [0, 1, 2, 3].map((i) => axis.valueAt(i)),
    [0, 1, 2, 3],
  );
  assert.deepEqual(
    [-9, 0.49, 0.51, 2.4, 99].map((at) => axis.toValue(at)),
    [0, 0, 1, 2, 3],
  );
  assert.deepEqual(axis.cell(2), [1.5, 2.5]);
});

test('ordered choices are counted, listed, contained and drawn evenly', () => {
  assert.deepEqual([size(sizes), valuesOf(sizes), listedValues(sizes)], [4, sizes.choices, sizes.choices]);
  assert.deepEqual(
    ['small', 8, '8', 1].map((value) => contains(sizes, value)),
    [true, true, false, false],
  );
  assert.deepEqual(
    sizes.choices.map((value) => fromNumber(sizes, toNumber(sizes, value))),
    sizes.choices,
  );
  const random = createRandom(3);
  const counts = new Map<unknown, number>();
  for (let i = 0; i < 4000; i++) {
    const value = sampleValue(sizes, random);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  // The standard deviation of a count is 27.
  assert.deepEqual([...counts.keys()].length, 4);
  assert.ok(
    [...counts.values()].every((count) => Math.abs(count - 1000) < 120),
    [...counts.values()].join(),
  );
});

test('ordered choices go into the unit cube by place and come back', () => {
  const space = describeSpace({ size: { ordinal: sizes.choices }, one: { ordinal: ['only'] } });
  const points = sizes.choices.map((value) => encode(space, { size: value, one: 'only' }));
  assert.deepEqual(
    points.map(([place]) => place),
    [0.125, 0.375, 0.625, 0.875],
  );
  assert.deepEqual(
    points.map((point) => decode(space, point).size),
    sizes.choices,
  );
  assert.ok(points.every(([, only]) => only === 0.5));
});

test('ordered choices must be there, differ and be finite', () => {
  for (const [choices, code] of [
    [[], 'space-choices-empty'],
    [['a', 'b', 'a'], 'space-choices-duplicate'],
    [[1, Number.NaN], 'space-bound-not-finite'],
  ] as const)
    assert.throws(() => describeSpace({ size: { ordinal: choices } }), { code });
});

test('conditions may speak of an ordered choice', () => {
  const space = describeSpace({ size: { ordinal: ['s', 'm', 'l'] }, x: { float: [0, 1], when: { size: ['m', 'l'] } } });
  assert.ok(Number.isNaN(encode(space, { size: 's' })[1]));
  assert.throws(() => describeSpace({ size: { ordinal: ['s'] }, x: { int: [0, 1], when: { size: 'xl' } } }), {
    code: 'space-condition-impossible',
  });
});

const axes: readonly (readonly [string, Distribution])[] = [
  ['float', { type: 'float', low: -2, high: 5 }],
  ['log float', { type: 'float', low: 1e-4, high: 10, log: true }],
  ['stepped float', { type: 'float', low: 0.1, high: 0.9, step: 0.2 }],
  ['int', { type: 'int', low: -3, high: 12 }],
  ['log int', { type: 'int', low: 1, high: 1000, log: true }],
];
for (const [name, distribution] of axes) {
  test(`the position of a ${name} gives its value back, and lies between the ends`, () => {
    if (distribution.type === 'categorical') throw new Error('no axis');
    const axis = numericAxis(distribution);
    const random = createRandom(7);
    for (let i = 0; i < 100; i++) {
      const value = Number(sampleValue(distribution, random));
      const position = axis.toPosition(value);
      assert.ok(position >= axis.low && position <= axis.high);
      assert.ok(Math.abs(axis.toValue(position) - value) <= 1e-12 * Math.abs(value));
      const [from, to] = axis.cell(value);
      assert.ok(from <= position && position <= to);
    }
  });
}
