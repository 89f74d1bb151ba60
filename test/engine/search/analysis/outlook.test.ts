import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRandom } from '../../../../src/engine/random.ts';
import { outlookByRecord } from '../../../../src/engine/search/analysis/improvement-rate.ts';
import { outlookOf } from '../../../../src/engine/search/analysis/outlook.ts';
import { describeSpace } from '../../../../src/engine/space/description.ts';
import { searchOutlookWords } from '../../../../src/shared/results/search-outlook.ts';
import type { Params } from '../../../../src/shared/space.ts';
import type { Trial } from '../../../../src/shared/trial.ts';
import { judgedStudy, studyOf } from '../judged-study.ts';

const square = ({ x, y }: Params) => (Number(x) - 0.3) ** 2 + (Number(y) - 0.6) ** 2;
const plane = { x: { float: [0, 1] }, y: { float: [0, 1] } } as const;
const drawn = (trials: number, seed = 1) => judgedStudy({ space: plane, trials, value: square, seed });

describe('may I stop, by the record', () => {
  test('draws by lot improve the best as often as it says, and by as much', () => {
    let [chance, came, gain, gained] = [0, 0, 0, 0];
    const seeds = 200;
    for (let seed = 0; seed < seeds; seed++) {
      const whole = drawn(60, seed);
      const best = (count: number) => Math.min(...whole.trials.slice(0, count).map(({ values }) => values?.[0] ?? 0));
      const told = outlookByRecord(studyOf(whole.space, ['minimize'], whole.trials.slice(0, 40)), 20, 0);
      chance += told.chance / seeds;
      gain += told.gain / seeds;
      came += Number(best(60) < best(40)) / seeds;
      gained += (best(40) - best(60)) / seeds;
    }
    // By theory 20 of 60: one in three; the prior hopes for a little more.
    assert.ok(chance > 1 / 3 - 0.02 && chance < 1 / 3 + 0.09, `${chance}`);
    assert.ok(Math.abs(chance - came) < 0.12, `${chance} ${came}`);
    assert.ok(gain / gained > 0.5 && gain / gained < 2, `${gain} ${gained}`);
  });

  test('a search that came to rest has a smaller chance than one that still improves', () => {
    const space = describeSpace(plane);
    const of = (value: (i: number) => number) =>
      studyOf(
        space,
        ['minimize'],
        Array.from(
          { length: 60 },
          (_, number): Trial => ({
            number,
            state: 'complete',
            params: { x: number / 60, y: 0.5 },
            values: [value(number)],
            why: { sampler: 'tpe', phase: 'exploit', words: 'Near the good.' },
            intermediate: [],
            attributes: {},
          }),
        ),
      );
    const resting = outlookByRecord(
      of((i) => Math.max(5 - i, 0) + 1),
      10,
      0,
    );
    const improving = outlookByRecord(
      of((i) => 100 - i),
      10,
      0,
    );
    assert.ok(resting.chance < 0.15, `${resting.chance}`);
    assert.ok(improving.chance > 0.95, `${improving.chance}`);
    assert.ok(improving.chanceInterval.low > resting.chanceInterval.high);
    assert.equal(improving.gain.toFixed(1), '1.0');
  });

  test('grows with the trials ahead, falls with what counts as an improvement', () => {
    const ahead = [1, 5, 20, 100].map((trials) => outlookByRecord(drawn(50), trials, 0).chance);
    assert.deepEqual(
      ahead,
      ahead.toSorted((a, b) => a - b),
    );
    const least = [0, 1e-3, 1, 1e9].map((epsilon) => outlookByRecord(drawn(50), 20, epsilon).chance);
    assert.deepEqual(
      least,
      least.toSorted((a, b) => b - a),
    );
    assert.equal(least[3], 0);
    const { curve, chance } = outlookByRecord(drawn(50), 60, 0);
    assert.equal(curve.length, 20);
    assert.deepEqual(curve.at(-1)?.chance, chance);
  });
});

describe('may I stop', () => {
  const told = outlookOf(drawn(60), { trials: 20 }, { names: ['loss'] }, createRandom(1));

  test('tells both ways, each with how it came about, chances between 0 and 1 inside of their intervals', () => {
    assert.deepEqual(
      told.estimates.map(({ method }) => method),
      ['record', 'surrogate'],
    );
    for (const { chance, chanceInterval, gain, gainInterval, curve, words } of told.estimates) {
      assert.ok(chanceInterval.low <= chance && chance <= chanceInterval.high && chanceInterval.low >= 0);
      assert.ok(chanceInterval.high <= 1 && gain >= 0 && gainInterval.low <= gain && gain <= gainInterval.high);
      assert.equal(curve.length, 20);
      assert.match(words, /^[A-Z].*\.$/);
    }
    const text = searchOutlookWords(told);
    assert.match(text, /By the record, 20 more trials improve it with a chance of \d+ %/);
    assert.doesNotMatch(text, /undefined|NaN|null/);
  });

  test('knows the best and how long ago it was', () => {
    const values = drawn(60).trials.map(({ values: [of] = [0] }) => of);
    const best = values.indexOf(Math.min(...values));
    assert.deepEqual([told.best.trial, told.best.value, told.sinceBest], [best, values[best], 59 - best]);
  });

  test('advises to stop where the best of a small space is known', () => {
    const space = { n: { int: [1, 12] } } as const;
    const random = createRandom(4);
    const all = judgedStudy({ space, trials: 400, value: ({ n }) => (Number(n) - 4) ** 2, seed: 3 });
    assert.equal(new Set(all.trials.map(({ params }) => params.n)).size, 12);
    const rest = outlookOf(all, { trials: 20 }, {}, random);
    assert.equal(rest.advice, 'may stop');
    const surrogate = rest.estimates.find(({ method }) => method === 'surrogate');
    assert.deepEqual([surrogate?.chance, surrogate?.gain], [0, 0]);
  });

  test('cannot tell from a handful, and refuses fewer than four', () => {
    assert.equal(outlookOf(drawn(6), {}, {}, createRandom(1)).advice, 'cannot tell');
    assert.throws(() => outlookOf(drawn(3), {}, {}, createRandom(1)), { code: 'search-too-few' });
  });
});
