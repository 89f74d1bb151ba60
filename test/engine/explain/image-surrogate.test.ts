import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Picture } from '../../../src/engine/data/images/picture.ts';
import { lendPictures, thumbnail } from '../../../src/engine/data/images/thumbnails.ts';
import { columnNamed, type Table } from '../../../src/engine/data/table.ts';
import { type ImageSurrogateOptions, imageSurrogate } from '../../../src/engine/explain/image-surrogate.ts';
import { superpixels } from '../../../src/engine/explain/pictures/superpixels.ts';
import { unsuitedWords } from '../../../src/engine/explain/unsuited-words.ts';
import type { Predictor } from '../../../src/engine/models/predictor.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { imageSurrogateWords, isTellingRegion, tellingRegions } from '../../../src/shared/results/image-surrogate.ts';
import { coded, dataset, numeric } from '../learners/toy-data.ts';

const { signal } = new AbortController();
const side = 32;

/** Grey with a little noise, and a square of 8 x 8 in many reds at its top right. */
function square(): Picture {
  const random = createRandom(4);
  const pixels = Uint8Array.from({ length: 3 * side * side }, () => 120 + random.integer(16));
  for (let y = 4; y < 12; y++)
    for (let x = 20; x < 28; x++) pixels.set([200 + random.integer(50), 20, 20], 3 * (y * side + x));
  return { width: side, height: side, pixels };
}

const isRed = ({ pixels }: Picture, at: number) => pixels[3 * at] >= 200 && pixels[3 * at + 1] < 60;
const redness = (picture: Picture): number =>
  Array.from({ length: side * side }, (_, at) => (isRed(picture, at) ? 1 / 64 : 0)).reduce((a, b) => a + b);

/** How many of the red pixels have a left neighbour of another red. */
const texture = (picture: Picture): number =>
  Array.from({ length: side * side - 1 }, (_, at) => {
    const isEdge =
      isRed(picture, at) && isRed(picture, at + 1) && picture.pixels[3 * at] !== picture.pixels[3 * at + 3];
    return isEdge ? 1 / 56 : 0;
  }).reduce((a: number, b) => a + b);

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

const { paths } = lendPictures([square()]);
const data = dataset('regression', [coded('photo', [paths[0], null], 'image'), numeric('x', [1, 2])], [0, 0]);
const explain = (predictor: Predictor, options: Partial<ImageSurrogateOptions> = {}, enough = () => false) =>
  imageSurrogate.explain(
    predictor,
    { train: data, evaluation: data, part: 'validation' },
    { seed: 5, row: 0, samples: 300, ...options },
    () => {},
    signal,
    enough,
  );

describe('superpixels', () => {
  it('follow edges, hang together and are about as many as wanted', () => {
    const picture = square();
    const labels = superpixels(picture, 16);
    const count = Math.max(...labels) + 1;
    assert.ok(count >= 8 && count <= 24, `${count} superpixels`);
    assert.equal(new Set(labels).size, count);
    const mixed = [...new Set(labels)].filter((label) => {
      const own = [...labels.keys()].filter((at) => labels[at] === label);
      const red = own.filter((at) => isRed(picture, at)).length;
      return red > 0 && red < own.length;
    });
    assert.deepEqual(mixed, []);
  });

  it('cope with one pixel, one line and one colour', () => {
    assert.deepEqual([...superpixels({ width: 1, height: 1, pixels: new Uint8Array(3) }, 10)], [0]);
    const line = superpixels({ width: 20, height: 1, pixels: new Uint8Array(60) }, 4);
    assert.ok(Math.max(...line) + 1 >= 2);
    const plain = superpixels({ width: 12, height: 12, pixels: new Uint8Array(432).fill(90) }, 9);
    assert.equal(Math.max(...plain) + 1, 9);
  });
});

describe('LIME for images', () => {
  it('finds the patch that decides', async () => {
    const result = await explain(
      seer((picture) => (picture && redness(picture) > 0.5 ? 1 : 0)),
      { hidden: 'picture mean' },
    );
    const reddest = tellingRegions(result).slice(0, 1);
    assert.ok(reddest[0].weight > 0.2);
    assert.ok(Math.abs(reddest[0].x - 24) < 4 && Math.abs(reddest[0].y - 8) < 4, JSON.stringify(reddest));
    assert.match(imageSurrogateWords(result), /at the top right \+/);
  });

  it('adds up where the model does', async () => {
    const { regions, labels, heldOutR2, trustworthy } = await explain(
      seer((picture) => (picture ? redness(picture) : 0)),
      { hidden: 'picture mean' },
    );
    assert.ok(trustworthy && heldOutR2! > 0.9);
    const picture = square();
    const inRed = new Set(labels.filter((_, at) => isRed(picture, at)));
    const sum = regions.filter((_, label) => inRed.has(label)).reduce((total, { weight }) => total + weight, 0);
    assert.ok(Math.abs(sum - 1) < 0.1, `${sum}`);
    assert.ok(regions.every(({ weight }, label) => inRed.has(label) || Math.abs(weight) < 0.05));
  });

  it('hides what a patch is made of by its own mean, but not its colour', async () => {
    const made = await explain(seer((picture) => (picture ? texture(picture) : 0)));
    assert.ok(made.trustworthy);
    const [first] = tellingRegions(made);
    assert.ok(Math.abs(first.x - 24) < 5 && Math.abs(first.y - 8) < 5);
    assert.equal((await explain(seer((picture) => (picture ? redness(picture) : 0)))).heldOutR2, null);
  });

  it('says nothing of noise, of a constant and of a picture that is missing', async () => {
    const noise = await explain(
      seer((picture) =>
        createRandom(picture!.pixels.reduce((hash, value) => (hash * 31 + value) % 65_521, 7)).normal(),
      ),
    );
    assert.equal(noise.trustworthy, false);
    assert.ok(noise.regions.filter(isTellingRegion).length <= 2);
    assert.match(imageSurrogateWords(noise), /^Do not read this as the reason\./);
    assert.match((await explain(seer(() => 2))).quality.words, /nothing to explain/);
    const missing = await explain(
      seer(() => 2),
      { row: 1 },
    );
    assert.deepEqual([missing.picture, missing.regions, missing.trustworthy], [null, [], false]);
    assert.match(missing.quality.words, /no patch that could be hidden/);
  });

  it('gives back what was asked until it was enough, and lets go of its pictures', async () => {
    let asked = 0;
    let last = '';
    const watching: Predictor = {
      task: 'regression',
      predict(rows) {
        const column = columnNamed(rows, 'photo');
        if (column.kind === 'coded') last = column.levels.at(-1)!;
        return seer((picture) => redness(picture!)).predict(rows);
      },
    };
    const some = await explain(watching, {}, () => ++asked > 3);
    assert.match(some.partial ?? '', /^There was time for \d+ of 300 samples/);
    assert.equal(thumbnail(last), null);
  });

  it('refuses options out of range, and data without images', async () => {
    for (const options of [
      { samples: 0 },
      { patches: 0 },
      { repeats: 0 },
      { kernelWidth: -1 },
      { row: 2 },
      { column: 'x' },
    ])
      await assert.rejects(
        explain(
          seer(() => 1),
          options,
        ),
        { name: /^(RangeError|UserError)$/ },
      );
    const facts = { parameters: 1, bytes: 1, words: '' };
    const { info } = dataset('regression', [numeric('x', [1])], [0]);
    assert.match(unsuitedWords(imageSurrogate, { learner: 'tree', facts, info }) ?? '', /no column of images/);
  });
});
