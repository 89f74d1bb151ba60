import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { boosting } from '../../../../src/engine/learners/boosting/boosting.ts';
import { createRandom } from '../../../../src/engine/random.ts';
import { fitted } from '../conformance.ts';
import { dataset, numeric } from '../toy-data.ts';

/** Uniform columns; the class is told by the last one. */
function uniform(rows: number, columns: number) {
  const random = createRandom(1);
  const features = Array.from({ length: columns }, (_, i) =>
    numeric(
      `x${i}`,
      Array.from({ length: rows }, () => random.uniform()),
    ),
  );
  return dataset(
    'binary',
    features,
    features[columns - 1].values.map((value) => (value > 0.5 ? 1 : 0)),
    2,
  );
}

test('one column among 10,000 is found', async () => {
  const data = uniform(120, 10_000);
  const params = { ...boosting.defaults(data.info), column_sample: 1, learning_rate: 0.3 };
  const { values } = await (await fitted(boosting, data, { resource: 5 }, params)).predict(data.features);
  assert.ok(data.target.kind === 'classes');
  const right = data.target.codes.filter((code, row) => values[2 * row + code] > 0.6).length;
  assert.ok(right > 0.9 * 120, `${right} of 120`);
});

test('a long fit hears that it is aborted while bins are learnt, while rows are binned, and within its first round', async () => {
  const data = uniform(60_000, 12);
  const turnsOf = async (stopAt: number) => {
    const controller = new AbortController();
    let turns = 0;
    let done = false;
    const counting = (async () => {
      while (!done) {
        await setImmediate();
        if (++turns === stopAt) controller.abort();
      }
    })();
    const outcome = await fitted(boosting, data, { resource: 1, signal: controller.signal }).then(
      () => 'fitted',
      ({ name }: Error) => name,
    );
    const during = turns;
    done = true;
    await counting;
    return { outcome, during };
  };
  const whole = await turnsOf(Number.POSITIVE_INFINITY);
  assert.equal(whole.outcome, 'fitted');
  assert.ok(whole.during >= 6, `the event loop turned ${whole.during} times`);
  for (const stopAt of [1, 4, whole.during - 2]) {
    const { outcome, during } = await turnsOf(stopAt);
    assert.equal(outcome, 'AbortError');
    assert.ok(during <= stopAt + 2, `stopped ${during - stopAt} turns late`);
  }
});
