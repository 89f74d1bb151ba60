import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../../src/engine/random.ts';
import { breed, childWords, tournament } from '../../../../src/engine/search/populations/breeding.ts';
import { crossValues, simulatedBinary } from '../../../../src/engine/search/populations/crossover.ts';
import { mutateValue, polynomial } from '../../../../src/engine/search/populations/mutation.ts';
import { createStudy } from '../../../../src/engine/search/study.ts';
import { containsConfiguration } from '../../../../src/engine/space/configuration.ts';
import { contains } from '../../../../src/engine/space/distribution.ts';
import type { Distribution } from '../../../../src/shared/space.ts';

const draws = 4000;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test('children of simulated binary crossover lie about their nearer parent, as far as the parents are apart', () => {
  const random = createRandom(1);
  const spread = (far: number) =>
    mean(Array.from({ length: draws }, () => Math.abs(simulatedBinary(0.5, far, random) - 0.5)));
  assert.ok(spread(0.5) < 1e-12);
  const [near, wide] = [spread(0.52), spread(0.7)];
  assert.ok(wide > 5 * near && near > 0, `${near}, ${wide}`);
});

test('polynomial mutation stays in the unit range, goes both ways, and takes small steps', () => {
  const random = createRandom(2);
  for (const x of [0, 0.01, 0.5, 1]) {
    const moved = Array.from({ length: draws }, () => polynomial(x, random));
    assert.ok(moved.every((value) => value >= 0 && value <= 1));
    assert.ok(mean(moved.map((value) => Math.abs(value - x))) < 0.1);
    if (x > 0 && x < 1) assert.ok(moved.some((value) => value < x) && moved.some((value) => value > x));
  }
});

const distributions: Distribution[] = [
  { type: 'float', low: 1e-5, high: 1, log: true },
  { type: 'float', low: 0.1, high: 0.9, step: 0.2 },
  { type: 'int', low: -3, high: 12 },
  { type: 'int', low: 1, high: 1_000_000_000 },
  { type: 'ordinal', choices: ['tiny', 'small', 'large'] },
  { type: 'categorical', choices: ['a', 'b', true] },
];

test('a mutated value is another of the same distribution', () => {
  const random = createRandom(3);
  for (const distribution of distributions) {
    let value = 'choices' in distribution ? distribution.choices[0] : distribution.low;
    for (let i = 0; i < 200; i++) {
      const next = mutateValue(distribution, value, random);
      assert.ok(contains(distribution, next), `${next}`);
      if (distribution.type !== 'float' || distribution.step) assert.notEqual(next, value);
      value = next;
    }
  }
  assert.equal(mutateValue({ type: 'int', low: 7, high: 7 }, 7, random), 7);
});

test('a crossed choice is one of the parents', () => {
  const random = createRandom(4);
  const kinds = new Set(Array.from({ length: 50 }, () => crossValues(distributions[5], 'a', true, random)));
  assert.deepEqual(kinds, new Set(['a', true]));
});

test('a child goes down the conditions, names what moved, and was not tried before', () => {
  const random = createRandom(5);
  const study = createStudy({
    space: {
      kind: { choice: ['a', 'b'] },
      x: { float: [0, 1], when: { kind: 'a' } },
      n: { int: [1, 9], when: { kind: 'b' } },
    },
    sampler: 'random',
  });
  study.enqueue({ kind: 'a', x: 0.5 }, 'Given by a person.');
  study.enqueue({ kind: 'b', n: 3 }, 'Given by a person.');
  study.tell(study.ask(), 1);
  study.tell(study.ask(), 1);
  const [first, second] = study.trials;
  for (let i = 0; i < 100; i++) {
    const child = breed(study, () => [first, second], random);
    assert.ok(containsConfiguration(study.space, child.params), JSON.stringify(child.params));
    assert.ok(!study.tried(child.params));
    assert.match(childWords(child), /^Child of trials? \d( and \d)?: .+\.$/);
    for (const name of child.moved) {
      for (const parent of child.parents) assert.notEqual(study.trials[parent].params[name], child.params[name]);
    }
  }
});

test('a tournament of more rounds is won by fitter members', () => {
  const random = createRandom(6);
  const study = createStudy({ space: { x: { float: [0, 1] } }, sampler: 'random' });
  for (let i = 0; i < 20; i++) study.ask();
  const places = [1, 2, 5].map((rounds) =>
    mean(Array.from({ length: 500 }, () => tournament(study.trials, rounds, random).number)),
  );
  assert.ok(places[0] > places[1] + 1 && places[1] > places[2] + 1, `${places}`);
});
