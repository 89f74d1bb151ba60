import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkPromise, coverages, makePromises, promisedSets } from '../../../src/engine/ensembles/promises.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { classesOf, drawMembers, foldsInTurn, probabilitiesOf, truthOf, valuesOf } from './forecasts.ts';

test('sets and intervals hold the truth of new rows about as often as they promise, at every level', () => {
  const random = createRandom(1);
  const { members, codes } = drawMembers(random, 3000, 3, [1]);
  const half = (values: Float64Array, part: number, width: number) =>
    probabilitiesOf(values.slice(part * 1500 * width, (part + 1) * 1500 * width), 3);
  const [known, fresh] = [0, 1].map((part) => half(members[0].values, part, 3));
  const target = (part: number) => classesOf(codes.slice(part * 1500, (part + 1) * 1500), 3);
  const { promises } = makePromises(known, target(0), foldsInTurn(1500, 5), 'log_loss');
  for (const level of coverages) {
    const kept = checkPromise(JSON.parse(JSON.stringify(promises)), level, fresh, target(1));
    assert.ok(kept && kept.interval.high >= level, `${level}: ${kept?.coverage}`);
    assert.ok(kept.coverage < level + 0.06, `${level}: ${kept.coverage}, more than is needed`);
  }
  const numbers = Float64Array.from({ length: 800 }, () => random.normal());
  const predicted = valuesOf(numbers.map((value) => value + random.normal()));
  const intervals = makePromises(predicted, truthOf(numbers), foldsInTurn(800, 5), 'rmse').promises;
  assert.ok(Math.abs(checkPromise(intervals, 0.9, predicted, truthOf(numbers))!.coverage - 0.9) < 0.01);
});

test('a class that is as likely as the limit stays in, though a model that is fitted anew says a thousandth less', () => {
  const rows = 200;
  const codes = Array.from({ length: rows }, (_, row) => (row % 15 < 8 ? 0 : 1));
  const given = (p: number) =>
    probabilitiesOf(
      codes.flatMap(() => [p, 1 - p]),
      2,
    );
  const { promises } = makePromises(given(0.534), classesOf(codes, 2), foldsInTurn(rows, 5), 'log_loss');
  const kept = checkPromise(promises, 0.9, given(0.535), classesOf(codes, 2));
  assert.equal(kept?.coverage, 1);
});

test('no set is empty: the most probable class is in it', () => {
  const sets = { score: { kind: 'lac' }, largest: [0.1], randomised: false } as const;
  const { member } = promisedSets(sets, Float64Array.of(0.5, 0.3, 0.2, 0.02, 0.95, 0.03), 3);
  assert.deepEqual([...member], [1, 0, 0, 0, 1, 0]);
});
