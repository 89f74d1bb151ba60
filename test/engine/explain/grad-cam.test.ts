import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Dataset } from '../../../src/engine/data/dataset.ts';
import type { Picture } from '../../../src/engine/data/images/picture.ts';
import { lendPictures } from '../../../src/engine/data/images/thumbnails.ts';
import { takeRows } from '../../../src/engine/data/table.ts';
import { type GradCamOptions, gradCam } from '../../../src/engine/explain/grad-cam.ts';
import { learners } from '../../../src/engine/learners/registry.ts';
import type { Model } from '../../../src/engine/models/model.ts';
import { isPlaceMapped } from '../../../src/engine/models/place-mapped.ts';
import { createRandom } from '../../../src/engine/random.ts';
import { correlation } from '../../../src/engine/statistics/rank-correlation.ts';
import { UserError } from '../../../src/shared/faults.ts';
import { type GradCam, gradCamHeat, gradCamPeak, gradCamWords } from '../../../src/shared/results/grad-cam.ts';
import { coded, dataset } from '../learners/toy-data.ts';

const { signal } = new AbortController();
const [size, patch] = [24, 6];
const cnn = learners.find(({ name }) => name === 'cnn')!;
const params = { ...cnn.defaults(noInfo()), size, stages: 2, filters: 8, blocks: 0, dropout: 0, shift: 0 };

function noInfo() {
  return dataset('binary', [coded('photo', [null], 'image')], [0], 2).info;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

interface Pictured {
  readonly data: Dataset;
  /** Left upper corners of the squares that tell the class. */
  readonly places: readonly Place[];
}

const [red, green, white] = [
  [230, 40, 40],
  [40, 230, 40],
  [250, 250, 250],
] as const;

/** Grey noise with a red square (class 1) or a green one (class 0), and a white one that says nothing. */
function planted(rows: number, seed: number): Pictured {
  const random = createRandom(seed);
  const somewhere = (from: number): Place => ({
    x: random.integer(size - patch),
    y: from + random.integer(size / 2 - patch),
  });
  const places: Place[] = [];
  const pictures = Array.from({ length: rows }, (_, row): Picture => {
    const pixels = Uint8Array.from({ length: 3 * size * size }, () => 60 + random.integer(90));
    const paint = ({ x, y }: Place, colour: readonly number[]) => {
      for (let at = 0; at < patch * patch; at++)
        pixels.set(colour, 3 * ((y + Math.floor(at / patch)) * size + x + (at % patch)));
    };
    // One in the upper half, the other in the lower one.
    const isAbove = random.uniform() < 0.5;
    const place = somewhere(isAbove ? 0 : size / 2);
    places.push(place);
    paint(somewhere(isAbove ? size / 2 : 0), white);
    paint(place, row % 2 === 0 ? red : green);
    return { width: size, height: size, pixels };
  });
  const { paths } = lendPictures(pictures);
  const truth = places.map((_, row) => (row % 2 === 0 ? 1 : 0));
  return { data: dataset('binary', [coded('photo', paths, 'image')], truth, 2), places };
}

const train = planted(120, 1);
const shown = planted(24, 2);
const fitted = cnn.fit(
  { train: train.data, seed: 1, signal, resource: 14, report: async () => 'continue' as const },
  params,
);

const explain = (model: Model, options: Partial<GradCamOptions> = {}, enough = () => false) =>
  gradCam.explain(
    model,
    { train: train.data, evaluation: shown.data, part: 'validation' },
    { seed: 1, row: 0, ...options },
    () => {},
    signal,
    enough,
  );

/** Share of the heat that lies on the patch and the places of the map that touch it. */
function massOn(result: GradCam, { x, y }: { x: number; y: number }): number {
  const heat = gradCamHeat(result);
  const total = heat.reduce((sum, value) => sum + value, 0);
  const reach = size / result.width;
  const isNear = (at: number, from: number) => at >= from - reach && at < from + patch + reach;
  const own = heat.reduce(
    (sum, value, at) => sum + (isNear(at % size, x) && isNear(Math.floor(at / size), y) ? value : 0),
    0,
  );
  return total > 0 ? own / total : 0;
}

/** Of the same layers with their weights dealt anew (Adebayo et al. 2018, section 4.1). */
function randomised(model: Model, seed: number): Promise<Model> {
  const bundle = model.save();
  const random = createRandom(seed);
  const dealt = (values: Float32Array) => {
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    return values.map(() => deviation * random.normal());
  };
  const arrays = Object.fromEntries(
    Object.entries(bundle.arrays).map(([name, values]) => [
      name,
      name.includes('kernel') ? dealt(values as Float32Array) : values,
    ]),
  );
  return cnn.load({ ...bundle, arrays });
}

describe('Grad-CAM', () => {
  it('lies on the square that tells the class, and its map holds', async () => {
    const model = await fitted;
    assert.ok(model.facts.places);
    const masses: number[] = [];
    let held = 0;
    for (let row = 0; row < 24; row += 2) {
      const result = await explain(model, { row, class: 'class 1' });
      const place = shown.places[row];
      masses.push(massOn(result, place));
      const peak = gradCamPeak(result)!;
      assert.ok(Math.abs(peak.x - place.x - 2.5) <= 6 && Math.abs(peak.y - place.y - 2.5) <= 6, `row ${row}`);
      if (result.trustworthy) held++;
    }
    const mean = masses.reduce((a, b) => a + b) / masses.length;
    assert.ok(mean > 0.7, `mass on the patch ${masses}`);
    assert.ok(held >= 10, `${held} of 12 maps hold`);
    assert.match(gradCamWords(await explain(model, { class: 'class 1' })), /What speaks for class 1 lies at the/);
  });

  it('differs for a network whose weights are dealt anew', async () => {
    const model = await fitted;
    const [alike, masses]: [number[], number[]] = [[], []];
    let held = 0;
    for (let seed = 0; seed < 4; seed++) {
      const other = await randomised(model, seed);
      for (let row = 0; row < 24; row += 6) {
        const [own, dealt] = [
          await explain(model, { row, class: 'class 1' }),
          await explain(other, { row, class: 'class 1' }),
        ];
        alike.push(correlation(gradCamHeat(own), gradCamHeat(dealt)));
        masses.push(massOn(dealt, shown.places[row]));
        if (dealt.trustworthy) held++;
      }
    }
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
    assert.ok(mean(alike) < 0.5, `correlation ${alike}`);
    assert.ok(mean(masses) < 0.5, `mass on the patch ${masses}`);
    assert.ok(held <= 2, `${held} of 16 maps hold`);
  });

  it('is the mean slope of each channel times what it saw, where that is above 0', async () => {
    const model = await fitted;
    assert.ok(isPlaceMapped(model));
    const { height, width, channels, activations, gradients } = await model.placeMaps(
      takeRows(shown.data.features, [0]),
      1,
      0,
    );
    const heat = Array.from({ length: height * width }, (_, place) => {
      let sum = 0;
      for (let k = 0; k < channels; k++) {
        let slope = 0;
        for (let at = 0; at < height * width; at++) slope += gradients[at * channels + k];
        sum += (slope / (height * width)) * activations[place * channels + k];
      }
      return Math.max(0, sum);
    });
    const fine = await explain(model, { class: 'class 1', back: 1 });
    const coarse = await explain(model, { class: 'class 1' });
    for (const [at, value] of heat.entries()) assert.ok(Math.abs(coarse.map[at] - value) < 1e-6, `place ${at}`);
    assert.ok(fine.width > coarse.width && coarse.finer === fine.finer + 1);
    const against = await explain(model, { class: 'class 1', speaks: 'against' });
    assert.ok(coarse.map.every((heat, at) => heat >= 0 && (heat === 0 || against.map[at] === 0)));
    await assert.rejects(explain(model, { back: 9 }), RangeError);
  });

  it('says that there was no time, that there is no picture, and what suits a model without places', async () => {
    const model = await fitted;
    const cut = await explain(model, { class: 'class 1' }, () => true);
    assert.match(cut.partial ?? '', /no time to hold the map to a check/);
    assert.equal(cut.trustworthy, false);
    const missing = dataset('binary', [coded('photo', [null, null], 'image')], [0, 1], 2);
    const data = { train: train.data, evaluation: missing, part: 'validation' } as const;
    const blind = await gradCam.explain(model, data, { seed: 1, row: 0 }, () => {}, signal);
    assert.deepEqual([blind.picture, blind.map], [null, []]);
    assert.match(gradCamWords(blind), /no picture that could be looked at/);
    const constant = learners.find(({ name }) => name === 'constant')!;
    const plain = await constant.fit({ train: train.data, seed: 1, signal, report: async () => 'continue' }, {});
    await assert.rejects(explain(plain), UserError);
    assert.match(
      gradCam.unsuited!({ learner: 'constant', facts: plain.facts, info: train.data.info }) ?? '',
      /occlusion/,
    );
  });
});
