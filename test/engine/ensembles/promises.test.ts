import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Target } from '../../../src/engine/data/dataset.ts';
import { coverages } from '../../../src/engine/ensembles/coverage.ts';
import { makePromises, promisedBy, promiseKinds } from '../../../src/engine/ensembles/promises.ts';
import type { Prediction } from '../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { classesOf, drawMembers, foldsInTurn, probabilitiesOf, truthOf, valuesOf } from './forecasts.ts';

const never = new AbortController().signal;

/** Rows without columns. */
const rowsOf = (prediction: Prediction, target: Target, rows: number) => ({
  prediction,
  target,
  foldOf: foldsInTurn(rows, 5),
  features: ({ length }: ArrayLike<number>) => ({ rowCount: length, columns: [] }),
});

/** Two halves of one draw, for each kind of target. */
function halves(kind: Target['kind']) {
  const random = createRandom(1);
  if (kind === 'classes') {
    const { members, codes } = drawMembers(random, 3000, 3, [1]);
    return [0, 1].map((half) => {
      const values = members[0].values.slice(half * 4500, (half + 1) * 4500);
      return rowsOf(probabilitiesOf(values, 3), classesOf(codes.slice(half * 1500, (half + 1) * 1500), 3), 1500);
    });
  }
  return [0, 1].map(() => {
    const truth = Float64Array.from({ length: 1500 }, () => random.normal());
    return rowsOf(valuesOf(truth.map((value) => value + random.normal())), truthOf(truth), 1500);
  });
}

for (const { name, target } of promiseKinds) {
  test(`${name} hold the truth of new rows about as often as they promise, at every level, when kept as JSON`, async () => {
    const [known, fresh] = halves(target);
    const { promises } = await makePromises(known, 'log_loss', never);
    assert.equal(promises.held?.kind, name);
    const promised = promisedBy(JSON.parse(JSON.stringify(promises)));
    const rows = { features: { rowCount: 1500, columns: [] }, prediction: fresh.prediction };
    const kept = promised?.check(rows, fresh.target) ?? [];
    assert.equal(kept.length, coverages.length);
    kept.forEach(({ coverage, interval, rows: count }, at) => {
      assert.equal(count, 1500);
      // What it was learnt from has its own chance, as large as that of the rows it is checked on.
      assert.ok(interval.high + 0.01 >= coverages[at], `${coverages[at]}: ${coverage}`);
      assert.ok(coverage < coverages[at] + 0.06, `${coverages[at]}: ${coverage}, more than is needed`);
    });
    for (const column of promised?.columns(rows, 0.9, ['a', 'b', 'c']) ?? []) {
      assert.match(column.name, /_90$/);
      assert.notEqual(column.cell(0), undefined);
    }
    const held = promised!.held(rows, 0.9, ['a', 'b', 'c']);
    assert.equal(held.length, 1500);
    const [first, second] = promised!.columns(rows, 0.9, ['a', 'b', 'c']);
    held.forEach((one, row) => {
      assert.equal(one.share, 0.9);
      if (one.kind === 'set') assert.equal(one.classes.join('|'), first.cell(row));
      else assert.deepEqual([one.low, one.high], [first.cell(row), second.cell(row)]);
    });
  });
}

test('there is one kind for each kind of target; a model may promise nothing, or what is not known here', () => {
  assert.deepEqual(promiseKinds.map(({ target }) => target).toSorted(), ['classes', 'values']);
  assert.equal(promisedBy({}), undefined);
  assert.equal(promisedBy({ held: { kind: 'oracles', state: {} } }), undefined);
});

test('a class that is as likely as the limit stays in, though a model that is fitted anew says a thousandth less', async () => {
  const rows = 200;
  const codes = Array.from({ length: rows }, (_, row) => (row % 15 < 8 ? 0 : 1));
  const given = (p: number) =>
    probabilitiesOf(
      codes.flatMap(() => [p, 1 - p]),
      2,
    );
  const target = classesOf(codes, 2);
  const { promises } = await makePromises(rowsOf(given(0.534), target, rows), 'log_loss', never);
  const fresh = { features: { rowCount: rows, columns: [] }, prediction: given(0.535) };
  assert.equal(promisedBy(promises)?.check(fresh, target)[1].coverage, 1);
});

test('labels are decided for a metric of labels alone', async () => {
  const [known] = halves('classes');
  const { promises, tuned } = await makePromises(known, 'f1', never);
  assert.equal(promises.decision !== undefined, tuned?.rule !== undefined);
  assert.equal((await makePromises(known, 'log_loss', never)).tuned, undefined);
});
