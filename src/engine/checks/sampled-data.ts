import { countWords } from '../../shared/results/numbers.ts';
import { type Dataset, takeDataset } from '../data/dataset.ts';
import { sampleRows } from '../explain/sample-rows.ts';
import type { Random } from '../random.ts';

/** Some rows and columns of a data set, and a sentence where they are not all. */
export interface SampledData {
  readonly data: Dataset;
  /** [rows] positions within the whole. */
  readonly rows: Uint32Array;
  readonly sampled?: string;
}

export interface SampleLimits {
  readonly rows: number;
  /** Wider tables get fewer rows. */
  readonly cells?: number;
  readonly columns?: number;
}

/** Fewer rows than this show nothing. */
const fewestRows = 500;

/** A seeded sample within the limits: rows at random, of too many columns a random choice, in their order. */
export function sampledData(whole: Dataset, limits: SampleLimits, random: Random): SampledData {
  const width = whole.features.columns.length;
  const columns = sampleRows(width, limits.columns ?? width, random.fork('columns'));
  const byCells = limits.cells ? Math.floor(limits.cells / Math.max(1, columns.length)) : limits.rows;
  const rows = sampleRows(
    whole.features.rowCount,
    Math.min(limits.rows, Math.max(fewestRows, byCells)),
    random.fork('rows'),
  );
  const narrow = columns.length < width ? narrowed(whole, columns) : whole;
  const data = rows.length < whole.features.rowCount ? takeDataset(narrow, rows) : narrow;
  const sampled = sampleWords([rows.length, whole.features.rowCount, 'row'], [columns.length, width, 'column']);
  return { data, rows, ...(sampled && { sampled }) };
}

export const narrowed = (data: Dataset, columns: ArrayLike<number>): Dataset => ({
  ...data,
  features: { ...data.features, columns: Array.from(columns, (i) => data.features.columns[i]) },
});

/** 'looked at 5,000 of 100,000 rows, a random sample.' */
export function sampleWords(
  ...parts: readonly (readonly [taken: number, of: number, one: string])[]
): string | undefined {
  const some = parts
    .filter(([taken, of]) => taken < of)
    .map(([taken, of, one]) => `${taken.toLocaleString('en-US')} of ${countWords(of, one)}`);
  return some.length > 0 ? `looked at ${some.join(' and ')}, a random sample.` : undefined;
}
