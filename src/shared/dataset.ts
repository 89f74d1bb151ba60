import type { Task } from './task.ts';

export const columnTypes = ['number', 'integer', 'category', 'boolean', 'date', 'text', 'image', 'id'] as const;
export type ColumnType = (typeof columnTypes)[number];

export type ColumnRole = 'feature' | 'target' | 'ignored' | 'group' | 'time';

/** One column as the whole file shows it. */
export interface ColumnInfo {
  readonly name: string;
  readonly type: ColumnType;
  /** Why this type was chosen, in a sentence: 'given in the file' where the person said so. */
  readonly reason: string;
  readonly role: ColumnRole;
  readonly missing: number;
  readonly distinct: number;
  /** Numeric and date columns (dates as milliseconds since 1970-01-01 UTC). */
  readonly numeric?: {
    readonly minimum: number;
    readonly maximum: number;
    readonly mean: number;
    readonly standardDeviation: number;
    readonly quartiles: readonly [number, number, number];
  };
  /** Coded columns: the most frequent levels first, at most 50. */
  readonly levels?: readonly { readonly level: string; readonly count: number }[];
}

/** What is known about a data set before anything is fitted. */
export interface DatasetInfo {
  /** Path as written in the experiment file. */
  readonly path: string;
  readonly rowCount: number;
  readonly columns: readonly ColumnInfo[];
  readonly target: string;
  readonly task: Task;
  /** Classes in the order of every probability vector; absent for regression. */
  readonly classes?: readonly string[];
  /** SHA-256 over names, types and values, first 16 hexadecimal digits. */
  readonly hash: string;
  /** What a person should know: rows dropped for want of a target, infinities read as missing, ... */
  readonly notes: readonly string[];
}
