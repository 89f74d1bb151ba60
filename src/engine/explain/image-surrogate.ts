import { z } from 'zod';
import type { ImageSurrogate, PictureRegion } from '../../shared/results/image-surrogate.ts';
import type { Picture } from '../data/images/picture.ts';
import type { LentPictures } from '../data/images/thumbnails.ts';
import { record, takeRows } from '../data/table.ts';
import { createRandom } from '../random.ts';
import { countPredictions } from './counted-predictor.ts';
import { explainedOutput } from './explained-output.ts';
import { checkRow } from './explained-row.ts';
import type { Explainer } from './explainer.ts';
import { cosineWeight, type PartsSurrogate, surrogateOfParts } from './hidden-parts.ts';
import { columnToHide, fidelityWords, partsQuality } from './hidden-parts-words.ts';
import { drawnPicture, meanColour, pictureOf, recoloured, rowsWithPictures } from './pictures/picture-rows.ts';
import { superpixels } from './pictures/superpixels.ts';
import { className, columnName, type OptionsOf, positive, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  column: columnName('The column of images; default: the first one that this row has a picture in.'),
  samples: whole(
    800,
    "Samples that the surrogate is fitted on, over all repeats; a fifth of a repeat's share more is held out.",
  ),
  repeats: whole(5, 'Independent samplings, whose spread is told with every weight.'),
  patches: whole(49, 'About so many superpixels.'),
  hidden: z
    .enum(['own mean', 'picture mean'])
    .default('own mean')
    .describe(
      'What a hidden superpixel shows: its own mean colour, as in lime, which leaves one of a single colour as it is, or that of the whole picture.',
    ),
  kernelWidth: positive(0.25, 'Width of the kernel on the cosine distance, as in lime.'),
  class: className('Class to explain, of classes; default: the predicted one.'),
  trustedR2: z.number().max(1).default(0.5).describe('Below this held-out R2 the surrogate is not to be trusted.'),
});
export type ImageSurrogateOptions = OptionsOf<typeof settable>;
type Settings = z.output<typeof settable>;

/** Superpixels of fewer pixels say little. */
const fewestPixels = 4;

/**
 * LIME for images (Ribeiro, Singh and Guestrin 2016): each sample shows every superpixel with a chance of one half, else a mean colour;
 * a weighted ridge tells what each adds by being seen. Superpixels by SLIC on the small picture that models see, where lime has quickshift.
 * Seeded, with fidelity on held-out samples and the spread over repeats. Throws a RangeError on an option out of range, an unknown column,
 * class or row.
 */
export const imageSurrogate: Explainer<ImageSurrogateOptions, ImageSurrogate> = {
  kind: 'image-surrogate',
  title: 'Which parts of the picture matter',
  question: 'why this prediction',
  scope: 'one row',
  byDefault: false,
  options: settable,
  needs: 'image',
  async explain(predictor, data, given, progress, signal, enough = () => false) {
    const { seed, row: rowIndex, settings } = readOptions(settable, given);
    checkRow(rowIndex, data);
    const counted = countPredictions(predictor, signal);
    const row = takeRows(data.evaluation.features, [rowIndex]);
    const prediction = await counted.predict(row);
    const output = explainedOutput(predictor, prediction, settings.class);
    const column = columnToHide(row, 'image', settings.column, (own) => pictureOf(own) !== null);
    const picture = pictureOf(column);
    const labels = picture ? labelsOf(picture, settings.patches) : new Int32Array(0);
    const parts = labels.reduce((most, label) => Math.max(most, label + 1), 0);
    const means = Array.from({ length: parts }, (_, label) =>
      meanColour(picture!, (pixel) => settings.hidden === 'picture mean' || labels[pixel] === label),
    );
    const lendings: LentPictures[] = [];
    const plan = {
      parts,
      samples: settings.samples,
      repeats: settings.repeats,
      draw: (random: ReturnType<typeof createRandom>) => Uint8Array.from({ length: parts }, () => random.integer(2)),
      weightOf: cosineWeight(parts, settings.kernelWidth),
      rowsOf(masks: readonly Uint8Array[]) {
        const variants = masks.map((mask) =>
          recoloured(picture!, (pixel) => (mask[labels[pixel]] === 0 ? means[labels[pixel]] : null)),
        );
        const { rows, lent } = rowsWithPictures(row, column, variants);
        lendings.push(lent);
        return rows;
      },
    };
    const random = createRandom(seed).fork('patches');
    const surrogate = await surrogateOfParts(
      counted,
      output,
      plan,
      random,
      (share) => progress(0.95 * share),
      enough,
    ).finally(() => {
      for (const lent of lendings) lent.giveBack();
    });
    progress(1);
    return {
      kind: 'image-surrogate',
      version: 1,
      question: 'why this prediction',
      options: { ...settings, column: column.name },
      seed,
      dataHash: data.evaluation.info.hash,
      cost: counted.cost(),
      ...fidelityWords(surrogate, 'patch', parts, settings.trustedR2),
      quality: qualityOf(surrogate, parts, settings),
      row: record(data.evaluation.features, rowIndex),
      rowIndex,
      column: column.name,
      hidden: settings.hidden,
      ...(output.name !== undefined && { class: output.name }),
      prediction: output.of(prediction)[0],
      surrogatePrediction: surrogate.weights.reduce((sum, weight) => sum + weight, surrogate.intercept),
      picture: picture && drawnPicture(picture),
      regions: picture ? regionsOf(picture, labels, surrogate) : [],
      labels: [...labels],
      heldOutR2: surrogate.heldOutR2,
      samples: surrogate.fitted,
    };
  },
};

function qualityOf(
  surrogate: PartsSurrogate,
  parts: number,
  { hidden, trustedR2 }: Settings,
): ImageSurrogate['quality'] {
  const quality = partsQuality(surrogate, 'patch', parts, trustedR2);
  const isBlind = hidden === 'own mean' && surrogate.weights.length > 0 && surrogate.heldOutR2 === null;
  return isBlind
    ? {
        ...quality,
        words: `${quality.words} A patch of one colour looks the same in its mean colour: occlusion covers it.`,
      }
    : quality;
}

const labelsOf = (picture: Picture, patches: number): Int32Array =>
  superpixels(picture, Math.min(patches, Math.max(1, (picture.width * picture.height) / fewestPixels)));

function regionsOf({ width }: Picture, labels: Int32Array, { weights, spreads }: PartsSurrogate): PictureRegion[] {
  return weights.map((weight, label) => {
    const own = [...labels.keys()].filter((pixel) => labels[pixel] === label);
    const middle = (of: (pixel: number) => number) => own.reduce((sum, pixel) => sum + of(pixel), 0) / own.length;
    return {
      x: middle((pixel) => pixel % width),
      y: middle((pixel) => Math.floor(pixel / width)),
      pixels: own.length,
      weight: weight + 0,
      spread: spreads[label],
    };
  });
}
