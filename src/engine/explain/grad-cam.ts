import { z } from 'zod';
import { UserError } from '../../shared/faults.ts';
import { type GradCam, gradCamHeat } from '../../shared/results/grad-cam.ts';
import { numberWords } from '../../shared/results/numbers.ts';
import type { Picture } from '../data/images/picture.ts';
import { readThumbnails } from '../data/images/thumbnails.ts';
import { type CodedColumn, record, type Table, takeRows } from '../data/table.ts';
import { isPlaceMapped, type PlaceMap } from '../models/place-mapped.ts';
import { createRandom, type Random } from '../random.ts';
import { mean } from '../statistics/mean.ts';
import { Asking } from './asking.ts';
import { type CountedPredictor, countPredictions } from './counted-predictor.ts';
import { type ExplainedOutput, explainedOutput } from './explained-output.ts';
import { checkRow } from './explained-row.ts';
import type { ExplainedModel, Explainer } from './explainer.ts';
import { columnToHide } from './hidden-parts-words.ts';
import { drawnPicture, meanColour, pictureOf, recoloured, rowsWithPictures } from './pictures/picture-rows.ts';
import { className, columnName, type OptionsOf, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  column: columnName('The column of images; default: the first one that this row has a picture in.'),
  back: whole(0, 'Resolutions before the last: 0 is the coarsest, which knows most of what things are.', 0),
  speaks: z.enum(['for', 'against']).default('for').describe('Where is what speaks for it, or against it.'),
  class: className('Class to explain, of classes; default: the predicted one.'),
});
export type GradCamOptions = OptionsOf<typeof settable>;
type Settings = z.output<typeof settable>;

/** Shares of the picture that are covered in turn; the map beats so many others by chance once in twenty. */
const [covered, elsewhereTries] = [[0.05, 0.1, 0.2, 0.3, 0.4], 19];

/**
 * Grad-CAM (Selvaraju et al. 2017, equations 1 and 2): what the last layer of places saw, each channel weighted by the mean slope of the class's
 * score along it, where that is above 0; 'against' turns the slopes around (section 3.3). Held to a check as it should be (Adebayo et al.
 * 2018): the picture is covered from the hottest place on, and from where the same map would lie elsewhere. Throws a RangeError on an
 * unknown column, class, row or resolution, a UserError for a model without such layers.
 */
export const gradCam: Explainer<GradCamOptions, GradCam> = {
  kind: 'grad-cam',
  title: 'Where the network looked',
  question: 'why this prediction',
  scope: 'one row',
  byDefault: false,
  options: settable,
  needs: 'image',
  unsuited: ({ learner, facts }: ExplainedModel) =>
    facts.places
      ? undefined
      : `${learner} has no layers that see places of a picture: occlusion and image-surrogate suit any model.`,
  async explain(predictor, data, given, progress, signal, enough = () => false) {
    const { seed, row: rowIndex, settings } = readOptions(settable, given);
    checkRow(rowIndex, data);
    signal.throwIfAborted();
    if (!isPlaceMapped(predictor)) throw noPlaces();
    const counted = countPredictions(predictor, signal);
    const row = takeRows(data.evaluation.features, [rowIndex]);
    await readThumbnails(row, signal);
    const prediction = await counted.predict(row);
    const output = explainedOutput(predictor, prediction, settings.class);
    const column = columnToHide(row, 'image', settings.column, (own) => pictureOf(own) !== null);
    const picture = pictureOf(column);
    const [usual] = output.of(prediction);
    const places = await predictor.placeMaps(row, output.index, settings.back);
    const map = picture ? weightedMap(places, settings.speaks) : [];
    progress(0.2);
    const size = { width: places.width, height: places.height };
    const seen: Seen | null = picture && { counted, output, row, column, picture, enough };
    const tried =
      seen && map.some((heat) => heat > 0)
        ? await tryElsewhere(
            seen,
            gradCamHeat({ picture: drawnPicture(seen.picture), ...size, map }),
            settings,
            createRandom(seed),
          )
        : null;
    signal.throwIfAborted();
    progress(1);
    return {
      kind: 'grad-cam',
      version: 1,
      question: 'why this prediction',
      options: { ...settings, column: column.name },
      seed,
      dataHash: data.evaluation.info.hash,
      cost: counted.cost(),
      ...(tried?.isCut && { partial: 'There was no time to hold the map to a check.' }),
      ...qualityOf(map, tried?.check ?? null, settings, output.name),
      row: record(data.evaluation.features, rowIndex),
      rowIndex,
      column: column.name,
      columns: places.columns,
      ...(output.name !== undefined && { class: output.name }),
      prediction: usual,
      speaks: settings.speaks,
      picture: picture && drawnPicture(picture),
      ...size,
      map,
      finer: places.before,
      check: tried?.check ?? null,
    };
  },
};

const noPlaces = () =>
  new UserError('no-places', 'this model has no layers that see places of a picture.', {
    advice: 'Choose occlusion or image-surrogate, which suit any model of pictures.',
  });

/** [height x width] channels weighted by their mean slope, 0 where they speak for the contrary. */
function weightedMap(
  { height, width, channels, activations, gradients }: PlaceMap,
  speaks: 'for' | 'against',
): number[] {
  const weights = new Float64Array(channels);
  for (let i = 0; i < gradients.length; i++) weights[i % channels] += gradients[i] / (height * width);
  const sign = speaks === 'for' ? 1 : -1;
  return Array.from({ length: height * width }, (_, place) => {
    let sum = 0;
    for (let k = 0; k < channels; k++) sum += weights[k] * activations[place * channels + k];
    return Math.max(0, sign * sum);
  });
}

interface Seen {
  readonly counted: CountedPredictor;
  readonly output: ExplainedOutput;
  readonly row: Table;
  readonly column: CodedColumn;
  readonly picture: Picture;
  readonly enough: () => boolean;
}

/** Covers more and more of the picture by the map, and by the map moved elsewhere (around the edges). */
async function tryElsewhere(
  { counted, output, row, column, picture, enough }: Seen,
  heat: Float64Array,
  { speaks }: Settings,
  random: Random,
): Promise<{ readonly check: GradCam['check']; readonly isCut: boolean }> {
  const { width, height } = picture;
  const colour = meanColour(picture, () => true);
  const ranks = new Uint32Array(heat.length);
  [...heat.keys()]
    .sort((a, b) => heat[b] - heat[a] || a - b)
    .forEach((pixel, rank) => {
      ranks[pixel] = rank;
    });
  const moves = [
    0,
    ...Array.from({ length: elsewhereTries }, () => 1 + random.integer(Math.max(1, width * height - 1))),
  ];
  const variants = moves.flatMap((by) => {
    const [across, down] = [by % width, Math.floor(by / width)];
    const back = (pixel: number) =>
      ((Math.floor(pixel / width) + height - down) % height) * width + (((pixel % width) + width - across) % width);
    return covered.map((share) =>
      recoloured(picture, (pixel) => (ranks[back(pixel)] < share * heat.length ? colour : null)),
    );
  });
  const { rows, lent } = rowsWithPictures(row, column, variants);
  try {
    const asking = new Asking(counted, enough);
    const { values, outputs } = await asking.ask(rows);
    if (asking.isCut) return { check: null, isCut: true };
    const said = output.of(
      counted.classes ? { kind: 'probabilities', classCount: outputs, values } : { kind: 'values', values },
    );
    // What speaks against it, covered, lets the prediction rise: turned around it is the same question.
    const sign = speaks === 'for' ? 1 : -1;
    const means = moves.map((_, i) => sign * mean(said.subarray(i * covered.length, (i + 1) * covered.length)));
    return { check: { own: means[0] + 0, elsewhere: means.slice(1).map((value) => value + 0) }, isCut: false };
  } finally {
    lent.giveBack();
  }
}

const isHot = ({ own, elsewhere }: NonNullable<GradCam['check']>): boolean => elsewhere.every((other) => own < other);

function qualityOf(
  map: readonly number[],
  tried: GradCam['check'],
  { speaks }: Settings,
  name: string | undefined,
): Pick<GradCam, 'quality' | 'trustworthy'> {
  const measure = 'mean prediction as the picture is covered from the hottest place on, below the same map elsewhere';
  const nothing = (words: string) => ({ quality: { measure, value: null, words }, trustworthy: false });
  if (map.length === 0) return nothing('There was no picture that could be looked at.');
  if (!map.some((heat) => heat > 0))
    return nothing(`No place of the picture speaks ${speaks} ${name ?? 'a high value'}.`);
  if (!tried) return nothing('There was no time to hold the map to a check.');
  const usual = mean(tried.elsewhere);
  const size = (value: number) => numberWords(Math.abs(value));
  const compared = `Covered from the hottest place on, the picture is predicted ${size(tried.own)} on average, and ${size(usual)} where the same map lies at ${tried.elsewhere.length} other places`;
  const verdict = isHot(tried) ? 'none of them does as much' : 'one of them does as much, so the map may be chance';
  return {
    quality: { measure, value: usual - tried.own, words: `${compared}: ${verdict}.` },
    trustworthy: isHot(tried),
  };
}
