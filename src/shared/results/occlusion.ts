import { type DrawnPicture, placeWords } from './image-surrogate.ts';
import { changeWords, countWords, linesWords, numberWords } from './numbers.ts';
import type { Result } from './result.ts';

/** A square that was covered. */
export interface CoveredSquare {
  /** Its left upper corner, in pixels. */
  readonly x: number;
  readonly y: number;
  /** How far what is explained falls if it is covered; negative where it rises. */
  readonly drop: number;
}

/** A square slid over the picture of a row: where covering it changes the prediction. */
export interface Occlusion extends Result<'occlusion'> {
  readonly row: Readonly<Record<string, number | string | null>>;
  /** Row number in the part it was taken from. */
  readonly rowIndex: number;
  readonly column: string;
  /** Class that is explained, absent for regression. */
  readonly class?: string;
  /** What the model says of the row: probability of the class, or the value. */
  readonly prediction: number;
  /** null where the row has none that can be read. */
  readonly picture: DrawnPicture | null;
  /** Side of the square, in pixels. */
  readonly side: number;
  /** Largest drop first. */
  readonly squares: readonly CoveredSquare[];
  /** Places that the square takes in all. */
  readonly squaresInAll: number;
  /** Covering the tenth of the picture whose squares matter most, and areas of the same shape elsewhere; null where it was not tried. */
  readonly check: { readonly hottest: number; readonly elsewhere: readonly number[] } | null;
  /** False where areas of the same shape elsewhere matter as much. */
  readonly trustworthy: boolean;
}

/** [pixels] mean drop of the squares that cover each; 0 where none does. */
export function heatOf({ picture, squares, side }: Pick<Occlusion, 'picture' | 'squares' | 'side'>): Float64Array {
  if (!picture) return new Float64Array(0);
  const { width, height } = picture;
  const sums = new Float64Array(width * height);
  const counts = new Float64Array(width * height);
  for (const { x, y, drop } of squares)
    for (let row = y; row < Math.min(height, y + side); row++)
      for (let column = x; column < Math.min(width, x + side); column++) {
        sums[row * width + column] += drop;
        counts[row * width + column]++;
      }
  return sums.map((sum, at) => sum / Math.max(1, counts[at]));
}

/** A finding that does not hold is said not to, before anything it says. */
export function occlusionWords(result: Occlusion): string {
  const { rowIndex, column, prediction, picture, side, squares, squaresInAll, trustworthy, quality } = result;
  const what = result.class === undefined ? numberWords(prediction) : `${numberWords(prediction)} for ${result.class}`;
  const predicted = `The model predicts ${what} for row ${rowIndex}.`;
  const [first] = squares;
  if (!picture || !first) return linesWords([result.partial ?? false, predicted, quality.words]);
  const basis = `A square of ${side} x ${side} pixels in the picture's mean colour was laid on ${column} at ${countWords(squares.length, 'place')} of ${numberWords(squaresInAll)}.`;
  const middle = { x: first.x + (side - 1) / 2, y: first.y + (side - 1) / 2 };
  const finding =
    first.drop > 0
      ? `It changes the prediction most at the ${placeWords(picture, middle)}: ${changeWords(-first.drop)}.`
      : 'Nowhere does the prediction fall.';
  return linesWords([
    result.partial ?? false,
    !trustworthy && `Do not read this as the reason. ${quality.words}`,
    predicted,
    basis,
    finding,
    trustworthy && quality.words,
  ]);
}
