import type { Interval, Result } from './result.ts';

export interface ColumnImportance {
  readonly columns: readonly string[];
  /** Mean growth of the loss when the columns are shuffled together, in the metric's unit. */
  readonly importance: number;
  /** 95 % interval over repeats x row bootstrap. */
  readonly interval: Interval;
  /** The interval does not cross 0. */
  readonly distinguishable: boolean;
}

export interface PermutationImportance extends Result<'permutation-importance'> {
  readonly metric: string;
  readonly baseline: number;
  /** Rows looked at, and how many there were to choose from. */
  readonly rows: number;
  readonly rowsAvailable: number;
  /** The part of the data that was shuffled. */
  readonly part: 'validation' | 'test';
  /** Most important first. */
  readonly columns: readonly ColumnImportance[];
  /** Correlated columns (|Spearman| >= 0.7) permuted as one. */
  readonly groups: readonly ColumnImportance[];
}
