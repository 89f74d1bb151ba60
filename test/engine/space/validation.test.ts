import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeSpace, type SpaceDescription } from '../../../src/engine/space/description.ts';
import { UserError } from '../../../src/shared/faults.ts';

const x = { float: [0, 1] } as const;

/** What a person may write wrongly, and the code and words that must come back. */
const faults: readonly { wrong: string; space: SpaceDescription; code: string; says: RegExp }[] = [
  { wrong: 'low above high', space: { x: { float: [2, 1] } }, code: 'space-low-above-high', says: /"x".*\[2, 1\]/ },
  { wrong: 'int low above high', space: { n: { int: [5, 1] } }, code: 'space-low-above-high', says: /"n"/ },
  { wrong: 'log of zero', space: { x: { float: [0, 1], log: true } }, code: 'space-log-bound', says: /"x".*above 0/ },
  { wrong: 'log of a negative', space: { n: { int: [-3, 1], log: true } }, code: 'space-log-bound', says: /"n"/ },
  { wrong: 'a step of zero', space: { x: { float: [0, 1], step: 0 } }, code: 'space-step', says: /"x".*step 0/ },
  { wrong: 'a negative step', space: { x: { float: [0, 1], step: -1 } }, code: 'space-step', says: /"x"/ },
  { wrong: 'a broken step of an int', space: { n: { int: [0, 9], step: 0.5 } }, code: 'space-step', says: /whole/ },
  { wrong: 'a fraction as int bound', space: { n: { int: [0.5, 9] } }, code: 'space-bound-not-whole', says: /"n"/ },
  { wrong: 'NaN', space: { x: { float: [Number.NaN, 1] } }, code: 'space-bound-not-finite', says: /"x"/ },
  {
    wrong: 'Infinity',
    space: { x: { float: [0, Number.POSITIVE_INFINITY] } },
    code: 'space-bound-not-finite',
    says: /"x"/,
  },
  { wrong: 'no choices', space: { c: { choice: [] } }, code: 'space-choices-empty', says: /"c"/ },
  {
    wrong: 'a choice twice',
    space: { c: { choice: ['a', 'b', 'a'] } },
    code: 'space-choices-duplicate',
    says: /"a" twice/,
  },
  {
    wrong: 'a condition on nothing',
    space: { x: { ...x, when: { kind: 'a' } }, y: x },
    code: 'space-condition-unknown',
    says: /"x".*"kind".*/,
  },
  {
    wrong: 'a condition on an impossible value',
    space: { c: { choice: ['a', 'b'] }, x: { ...x, when: { c: 'z' } } },
    code: 'space-condition-impossible',
    says: /"x".*"z"/,
  },
  {
    wrong: 'a condition on a number off the grid',
    space: { n: { int: [1, 5] }, x: { ...x, when: { n: 2.5 } } },
    code: 'space-condition-impossible',
    says: /2\.5/,
  },
  {
    wrong: 'a circle',
    space: {
      a: { int: [1, 2], when: { b: 1 } },
      b: { int: [1, 2], when: { c: 1 } },
      c: { int: [1, 2], when: { a: 1 } },
    },
    code: 'space-condition-circle',
    says: /a -> b -> c -> a/,
  },
  {
    wrong: 'a condition on itself',
    space: { a: { int: [1, 2], when: { a: 1 } } },
    code: 'space-condition-circle',
    says: /a -> a/,
  },
  { wrong: 'no kind', space: { q: {} as { value: 1 } }, code: 'space-parameter-kind', says: /"q"/ },
];

for (const { wrong, space, code, says } of faults) {
  test(`a space with ${wrong} is refused as ${code}, naming the parameter`, () => {
    assert.throws(
      () => describeSpace(space),
      (error) => error instanceof UserError && error.code === code && says.test(error.message),
    );
  });
}

test('parameters come in an order in which conditions speak of earlier ones, otherwise as written', () => {
  const { parameters } = describeSpace({
    deep: { ...x, when: { middle: 2 } },
    plain: x,
    middle: { int: [1, 3], when: { root: 'a' } },
    root: { choice: ['a', 'b'] },
  });
  assert.deepEqual(
    parameters.map(({ name }) => name),
    ['root', 'middle', 'deep', 'plain'],
  );
});

test('a fixed value is a choice of one', () => {
  assert.deepEqual(describeSpace({ x: { value: 3 } }).parameters[0].distribution, {
    type: 'categorical',
    choices: [3],
  });
});
