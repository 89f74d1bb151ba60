import { countWords, linesWords, listWords, numberWords, percentWords } from './numbers.ts';
import type { Result } from './result.ts';

/** What a model makes of rows: the leaves of its trees, or its predictions. */
export type ModelSpaceKind = 'leaves' | 'predictions';

export interface Example {
  /** Position in the training part. */
  readonly rowIndex: number;
  readonly row: Readonly<Record<string, number | string | null>>;
  /** True class or value. */
  readonly truth: string | number;
  readonly predicted: string | number;
  /** To the explained row, 0 to 1, Gower's where nothing else is said; absent for prototypes. */
  readonly distance?: number;
  /** Prototypes: share of the rows that are nearest to it. */
  readonly share?: number;
}

export interface Examples extends Result<'examples'> {
  /** Position in the part it was taken from. */
  readonly rowIndex: number;
  readonly row: Readonly<Record<string, number | string | null>>;
  readonly prediction: string | number;
  /** Where the nearest rows are near as the model sees them, among how many of how many; absent: in the columns, among all. */
  readonly space?: { readonly kind: ModelSpaceKind; readonly rows: number; readonly available: number };
  readonly nearest: readonly Example[];
  /** Typical rows of the training part (MMD-critic's prototypes). */
  readonly prototypes: readonly Example[];
}

const told = 5;

/** 'share of the trees in which they end in different leaves' */
export const distanceWords = ({ space }: Examples): string =>
  space === undefined
    ? 'Gower distance, from 0 (the same) to 1'
    : space.kind === 'leaves'
      ? 'share of the trees in which they end in different leaves'
      : 'distance of the predictions, from 0 (the same) to 1';

/** The rows most like it and what they turned out to be, then the typical ones. */
export function examplesWords(result: Examples): string {
  const { rowIndex, prediction, space, nearest, prototypes, quality } = result;
  const alike = nearest
    .slice(0, told)
    .map(
      ({ rowIndex: index, truth, distance }) => `row ${index} (${spoken(truth)}, distance ${numberWords(distance, 2)})`,
    );
  const typical = prototypes.map(
    ({ rowIndex: index, truth, share }) => `row ${index} (${spoken(truth)}, for ${percentWords(share, 0)} of the rows)`,
  );
  return linesWords([
    `Row ${rowIndex} is predicted ${spoken(prediction)}.`,
    alike.length > 0 && `The training rows most like it${space ? ' to the model' : ''}: ${listWords(alike)}.`,
    space !== undefined &&
      `Near by the ${distanceWords(result)}, among ${countWords(space.rows, 'training row')} of ${numberWords(space.available)}.`,
    quality.words,
    typical.length > 0 && `${countWords(typical.length, 'typical training row')}: ${listWords(typical)}.`,
  ]);
}

const spoken = (value: string | number): string => (typeof value === 'number' ? numberWords(value, 4) : value);
