import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../src/engine/random.ts';
import { containsConfiguration, sampleConfiguration } from '../../../src/engine/space/configuration.ts';
import { describeSpace } from '../../../src/engine/space/description.ts';
import { joinParams, joinSpaces, splitParams } from '../../../src/engine/space/join.ts';
import { adaptParams, overrideSpace } from '../../../src/engine/space/overrides.ts';

const mlp = describeSpace({
  optimizer: { choice: ['adam', 'sgd'] },
  momentum: { float: [0, 0.99], when: { optimizer: 'sgd' } },
  units: { int: [8, 256], log: true },
});
const tree = describeSpace({ depth: { int: [1, 20] } });
const none = { fixed: {}, searched: {} };

test('a joined space has the learner at its root and only its own parameters beside it', () => {
  const joined = joinSpaces({ mlp, tree, constant: { parameters: [] } });
  const random = createRandom(1);
  for (let i = 0; i < 100; i++) {
    const params = sampleConfiguration(joined, random);
    const { learner, config } = splitParams(params);
    assert.ok(containsConfiguration({ mlp, tree, constant: { parameters: [] } }[learner]!, config));
    assert.deepEqual(joinParams(learner, config), params);
  }
});

test('a configuration without a learner cannot be split', () => {
  assert.throws(() => splitParams({ depth: 1 }), RangeError);
});

test('ranges and fixed values replace the own ones, conditions stay', () => {
  const space = overrideSpace('mlp', mlp, {
    fixed: { units: 32 },
    searched: { momentum: { distribution: { type: 'float', low: 0.5, high: 0.9 } } },
  });
  const byName = new Map(space.parameters.map((parameter) => [parameter.name, parameter]));
  assert.deepEqual(byName.get('units')?.distribution, { type: 'categorical', choices: [32] });
  assert.deepEqual(byName.get('momentum'), {
    name: 'momentum',
    distribution: { type: 'float', low: 0.5, high: 0.9 },
    when: [{ parameter: 'optimizer', oneOf: ['sgd'] }],
  });
});

test('what a fixed value makes impossible is dropped', () => {
  const space = overrideSpace('mlp', mlp, { ...none, fixed: { optimizer: 'adam' } });
  assert.deepEqual(
    space.parameters.map(({ name }) => name),
    ['optimizer', 'units'],
  );
});

test('a condition that a person wrote is not dropped but refused', () => {
  const momentum = { distribution: { type: 'float', low: 0, high: 0.5 }, when: { optimizer: 'sgd' } } as const;
  assert.throws(() => overrideSpace('mlp', mlp, { fixed: { optimizer: 'adam' }, searched: { momentum } }), {
    code: 'space-condition-impossible',
  });
});

test('an unknown parameter is refused with a suggestion', () => {
  assert.throws(() => overrideSpace('tree', tree, { ...none, fixed: { dept: 3 } }), {
    code: 'space-override-unknown',
    message: /tree has no parameter "dept"/,
    advice: 'Did you mean "depth"?',
  });
  assert.throws(() => overrideSpace('tree', tree, { ...none, fixed: { banana: 3 } }), { advice: 'Known: depth.' });
});

test('an optional parameter is searched where it is named, and known where it is not', () => {
  const { parameters: optional } = describeSpace({ scaling: { choice: ['native', 'power'] } });
  const named = overrideSpace('tree', tree, { ...none, fixed: { scaling: 'power' } }, optional);
  assert.deepEqual(
    named.parameters.map(({ name, distribution }) => [name, distribution]),
    [
      ...tree.parameters.map(({ name, distribution }) => [name, distribution]),
      ['scaling', { type: 'categorical', choices: ['power'] }],
    ],
  );
  assert.deepEqual(overrideSpace('tree', tree, none, optional), overrideSpace('tree', tree, none));
  assert.throws(() => overrideSpace('tree', tree, { ...none, fixed: { scalin: 3 } }, optional), {
    advice: 'Did you mean "scaling"?',
  });
});

test('a whole number stays whole, and a choice stays among those that the learner knows', () => {
  const fraction = { depth: { distribution: { type: 'float', low: 1, high: 3 } } } as const;
  assert.throws(() => overrideSpace('tree', tree, { fixed: {}, searched: fraction }), { code: 'space-override-kind' });
  assert.throws(() => overrideSpace('tree', tree, { ...none, fixed: { depth: 2.5 } }), { code: 'space-override-kind' });
  assert.throws(() => overrideSpace('mlp', mlp, { ...none, fixed: { optimizer: 'adamw' } }), {
    code: 'space-override-kind',
  });
  assert.doesNotThrow(() => overrideSpace('mlp', mlp, { ...none, fixed: { momentum: 1 } }));
});

test('defaults move inside of a changed space', () => {
  const space = overrideSpace('mlp', mlp, {
    fixed: { optimizer: 'sgd' },
    searched: { units: { distribution: { type: 'int', low: 64, high: 128 } } },
  });
  const adapted = adaptParams(space, { optimizer: 'adam', units: 16 });
  assert.ok(containsConfiguration(space, adapted));
  assert.equal(adapted.optimizer, 'sgd');
  assert.equal(adapted.units, 64);
  assert.ok(Math.abs(Number(adapted.momentum) - 0.495) < 1e-9);
});
