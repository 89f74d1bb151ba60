import type { ImageSurrogate, PictureRegion } from '../../shared/results/image-surrogate.ts';
import type { Picture } from '../data/images/picture.ts';
import type { LentPictures } from '../data/images/thumbnails.ts';
import { record, takeRows } from '../data/table.ts';
import { createRandom } from '../random.ts';
import { countPredictions } from './counted-predictor.ts';
import { explainedOutput } from './explained-output.ts';
import type { ExplainData, Explainer, ExplainOptions } from './explainer.ts';
import { cosineWeight, type PartsSurrogate, surrogateOfParts } from './hidden-parts.ts';
import { columnToHide, fidelityWords, partsQuality } from './hidden-parts-words.ts';
import { drawnPicture, meanColour, pictureOf, recoloured, rowsWithPictures } from './pictures/picture-rows.ts';
import { superpixels } from './pictures/superpixels.ts';

export interface ImageSurrogateOptions extends ExplainOptions {
  /** The column of images; default: the first one that this row has a picture in. */
  readonly column?: string;
  /** Samples that the surrogate is fitted on, over all repeats; default 800. A fifth of a repeat's share more is held out: below 1,000 in all. */
  readonly samples?: number;
  /** Independent samplings, whose spread is told with every weight; default 5. */
  readonly repeats?: number;
  /** About so many superpixels; default 49. */
  readonly patches?: number;
  /**
   * What a hidden superpixel shows: its own mean colour (default, as in lime), which leaves one of a single colour as it is, or that of the
   * whole picture.
   */
  readonly hidden?: ImageSurrogate['hidden'];
  /** Width of the kernel on the cosine distance; default 0.25 as in lime. */
  readonly kernelWidth?: number;
  /** Class to explain; default: the predicted one. Classification only. */
  readonly class?: string;
  /** Below this held-out R2 the surrogate is not to be trusted; default 0.5. */
  readonly trustedR2?: number;
}

const defaults = {
  samples: 800,
  repeats: 5,
  patches: 49,
  hidden: 'own mean' as ImageSurrogate['hidden'],
  kernelWidth: 0.25,
  trustedR2: 0.5,
};
type Settings = Omit<ImageSurrogateOptions, 'seed' | 'row'> & typeof defaults;

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
  needs: 'image',
  async explain(predictor, data, given, progress, signal, enough = () => false) {
    const { seed, row: rowIndex = 0, ...settings } = { ...defaults, ...given };
    check(settings, rowIndex, data);
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

function check(settings: Settings, row: number, { evaluation, part }: ExplainData): void {
  for (const name of ['samples', 'repeats', 'patches'] as const)
    if (!Number.isInteger(settings[name]) || settings[name] < 1)
      throw new RangeError(`${name} must be a whole number from 1, not ${settings[name]}`);
  if (!(settings.kernelWidth > 0)) throw new RangeError(`kernelWidth must be above 0, not ${settings.kernelWidth}`);
  if (settings.hidden !== 'own mean' && settings.hidden !== 'picture mean')
    throw new RangeError(`hidden must be 'own mean' or 'picture mean', not ${settings.hidden}`);
  const rows = evaluation.features.rowCount;
  if (!Number.isInteger(row) || row < 0 || row >= rows)
    throw new RangeError(`there is no row ${row} in the ${part} part of ${rows} rows`);
}

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
