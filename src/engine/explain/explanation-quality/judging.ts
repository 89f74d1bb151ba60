import type { MethodQuality } from '../../../shared/results/explanation-quality.ts';
import type { Table } from '../../data/table.ts';
import type { Random } from '../../random.ts';
import type { CountedPredictor } from '../counted-predictor.ts';
import type { ExplainedOutput } from '../explained-output.ts';
import type { Attributor } from './attributors.ts';

/** What all figures of one row's explanations rest on. */
export interface Judging {
  readonly model: CountedPredictor;
  readonly output: ExplainedOutput;
  readonly row: Table;
  readonly ground: Table;
  readonly learnt: Table;
  /** Columns of a row that is predicted. */
  readonly width: number;
  readonly options: JudgingOptions;
  readonly enough: () => boolean;
  readonly random: Random;
}

/** A technique with what it says of the row, and the figures so far. */
export interface Explained {
  readonly attributor: Attributor;
  readonly contributions: Float64Array;
  readonly cost: number;
  own: MethodQuality;
}

/** As the technique's options have them. */
export interface JudgingOptions {
  readonly subsets: number;
  readonly nearby: number;
  readonly radius: number;
  readonly sensitivityBudget: number;
  readonly seeds: number;
  readonly randomOnes: number;
}

/** Most columns that are compared as the strongest. */
const mostTop = 5;

/** So many of the strongest columns are compared. */
export const topOf = (columns: number): number => Math.max(1, Math.min(mostTop, columns >> 1));
