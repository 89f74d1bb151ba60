import { type DrawnPicture, placeWords } from './image-surrogate.ts';
import { countWords, linesWords, listWords, numberWords, percentWords } from './numbers.ts';
import type { Result } from './result.ts';

/** Where a convolutional network looked for what it says of a row's picture. */
export interface GradCam extends Result<'grad-cam'> {
  readonly row: Readonly<Record<string, number | string | null>>;
  /** Row number in the part it was taken from. */
  readonly rowIndex: number;
  readonly column: string;
  /** Columns of images that the network sees at once; the map is of all of them. */
  readonly columns: readonly string[];
  /** Class that is explained, absent for regression. */
  readonly class?: string;
  /** What the model says of the row: probability of the class, or the value. */
  readonly prediction: number;
  /** Whether the map is of what speaks for it, or against it. */
  readonly speaks: 'for' | 'against';
  /** null where the row has none that can be read. */
  readonly picture: DrawnPicture | null;
  /** Places of the layer: how fine the map is. */
  readonly width: number;
  readonly height: number;
  /** [height x width] 0 and above, in score; empty where there is no picture. */
  readonly map: readonly number[];
  /** Finer layers before this one that `back` can choose. */
  readonly finer: number;
  /**
   * Mean prediction as the picture is covered step by step, the hottest places first, and the same for the map moved elsewhere; null where it was not
   * tried.
   */
  readonly check: { readonly own: number; readonly elsewhere: readonly number[] } | null;
  /** False where the map moved elsewhere covers what matters as soon. */
  readonly trustworthy: boolean;
}

/** [pixels] the map over the picture, bilinear between the middles of its places. */
export function gradCamHeat({
  picture,
  width,
  height,
  map,
}: Pick<GradCam, 'picture' | 'width' | 'height' | 'map'>): Float64Array {
  if (!picture || map.length === 0) return new Float64Array(0);
  const along = (pixel: number, pixels: number, places: number) => {
    const at = Math.max(0, Math.min(places - 1, ((pixel + 0.5) * places) / pixels - 0.5));
    const low = Math.floor(at);
    return { low, high: Math.min(places - 1, low + 1), share: at - low };
  };
  return Float64Array.from({ length: picture.width * picture.height }, (_, pixel) => {
    const x = along(pixel % picture.width, picture.width, width);
    const y = along(Math.floor(pixel / picture.width), picture.height, height);
    const row = (at: number) => map[at * width + x.low] * (1 - x.share) + map[at * width + x.high] * x.share;
    return row(y.low) * (1 - y.share) + row(y.high) * y.share;
  });
}

/** The hottest place, in pixels, and the share of the map's sum that the hottest tenth of the picture has. */
export function gradCamPeak(
  result: GradCam,
): { readonly x: number; readonly y: number; readonly share: number } | null {
  const heat = gradCamHeat(result);
  const total = heat.reduce((sum, value) => sum + value, 0);
  if (!result.picture || !(total > 0)) return null;
  const sorted = [...heat].sort((a, b) => b - a);
  const share = sorted.slice(0, Math.round(sorted.length / 10)).reduce((sum, value) => sum + value, 0) / total;
  const hottest = heat.indexOf(sorted[0]);
  return { x: hottest % result.picture.width, y: Math.floor(hottest / result.picture.width), share };
}

/** A finding that does not hold is said not to, before anything it says. */
export function gradCamWords(result: GradCam): string {
  const { rowIndex, prediction, width, height, columns, speaks, trustworthy, quality, finer } = result;
  const what = result.class === undefined ? numberWords(prediction) : `${numberWords(prediction)} for ${result.class}`;
  const predicted = `The network predicts ${what} for row ${rowIndex}.`;
  const peak = gradCamPeak(result);
  if (!result.picture || !peak) return linesWords([result.partial ?? false, predicted, quality.words]);
  const basis = `The map has ${width} x ${height} places of the network's last layers${finer > 0 ? ` (${countWords(finer, 'finer map')} further back)` : ''}.`;
  return linesWords([
    result.partial ?? false,
    !trustworthy && `Do not read this as the reason. ${quality.words}`,
    predicted,
    `What speaks ${speaks} ${result.class ?? 'a high value'} lies at the ${placeWords(result.picture, peak)}: the hottest tenth of the picture has ${percentWords(peak.share, 0)} of it.`,
    basis,
    columns.length > 1 && `The network sees ${listWords(columns)} at once, and the map is of all of them.`,
    trustworthy && quality.words,
  ]);
}
