import type { HeldOutcome } from '../../shared/results/what-if.ts';
import type { Target } from '../data/dataset.ts';
import type { Table } from '../data/table.ts';
import type { Prediction } from '../models/predictor.ts';
import type { Coverage, CoverageLevel } from './coverage.ts';

/** Rows with what is predicted for each. */
export interface PredictedRows {
  /** Raw columns. */
  readonly features: Table;
  readonly prediction: Prediction;
}

/** Rows whose truth is known, each predicted by a model that was not fitted on it. */
export interface JudgedPredictions {
  readonly prediction: Prediction;
  readonly target: Target;
  /** [rows] */
  readonly foldOf: ArrayLike<number>;
  /** Raw columns of the rows at these places, in this order. */
  features(places: ArrayLike<number>): Table;
}

/** A column of the file that predictions are written to. */
export interface OutputColumn {
  readonly name: string;
  readonly cell: (row: number) => string | number;
}

/** What holds the truth of a row in a promised share of all rows. */
export interface Promised {
  /** How each of `coverages` is kept on rows that had no part in it. Throws a RangeError for no rows. */
  check(rows: PredictedRows, target: Target): Coverage[];
  /** Names end in the level, in percent. */
  columns(rows: PredictedRows, level: CoverageLevel, classes: readonly string[]): OutputColumn[];
  /** [rows] what holds the truth at this level. */
  held(rows: PredictedRows, level: CoverageLevel, classes: readonly string[]): HeldOutcome[];
}

/** One form of promise, for one kind of target. */
export interface PromiseKind<State> {
  readonly name: string;
  readonly target: Target['kind'];
  /**
   * Learnt from predictions out of fold (cross-conformal, Vovk 2015); a refitted model's errors are taken to be like them.
   * @returns plain JSON
   */
  make(known: JudgedPredictions, signal: AbortSignal): Promise<State>;
  restore(state: State): Promised;
}
