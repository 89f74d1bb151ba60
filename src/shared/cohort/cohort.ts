import type { DatasetInfo } from '../dataset.ts';

/** One end of a range; null: it has none. */
export interface Bound {
  readonly value: number;
  readonly included: boolean;
}

export interface Range {
  readonly low: Bound | null;
  readonly high: Bound | null;
}

/** What holds of a column in every row of a cohort. */
export type ColumnCondition =
  | ({
      readonly kind: 'numbers';
      readonly column: string;
      /** Values are milliseconds since 1970-01-01 UTC. */
      readonly date?: true;
      /** Whether it holds where the value is missing. */
      readonly missing: boolean;
    } & Range)
  | {
      readonly kind: 'levels';
      readonly column: string;
      readonly levels: readonly string[];
      /** Holds for every other level. */
      readonly isNot: boolean;
      readonly missing: boolean;
    }
  | { readonly kind: 'missing'; readonly column: string; readonly isNot: boolean };

/** What holds of the outcome of a row, or of what a model says of it: of another model these are other rows. */
export type OutcomeCondition =
  | { readonly kind: 'actual'; readonly classes: readonly string[]; readonly isNot: boolean }
  | { readonly kind: 'predicted'; readonly classes: readonly string[]; readonly isNot: boolean }
  /** The predicted class is the actual one. */
  | { readonly kind: 'right'; readonly isNot: boolean }
  | ({
      /** 'residual': truth less prediction. 'loss': a row's share of the task's default loss. */
      readonly kind: 'outcome';
      readonly of: 'actual' | 'prediction' | 'residual' | 'loss';
      /** Of 'prediction': the class whose probability it is; absent: the predicted number. */
      readonly class?: string;
    } & Range);

/** Rows by their positions in the part that is looked at: of another part these are other rows. */
export interface RowsCondition {
  readonly kind: 'rows';
  /** Ascending. */
  readonly positions: readonly number[];
}

export type CohortCondition = ColumnCondition | OutcomeCondition | RowsCondition;

/** Rows that are looked at by themselves, said by what holds of them: so they can be found for another model and in another part. */
export interface Cohort {
  readonly name: string;
  /** All of them hold. */
  readonly conditions: readonly CohortCondition[];
}

/** The cohort that a result is of. */
export interface ToldCohort {
  readonly conditions: readonly CohortCondition[];
  /** 'age above 45 and predicted wrong' */
  readonly words: string;
  /** Rows of it, and of the whole part. */
  readonly rows: number;
  readonly of: number;
}

/** What is known of the data that conditions are on. */
export type CohortData = Pick<DatasetInfo, 'columns' | 'target' | 'classes'>;

/** Whether rows are chosen by whether they are predicted right, or how far off: how well they are predicted is then no finding. */
export const isByError = (conditions: readonly CohortCondition[]): boolean =>
  conditions.some(({ kind }) => kind === 'right') ||
  conditions.some((one) => one.kind === 'outcome' && (one.of === 'loss' || one.of === 'residual')) ||
  (['actual', 'predicted'] as const).every((kind) => conditions.some((one) => one.kind === kind));

/** Tells cohorts apart by what holds of their rows, in whatever order it was said. */
export const cohortKey = (conditions: readonly CohortCondition[]): string =>
  JSON.stringify(conditions.map((one) => JSON.stringify(one)).sort());
