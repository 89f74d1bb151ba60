import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkFeatures } from '../../../../src/engine/search/surrogates/network-features.ts';
import { describeSpace } from '../../../../src/engine/space/description.ts';
import { encode } from '../../../../src/engine/space/encoding.ts';

const space = describeSpace({
  kind: { choice: ['a', 'b', 'c'] },
  x: { float: [0, 4] },
  only: { choice: ['one'] },
  depth: { float: [0, 1], when: { kind: 'b' } },
  fixed: { value: 3, when: { kind: 'b' } },
});
const featuresOf = (params: Record<string, number | string>) => [...networkFeatures(space).of([encode(space, params)])];

test('choices become a number each, numbers have mean 0 and variance 1, single values are left out', () => {
  assert.equal(networkFeatures(space).count, 3 + 1 + 2 + 1);
  const root = Math.sqrt(12);
  assert.deepEqual(featuresOf({ kind: 'c', x: 4, only: 'one' }), [0, 0, 1, root / 2, 0, 0, 0]);
  assert.deepEqual(featuresOf({ kind: 'b', x: 1, only: 'one', depth: 0.5, fixed: 3 }), [0, 1, 0, -root / 4, 0, 1, 1]);
});

test('several configurations stand one after another', () => {
  const points = [1, 2, 3].map((x) => encode(space, { kind: 'a', x, only: 'one' }));
  const together = networkFeatures(space).of(points);
  assert.deepEqual(
    [...together],
    points.flatMap((point) => [...networkFeatures(space).of([point])]),
  );
});
