import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../src/engine/random.ts';
import { isForbidden } from '../../../src/engine/space/conditions.ts';
import { checkPartial, sampleConfiguration } from '../../../src/engine/space/configuration.ts';
import { describeSpace, type ForbiddenDescription } from '../../../src/engine/space/description.ts';
import { configurations, spaceSize } from '../../../src/engine/space/enumeration.ts';

const description = {
  kind: { choice: ['a', 'b'] },
  layers: { int: [1, 4], when: { kind: 'a' } },
  share: { float: [0, 1], step: 0.5 },
} as const;
const spaceWith = (...forbidden: ForbiddenDescription[]) => describeSpace(description, forbidden);

test('a combination is forbidden where all of its values are there, and not while one is unknown or inactive', () => {
  const space = spaceWith({ kind: 'a', layers: [3, 4] });
  assert.ok(isForbidden(space, { kind: 'a', layers: 4, share: 0 }));
  assert.ok(!isForbidden(space, { kind: 'a', layers: 2, share: 0 }));
  assert.ok(!isForbidden(space, { kind: 'a' }));
  assert.ok(!isForbidden(space, { kind: 'b', share: 0 }));
  assert.ok(!isForbidden(describeSpace(description), { kind: 'a', layers: 4 }));
});

test('the size counts what is left, also beside given values', () => {
  const space = spaceWith({ kind: 'a', layers: [3, 4] }, { kind: 'b', share: 0.5 });
  const all = [...configurations(space)];
  // a: 2 layers x 3 shares; b: 2 shares.
  assert.equal(all.length, 8);
  assert.equal(spaceSize(space), 8);
  assert.equal(spaceSize(space, { kind: 'b' }), 2);
  assert.equal(spaceSize(space, { share: 0.5 }), 2);
  assert.equal(spaceSize(space, { kind: 'a', layers: 3 }), 0);
  const wide = describeSpace({ x: { float: [0, 1] }, on: { choice: [true, false] } }, [{ on: true }]);
  assert.equal(spaceSize(wide), Number.POSITIVE_INFINITY);
});

test('an empty combination, one of unknown parameters and one of impossible values are refused', () => {
  assert.throws(() => spaceWith({}), { code: 'space-forbidden-empty' });
  assert.throws(() => spaceWith({ knd: 'a' }), { code: 'space-forbidden-unknown', message: /"knd"/ });
  assert.throws(() => spaceWith({ kind: 'c' }), { code: 'space-forbidden-unknown', message: /"c"/ });
  assert.throws(() => spaceWith({ kind: [] }), { code: 'space-forbidden-unknown' });
});

test('a space with nothing left is refused', () => {
  assert.throws(() => spaceWith({ kind: ['a', 'b'] }), { code: 'space-all-forbidden' });
  assert.throws(() => spaceWith({ kind: 'b' }, { layers: [1, 2, 3, 4] }), { code: 'space-all-forbidden' });
});

test('a part of a configuration is refused where nothing that is left out could save it', () => {
  const space = spaceWith({ kind: 'a', layers: [1, 2, 3, 4] });
  assert.throws(() => checkPartial(space, { kind: 'a', layers: 1 }), { code: 'configuration-forbidden' });
  assert.throws(() => checkPartial(space, { kind: 'a' }), { code: 'configuration-forbidden' });
  checkPartial(space, { share: 0.5 });
  checkPartial(spaceWith({ kind: 'a', layers: [1, 2, 3] }), { kind: 'a' });
});

test('draws pass over forbidden combinations and keep what is given', () => {
  const space = spaceWith({ kind: 'a', layers: [1, 2, 3] });
  const random = createRandom(5);
  const drawn = Array.from({ length: 200 }, () => sampleConfiguration(space, random));
  assert.ok(drawn.every((params) => !isForbidden(space, params)));
  assert.deepEqual(new Set(drawn.map(({ layers }) => layers)), new Set([4, undefined]));
  for (let i = 0; i < 20; i++) assert.equal(sampleConfiguration(space, random, { kind: 'a' }).layers, 4);
});
