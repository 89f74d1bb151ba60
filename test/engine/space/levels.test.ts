import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeSpace } from '../../../src/engine/space/description.ts';
import { spaceSize } from '../../../src/engine/space/enumeration.ts';
import { withLevels } from '../../../src/engine/space/levels.ts';

const choices = (description: Parameters<typeof describeSpace>[0], levels: number) =>
  withLevels(describeSpace(description), levels).parameters.map(({ distribution }) =>
    'choices' in distribution ? distribution.choices : undefined,
  );

test('ranges are cut into even levels from end to end, along the logarithm where logarithmic', () => {
  const [x, rate, n, share] = choices(
    {
      x: { float: [-1, 1] },
      rate: { float: [0.01, 100], log: true },
      n: { int: [0, 100] },
      share: { float: [0, 1], step: 0.01 },
    },
    5,
  );
  assert.deepEqual(x, [-1, -0.5, 0, 0.5, 1]);
  assert.deepEqual(
    rate?.map((value) => Number(Number(value).toPrecision(6))),
    [0.01, 0.1, 1, 10, 100],
  );
  assert.deepEqual(n, [0, 25, 50, 75, 100]);
  assert.deepEqual(share, [0, 0.25, 0.5, 0.75, 1]);
});

test('lists and short ranges keep every value', () => {
  const given = { kind: { choice: ['a', 'b', 3] }, size: { ordinal: ['s', 'm'] }, n: { int: [1, 4] } } as const;
  assert.deepEqual(choices(given, 4), [
    ['a', 'b', 3],
    ['s', 'm'],
    [1, 2, 3, 4],
  ]);
});

test('a value that a condition names is among the levels', () => {
  const space = describeSpace({ layers: { int: [1, 100] }, width: { float: [0, 1], when: { layers: 37 } } });
  const grid = withLevels(space, 3);
  const [layers] = grid.parameters;
  assert.ok('choices' in layers.distribution);
  assert.deepEqual(layers.distribution.choices, [1, 37, 51, 100]);
  // Three without a width, one with three.
  assert.equal(spaceSize(grid), 6);
});
