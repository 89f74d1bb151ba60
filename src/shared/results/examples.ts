import { countWords, linesWords, listWords, numberWords, percentWords } from './numbers.ts';
import type { Result } from './result.ts';

export interface Example {
  /** Position in the training part. */
  readonly rowIndex: number;
  readonly row: Readonly<Record<string, number | string | null>>;
  /** True class or value. */
  readonly truth: string | number;
  readonly predicted: string | number;
  /** Gower distance to the explained row, 0 to 1; absent for prototypes. */
  readonly distance?: number;
  /** Prototypes: share of the rows that are nearest to it. */
  readonly share?: number;
}

export interface Examples extends Result<'examples'> {
  /** Position in the part it was taken from. */
  readonly rowIndex: number;
  readonly row: Readonly<Record<string, number | string | null>>;
  readonly prediction: string | number;
  readonly nearest: readonly Example[];
  /** Typical rows of the training part (MMD-critic's prototypes). */
  readonly prototypes: readonly Example[];
}

const told = 5;

/** The rows most like it and what they turned out to be, then the typical ones. */
export function examplesWords({ rowIndex, prediction, nearest, prototypes, quality }: Examples): string {
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
    alike.length > 0 && `The training rows most like it: ${listWords(alike)}.`,
    quality.words,
    typical.length > 0 && `${countWords(typical.length, 'typical training row')}: ${listWords(typical)}.`,
  ]);
}

const spoken = (value: string | number): string => (typeof value === 'number' ? numberWords(value, 4) : value);
