import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Dataset } from '../../../src/engine/data/dataset.ts';
import { combinations } from '../../../src/engine/preparation/steps/combinations.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { dataset, numeric } from '../learners/toy-data.ts';
import { rich } from './rich-data.ts';

const learnt = (data: Dataset, most: number) =>
  combinations.learn(
    { features: data.features, target: data.target, need: 'native', random: createRandom(1) },
    { combinations: most },
  );

const namesOf = (data: Dataset, most: number): string[] => {
  const { columns } = combinations.restore(learnt(data, most)!.state).apply(data.features);
  const own = new Set(data.features.columns.map(({ name }) => name));
  return columns.flatMap(({ name }) => (own.has(name) ? [] : [name]));
};

it('finds the ratio that tells the target, and no date less a number', () => {
  const names = namesOf(rich('regression'), 64);
  assert.equal(names[0], 'rate / rounds');
  assert.ok(!names.some((name) => name.includes('when')), names.join(', '));
});

it('finds the time between two dates', () => {
  const random = createRandom(3);
  const draw = (cell: () => number) => Array.from({ length: 400 }, cell);
  const from = draw(() => 1.5e12 + random.integer(1e11));
  const days = draw(() => random.integer(30));
  const until = from.map((time, row) => time + days[row] * 86_400_000);
  const columns = [numeric('from', from, 'date'), numeric('until', until, 'date')];
  assert.deepEqual(namesOf(dataset('regression', columns, days), 3), ['from - until']);
});

it('finds nothing in what tells nothing', () => {
  const random = createRandom(5);
  const noise = () => Array.from({ length: 500 }, () => random.normal());
  const columns = Array.from({ length: 12 }, (_, j) => numeric(`x${j}`, noise()));
  assert.equal(learnt(dataset('regression', columns, noise()), 64), null);
});
