import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { columnNamed } from '../../../src/engine/data/table.ts';
import { denseRows } from '../../../src/engine/explain/trust-score/dense-rows.ts';
import { areaInterval, bandsOf, errorArea } from '../../../src/engine/explain/trust-score/errors-by-trust.ts';
import { trustScore } from '../../../src/engine/explain/trust-score.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { createRandom, type Random } from '../../../src/engine/random.ts';
import { ranksErrors, trustScoreWords } from '../../../src/shared/results/trust-score.ts';
import { datasetOf, fixtures, numbers, tableOf } from './fixtures.ts';

const { signal } = new AbortController();
const classes = ['no', 'yes'];

/** Numbers x of two classes with these codes. */
const line = (x: readonly number[], codes: readonly number[]) =>
  datasetOf(tableOf([numbers('x', x)]), { kind: 'classes', codes: Int32Array.from(codes), classes }, 'binary');

/** Probability of 'yes' by x. */
const byX = (yes: (x: number, row: number) => number): Predictor => ({
  task: 'binary',
  classes,
  async predict(rows) {
    const x = columnNamed(rows, 'x');
    const values = Float64Array.from({ length: 2 * rows.rowCount }, (_, i) => {
      const p = yes(x.kind === 'numeric' ? x.values[i >> 1] : 0, i >> 1);
      return i % 2 === 1 ? p : 1 - p;
    });
    return { kind: 'probabilities', classCount: 2, values };
  },
});

const explain = (predictor: Predictor, train: ReturnType<typeof line>, evaluation: typeof train, more = {}) =>
  trustScore.explain(predictor, { train, evaluation, part: 'test' }, { seed: 1, ...more }, () => {}, signal);

describe('trust score', () => {
  it('is the ratio of the distances, by hand', async () => {
    const train = line([0, 1, 9, 10], [0, 0, 1, 1]);
    const evaluation = line([3, 8, 0, 5], [0, 1, 1, 0]);
    const result = await explain(
      byX((x) => (x > 4.5 ? 0.9 : 0.1)),
      train,
      evaluation,
      { leftOut: 0 },
    );
    const byRow = new Map(result.doubted.map((one) => [one.rowIndex, one]));
    assert.ok(Math.abs(byRow.get(0)!.trust - 6 / 2) < 1e-12);
    assert.ok(Math.abs(byRow.get(1)!.trust - 7 / 1) < 1e-12);
    assert.equal(byRow.get(2)!.trust, 1000);
    assert.equal(byRow.get(3)!.trust, 1);
    assert.equal(byRow.get(0)!.rival.rowIndex, 2);
    assert.equal(byRow.get(0)!.rival.truth, 'yes');
  });

  it('leaves out the rows of a class that lie where it is thin', async () => {
    const x = [...Array.from({ length: 20 }, (_, i) => i / 10), 50, 100];
    const groups = new Int32Array(22);
    groups[21] = 1;
    const pause = async () => false;
    const thin = await denseRows(groups, 2, { neighbours: 5, leftOut: 0.05 }, (a, b) => Math.abs(x[a] - x[b]), pause);
    assert.ok(!thin[0].includes(20) && thin[0].length === 20);
    assert.deepEqual([...thin[1]], [21]);
  });

  it('measures how errors rank, by hand', () => {
    const wrong = Uint8Array.of(1, 0, 1, 0);
    assert.equal(errorArea(Float64Array.of(1, 2, 3, 4), wrong), 0.75);
    assert.equal(errorArea(Float64Array.of(1, 2, 3, 4), new Uint8Array(4)), null);
    const bands = bandsOf(Float64Array.of(5, 1, 2, 4, 3), Uint8Array.of(0, 1, 0, 0, 0));
    assert.deepEqual(
      bands.map(({ low, rows, wrong: share }) => [low, rows, share]),
      [
        [1, 1, 1],
        [2, 1, 0],
        [3, 1, 0],
        [4, 1, 0],
        [5, 1, 0],
      ],
    );
    const interval = areaInterval(Float64Array.of(1, 2, 3, 4), wrong, 100, createRandom(1));
    assert.ok(interval.low <= 0.75 && interval.high >= 0.75);
  });

  /** Two clusters with a few rows between. */
  const clusters = (count: number, random: Random) => {
    const codes = Array.from({ length: count }, () => random.integer(2));
    return line(
      codes.map((code) => 6 * code + random.normal()),
      codes,
    );
  };

  it('ranks the errors of a model whose border is wrong', async () => {
    const random = createRandom(5);
    const result = await explain(
      byX((x) => (x > 5.5 ? 0.9 : 0.1)),
      clusters(300, random),
      clusters(300, random),
    );
    assert.ok(result.wrong > 0.1 && result.wrong < 0.3);
    assert.ok(result.auc! > 0.95 && ranksErrors(result), `${result.auc}`);
    assert.ok(result.bands[0].wrong > 0.5 && result.bands[4].wrong === 0);
    assert.match(trustScoreWords(result), /low trust goes with errors/);
  });

  it('says nothing where the truth is noise: in at most 1 of 12 draws', async () => {
    let alarms = 0;
    for (let seed = 1; seed <= 12; seed++) {
      const random = createRandom(seed);
      const draw = (count: number) =>
        line(
          Array.from({ length: count }, () => random.normal()),
          Array.from({ length: count }, () => random.integer(2)),
        );
      const result = await explain(
        byX((x) => (x > 0 ? 0.7 : 0.3)),
        draw(120),
        draw(120),
        { seed, bootstraps: 150 },
      );
      if (ranksErrors(result)) alarms++;
    }
    assert.ok(alarms <= 1, `${alarms}`);
  });

  it('copes with a class that training never had, with thirds of values, and with being ended', async () => {
    const train = line([0, 1, 2], [0, 0, 0]);
    const never = await explain(
      byX(() => 0.9),
      train,
      line([0, 5], [1, 0]),
    );
    assert.ok(never.doubted.every(({ trust, distance }) => trust === 0 && distance === null));
    const { predictor, data } = fixtures[2];
    const thirds = await trustScore.explain(predictor, data, { seed: 1 }, () => {}, signal);
    assert.equal(thirds.outcomes.length, 3);
    assert.equal(thirds.confidenceAuc, null);
    const all = await explain(
      byX((x) => x),
      train,
      line([0, 0], [0, 0]),
    );
    assert.equal(all.quality.value, null);
  });
});
