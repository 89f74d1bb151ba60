import type { DataFinding, FoundRows } from '../../shared/results/data-findings.ts';
import type { VerdictFigure } from '../../shared/results/verdict.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Random } from '../random.ts';

/** What is checked: the rows that the search learns from, and those of the final score, where there are any. */
export interface CheckedData {
  readonly development: Dataset;
  readonly test: Dataset | null;
  /** The test part is a file of its own: it was not drawn from the same rows. */
  readonly testIsFile: boolean;
}

export interface CheckContext {
  readonly seed: number;
  readonly random: Random;
  readonly signal: AbortSignal;
  /** True once its time is used up: asked between pieces of work; what is known by then is given back. */
  enough(): boolean;
  /** Something that several checks need, computed by the first of them. It must depend on the data and the seed alone. */
  once<T>(name: string, compute: () => Promise<T>): Promise<T>;
}

export interface CheckOutcome {
  readonly findings: readonly DataFinding[];
  /** What part of the data it looked at, a sentence; absent where it was everything. */
  readonly sampled?: string;
  /** What it measured that comes nearest to its bound, told also where nothing was found; absent where there was nothing to measure. */
  readonly figure?: VerdictFigure;
}

/** One thing that can be wrong with data, looked for before anything is fitted. Stateless; changes nothing that it is given. */
export interface DataCheck {
  /** As in findings: 'target-leak'. */
  readonly name: string;
  readonly title: string;
  /** What it asks, a question in words. */
  readonly asks: string;
  /** 'scan': a pass over the columns; 'model': distances or quick models. */
  readonly cost: 'scan' | 'model';
  /** Why it has nothing to say of such data, the end of a sentence; undefined where it suits. Absent: it suits all. */
  unsuited?(data: CheckedData): string | undefined;
  /** Throws an AbortError on the signal. */
  run(data: CheckedData, context: CheckContext): Promise<CheckOutcome>;
}

type Figured = Pick<CheckOutcome, 'figure'>;

/** Sound data keep the value at the bound or below. Nothing where it could not be measured. */
export const atMost = (measure: string, value: number, bound: number): Figured =>
  Number.isFinite(value) ? { figure: { measure, value, bound: { is: 'at most', value: bound } } } : {};

/** Sound data keep the value at the bound or above. */
export const atLeast = (measure: string, value: number, bound: number): Figured =>
  Number.isFinite(value) ? { figure: { measure, value, bound: { is: 'at least', value: bound } } } : {};

/** The largest of what was measured, 0 of nothing. */
export const largest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0);

/** Rows that a finding lists at most. */
const mostListed = 100;

/** Rows of a part as a finding names them. @param rows positions within the part */
export const foundRows = (part: FoundRows['part'], data: Dataset, rows: ArrayLike<number>): FoundRows => ({
  part,
  positions: Array.from({ length: Math.min(rows.length, mostListed) }, (_, i) => data.rowIds[rows[i]]),
  count: rows.length,
});

/** Columns that a finding names one by one; of more, the first of them. */
export const mostFindings = 20;
