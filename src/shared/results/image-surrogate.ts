import { countWords, linesWords, numberWords } from './numbers.ts';
import type { Result } from './result.ts';
import { weightWords } from './spread-words.ts';

/** A small picture as the model saw it. */
export interface DrawnPicture {
  readonly width: number;
  readonly height: number;
  /** [height x width x 3] red, green and blue as base64. */
  readonly pixels: string;
}

/** A patch of alike pixels that hang together. */
export interface PictureRegion {
  /** Its middle, from the left and from the top, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly pixels: number;
  /** How much it moves the explained output by being seen. */
  readonly weight: number;
  /** Standard deviation of the weight over repeats of the sampling. */
  readonly spread: number;
}

/** LIME for one image column of a row: a linear model of which superpixels are seen. */
export interface ImageSurrogate extends Result<'image-surrogate'> {
  readonly row: Readonly<Record<string, number | string | null>>;
  /** Row number in the part it was taken from. */
  readonly rowIndex: number;
  readonly column: string;
  /** What a hidden superpixel shows: its own mean colour or that of the whole picture. */
  readonly hidden: 'own mean' | 'picture mean';
  /** Class that is explained, absent for regression. */
  readonly class?: string;
  /** What the model says of the row: probability of the class, or the value. */
  readonly prediction: number;
  readonly surrogatePrediction: number;
  /** null where the row has none that can be read. */
  readonly picture: DrawnPicture | null;
  /** By label; empty where too little was asked. */
  readonly regions: readonly PictureRegion[];
  /** [pixels] label of each. */
  readonly labels: readonly number[];
  /** Weighted R2 on samples that the surrogate did not see; null where there is nothing to explain. */
  readonly heldOutR2: number | null;
  /** Samples the surrogate was fitted on, over all repeats. */
  readonly samples: number;
  /** False where the fidelity is too low for the regions to be read as the reason. */
  readonly trustworthy: boolean;
}

const told = 3;

export const isTellingRegion = ({ weight, spread }: PictureRegion): boolean =>
  weight !== 0 && Math.abs(weight) > 2 * spread;

/** Heaviest first. */
export const tellingRegions = ({ regions }: ImageSurrogate): readonly PictureRegion[] =>
  regions.filter(isTellingRegion).sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));

/** 'top left', 'middle' */
export function placeWords(
  { width, height }: DrawnPicture,
  { x, y }: { readonly x: number; readonly y: number },
): string {
  const third = (value: number, size: number) => Math.min(2, Math.floor((3 * (value + 0.5)) / size));
  const words = [['top', '', 'bottom'][third(y, height)], ['left', '', 'right'][third(x, width)]].filter(Boolean);
  return words.join(' ') || 'middle';
}

/** A surrogate that does not fit is said not to, before anything it says. */
export function imageSurrogateWords(result: ImageSurrogate): string {
  const { rowIndex, column, prediction, picture, regions, samples, heldOutR2, trustworthy, quality } = result;
  const what = result.class === undefined ? numberWords(prediction) : `${numberWords(prediction)} for ${result.class}`;
  const predicted = `The model predicts ${what} for row ${rowIndex}.`;
  const basis = `From ${countWords(samples, 'sample')} of its picture ${column} with some of ${countWords(regions.length, 'patch', 'patches')} in ${result.hidden === 'own mean' ? 'their own' : "the picture's"} mean colour.`;
  if (heldOutR2 === null || !picture)
    return linesWords([result.partial ?? false, predicted, samples > 0 && basis, quality.words]);
  const telling = tellingRegions(result);
  const reasons = telling
    .slice(0, told)
    .map((region) => `at the ${placeWords(picture, region)} ${weightWords(region)}`);
  return linesWords([
    result.partial ?? false,
    !trustworthy && `Do not read this as the reason. ${quality.words}`,
    predicted,
    reasons.length > 0
      ? `Patches of the picture move the prediction by being seen: ${reasons.join('; ')}.`
      : 'No patch of the picture can be told from nothing.',
    basis,
    trustworthy && quality.words,
  ]);
}
