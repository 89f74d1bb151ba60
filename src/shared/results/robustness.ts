import type { Interval, Result } from './result.ts';

export interface Edit {
  readonly column: string;
  readonly from: number | string | null;
  readonly to: number | string | null;
}

/** One row that was changed until the prediction flipped (regression: moved by the tolerance). */
export interface AttackedRow {
  readonly rowIndex: number;
  readonly truth: string | number;
  readonly before: string | number;
  readonly after: string | number;
  readonly edits: readonly Edit[];
  /** Largest numeric edit in multiples of the column's training interquartile range. */
  readonly epsilon: number;
  readonly categoricalEdits: number;
}

export interface RobustnessPoint {
  readonly epsilon: number;
  /** Share of rows still predicted rightly under the worst attack found; an upper bound, never a certificate. */
  readonly robustAccuracy: number;
  readonly interval: Interval;
}

export interface RobustnessReport extends Result<'robustness'> {
  readonly attacks: readonly {
    readonly name: string;
    readonly access: 'gradient' | 'score' | 'decision';
    readonly queries: number;
  }[];
  readonly rows: number;
  /** Epsilon is in multiples of each numeric column's training IQR; at most this many categorical edits. */
  readonly categoricalEdits: number;
  readonly cleanAccuracy: number;
  /** Matthews correlation of the untouched predictions; null for regression. */
  readonly cleanMcc: number | null;
  readonly majorityBaseline: number;
  /** From epsilon 0 (= clean) up. */
  readonly curve: readonly RobustnessPoint[];
  /** Edits that broke no type, range or observed level, over all edits proposed. */
  readonly validEditRate: number;
  /** The smallest flipping edits found, smallest first. */
  readonly examples: readonly AttackedRow[];
  /** Anything that makes the figures unreliable, in words; not empty reads 'unreliable'. */
  readonly flags: readonly string[];
  /** Regression: a row counts as right while its prediction moved by at most this (in the target's unit). */
  readonly tolerance?: number;
}
