import type { Interval, Result } from './result.ts';

export interface Edit {
  readonly column: string;
  readonly from: number | string | null;
  readonly to: number | string | null;
}

/** One row that was changed until the prediction flipped (regression: moved by the tolerance). */
export interface AttackedRow {
  /** Position in the part that was attacked. */
  readonly rowIndex: number;
  /** True class; for regression the prediction before, which the attack tries to move. */
  readonly truth: string | number;
  readonly before: string | number;
  readonly after: string | number;
  readonly edits: readonly Edit[];
  /** Largest numeric edit in multiples of the column's training interquartile range. */
  readonly epsilon: number;
  readonly categoricalEdits: number;
  /** Which attack found it. */
  readonly attack: string;
}

export interface RobustnessPoint {
  readonly epsilon: number;
  /** Share of rows still predicted rightly under the worst attack found; an upper bound, never a certificate. */
  readonly robustAccuracy: number;
  /** Clopper-Pearson, 95 %. */
  readonly interval: Interval;
}

export interface RobustnessReport extends Result<'robustness'> {
  readonly part: 'validation' | 'test';
  /** Queries: rows the attack asked the model about, gradients and the base's own check included. */
  readonly attacks: readonly {
    readonly name: string;
    readonly access: 'gradient' | 'score' | 'decision';
    readonly queries: number;
    readonly words: string;
  }[];
  /** Rows attacked, and how many there were to choose from. */
  readonly rows: number;
  readonly rowsAvailable: number;
  /** Epsilon is in multiples of each numeric column's training IQR; at most this many categorical edits. */
  readonly categoricalEdits: number;
  readonly cleanAccuracy: number;
  /** Matthews correlation of the untouched predictions; null for regression. */
  readonly cleanMcc: number | null;
  /** R2 of the untouched predictions; regression only, null where the rows do not determine it. */
  readonly cleanR2?: number | null;
  /** Accuracy of always predicting the training part's most frequent class; regression: 1, because a constant never moves. */
  readonly majorityBaseline: number;
  /** From epsilon 0 (= clean) up. */
  readonly curve: readonly RobustnessPoint[];
  /** Edits that broke no type, range or observed level, over all edits proposed; null where none was proposed. */
  readonly validEditRate: number | null;
  /** The smallest flipping edits found, smallest first. */
  readonly examples: readonly AttackedRow[];
  /** Columns that were not edited, and why. */
  readonly frozen: readonly { readonly column: string; readonly reason: string }[];
  /** Anything that makes the figures unreliable, in words; not empty reads 'unreliable'. */
  readonly flags: readonly string[];
  /** Regression: a row counts as right while its prediction moved by at most this (in the target's unit). */
  readonly tolerance?: number;
}
