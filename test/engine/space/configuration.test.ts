import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../src/engine/random.ts';
import { activeParameters } from '../../../src/engine/space/conditions.ts';
import {
  checkPartial,
  configurationKey,
  containsConfiguration,
  sampleConfiguration,
} from '../../../src/engine/space/configuration.ts';
import { describeSpace } from '../../../src/engine/space/description.ts';
import { decode, encode } from '../../../src/engine/space/encoding.ts';
import { configurations, spaceSize } from '../../../src/engine/space/enumeration.ts';
import { conditionGroups } from '../../../src/engine/space/groups.ts';

const space = describeSpace({
  kind: { choice: ['a', 'b', 'c'] },
  layers: { int: [1, 3], when: { kind: ['a', 'b'] } },
  rate: { float: [0.001, 1], log: true, when: { layers: [2, 3] } },
  share: { float: [0, 1], step: 0.25 },
});

const names = (params: Record<string, string | number>) => activeParameters(space, params).map(({ name }) => name);

test('parameters are active down the tree of conditions', () => {
  assert.deepEqual(names({ kind: 'c' }), ['kind', 'share']);
  assert.deepEqual(names({ kind: 'a', layers: 1 }), ['kind', 'layers', 'share']);
  assert.deepEqual(names({ kind: 'b', layers: 3 }), ['kind', 'layers', 'rate', 'share']);
  // A value that is given but not active opens nothing.
  assert.deepEqual(names({ kind: 'c', layers: 3 }), ['kind', 'share']);
});

test('drawn configurations are inside, whole, and survive the unit cube', () => {
  const random = createRandom(3);
  for (let i = 0; i < 300; i++) {
    const params = sampleConfiguration(space, random);
    assert.ok(containsConfiguration(space, params));
    const point = encode(space, params);
    assert.ok([...point].every((coordinate) => Number.isNaN(coordinate) || (coordinate >= 0 && coordinate <= 1)));
    const back = decode(space, point);
    assert.deepEqual(Object.keys(back), Object.keys(params));
    for (const [name, value] of Object.entries(params)) {
      if (typeof value !== 'number') assert.equal(back[name], value);
      else assert.ok(Math.abs(Number(back[name]) - value) < 1e-12, name);
    }
  }
});

test('the corners of the unit cube are inside', () => {
  for (const corner of [0, 1]) {
    assert.ok(containsConfiguration(space, decode(space, new Float64Array(4).fill(corner))));
  }
});

test('a configuration with a value too many, too few or outside is not contained', () => {
  assert.ok(containsConfiguration(space, { kind: 'c', share: 0.5 }));
  assert.ok(!containsConfiguration(space, { kind: 'c', share: 0.5, layers: 1 }));
  assert.ok(!containsConfiguration(space, { kind: 'c' }));
  assert.ok(!containsConfiguration(space, { kind: 'c', share: 0.6 }));
});

test('the key ignores the order of names and tells types apart', () => {
  assert.equal(configurationKey({ a: 1, b: 'x' }), configurationKey({ b: 'x', a: 1 }));
  assert.notEqual(configurationKey({ a: 1 }), configurationKey({ a: '1' }));
});

test('partial configurations are checked with a code each', () => {
  checkPartial(space, { kind: 'a', layers: 2 });
  assert.throws(() => checkPartial(space, { knd: 'a' }), { code: 'configuration-unknown-parameter' });
  assert.throws(() => checkPartial(space, { kind: 'z' }), { code: 'configuration-outside' });
  assert.throws(() => checkPartial(space, { layers: 2 }), { code: 'configuration-inactive' });
});

test('the size of a finite space is the number of its configurations', () => {
  const finite = describeSpace({
    kind: { choice: ['a', 'b', 'c'] },
    layers: { int: [1, 30], when: { kind: ['a', 'b'] } },
    deep: { choice: [true, false], when: { layers: [2, 3] } },
    share: { float: [0, 1], step: 0.25 },
  });
  const all = [...configurations(finite)];
  assert.equal(all.length, (2 * (28 + 2 * 2) + 1) * 5);
  assert.equal(spaceSize(finite), all.length);
  assert.equal(new Set(all.map(configurationKey)).size, all.length);
  assert.ok(all.every((params) => containsConfiguration(finite, params)));
  assert.equal(spaceSize(space), Number.POSITIVE_INFINITY);
  assert.equal(spaceSize({ parameters: [] }), 1);
});

test('parameters with the same conditions form a group, after the groups they depend on', () => {
  const groups = conditionGroups(space).map((group) => group.map(({ name }) => name));
  assert.deepEqual(groups, [['kind', 'share'], ['layers'], ['rate']]);
});
