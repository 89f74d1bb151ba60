import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Picture } from '../../../src/engine/data/images/picture.ts';
import { lendPictures, thumbnail } from '../../../src/engine/data/images/thumbnails.ts';
import { columnNamed, type Table } from '../../../src/engine/data/table.ts';
import { type OcclusionOptions, occlusion } from '../../../src/engine/explain/occlusion.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { heatOf, occlusionWords } from '../../../src/shared/results/occlusion.ts';
import { coded, dataset } from '../learners/toy-data.ts';

const { signal } = new AbortController();
const size = 24;

/** Grey with a white square of 6 x 6 at its bottom left. */
function square(): Picture {
  const pixels = new Uint8Array(3 * size * size).fill(90);
  for (let y = 16; y < 22; y++)
    for (let x = 2; x < 8; x++) pixels.fill(255, 3 * (y * size + x), 3 * (y * size + x) + 3);
  return { width: size, height: size, pixels };
}

const whiteness = ({ pixels }: Picture): number =>
  pixels.filter((value, at) => at % 3 === 0 && value === 255).length / 36;

const picturesIn = (rows: Table): (Picture | null)[] => {
  const column = columnNamed(rows, 'photo');
  return column.kind === 'coded'
    ? Array.from(column.codes, (code) => (code < 0 ? null : thumbnail(column.levels[code])))
    : [];
};

const seer = (readingOf: (picture: Picture | null) => number): Predictor => ({
  task: 'regression',
  predict: async (rows) => ({ kind: 'values', values: Float64Array.from(picturesIn(rows), readingOf) }),
});
const white = seer((picture) => (picture ? whiteness(picture) : 0));

const { paths } = lendPictures([square()]);
const data = dataset('regression', [coded('photo', [paths[0], null], 'image')], [0, 0]);
const explain = (predictor: Predictor, options: Partial<OcclusionOptions> = {}, enough = () => false) =>
  occlusion.explain(
    predictor,
    { train: data, evaluation: data, part: 'validation' },
    { seed: 5, row: 0, ...options },
    () => {},
    signal,
    enough,
  );

describe('occlusion', () => {
  it('finds the patch that decides, and its map holds', async () => {
    const result = await explain(white);
    assert.ok(result.trustworthy, result.quality.words);
    assert.match(occlusionWords(result), /most at the bottom left: -/);
    const heat = heatOf(result);
    const hottest = heat.indexOf(Math.max(...heat));
    const [x, y] = [hottest % size, Math.floor(hottest / size)];
    assert.ok(x >= 2 && x < 8 && y >= 16 && y < 22);
    assert.equal(heat[0], 0);
  });

  it('falls by the share that is covered', async () => {
    const { squares, side } = await explain(white, { side: 0.25, step: 1 });
    assert.equal(side, 6);
    for (const { x, y, drop } of squares) {
      const overlap = (from: number, start: number) =>
        Math.max(0, Math.min(from + 6, start + 6) - Math.max(from, start));
      assert.ok(Math.abs(drop - (overlap(x, 2) * overlap(y, 16)) / 36) < 1e-12);
    }
  });

  it('says nothing of noise, of a constant and of a picture that is missing', async () => {
    let alarms = 0;
    for (let salt = 0; salt < 20; salt++) {
      const hash = (picture: Picture) => picture.pixels.reduce((sum, value) => (sum * 31 + value) % 1_000_003, salt);
      const { trustworthy } = await explain(
        seer((picture) => createRandom(hash(picture!)).normal()),
        { side: 0.3, step: 1 },
      );
      if (trustworthy) alarms++;
    }
    assert.ok(alarms <= 3, `${alarms} of 20 noises were read as reasons`);
    const constant = await explain(seer(() => 2));
    assert.equal(constant.trustworthy, false);
    assert.match(constant.quality.words, /nothing to explain/);
    const missing = await explain(white, { row: 1 });
    assert.deepEqual([missing.picture, missing.squares], [null, []]);
    assert.match(occlusionWords(missing), /no picture that could be covered/);
  });

  it('gives back what was asked until it was enough', async () => {
    let asked = 0;
    const some = await explain(white, {}, () => ++asked > 2);
    assert.ok(some.squares.length > 0 && some.squares.length < some.squaresInAll);
    assert.match(some.partial ?? '', /^There was time for \d+ of \d+ places/);
    const none = await explain(white, {}, () => true);
    assert.deepEqual([none.squares, none.trustworthy], [[], false]);
  });

  it('refuses options out of range', async () => {
    for (const options of [{ side: 0 }, { side: 2 }, { step: 0 }, { row: 2 }, { column: 'x' }])
      await assert.rejects(explain(white, options), { name: /^(RangeError|UserError)$/ });
  });
});
