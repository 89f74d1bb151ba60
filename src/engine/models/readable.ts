import type { ReadCondition } from '../../shared/results/read-condition.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Table } from '../data/table.ts';
import type { Predictor } from './predictor.ts';

/** A number that a linear model multiplies by a weight. */
export type ReadInput =
  | {
      readonly kind: 'number';
      readonly column: string;
      /** The input is (value - center) / scale, and where there is a limit z / sqrt(1 + (z / limit)^2) of that. */
      readonly center: number;
      readonly scale: number;
      readonly limit?: number;
      /** Stands in for a missing value. */
      readonly fill: number;
    }
  /** 1 where the condition holds, else 0. */
  | { readonly kind: 'flag'; readonly condition: ReadCondition };

/** Scores are intercepts plus weights times inputs: the value, log odds of the second class, or one a class (softmax). */
export interface WeightsReading {
  readonly kind: 'weights';
  readonly terms: readonly {
    /** One, or two that are multiplied. */
    readonly inputs: readonly ReadInput[];
    /** [scores] */
    readonly weights: readonly number[];
  }[];
  /** [scores] */
  readonly intercept: readonly number[];
}

export interface ReadNode {
  /** What a row that goes left fulfils; absent of a leaf. Children stand after their parents. */
  readonly split?: { readonly condition: ReadCondition; readonly left: number; readonly right: number };
  /** Training rows that reached the node. */
  readonly rows: number;
  /** [classes] probabilities, or [1] the value. */
  readonly prediction: readonly number[];
}

/** Node 0 is the root. */
export interface TreeReading {
  readonly kind: 'tree';
  readonly nodes: readonly ReadNode[];
}

/** Where all conditions of a rule hold, its weights are added to the scores. */
export interface RulesReading {
  readonly kind: 'rules';
  /** [scores] */
  readonly start: readonly number[];
  readonly rules: readonly { readonly conditions: readonly ReadCondition[]; readonly weights: readonly number[] }[];
  /** Each rule in words, the start first. */
  readonly texts: readonly string[];
  /** The value is score times deviation plus mean; 1 and 0 for classes. */
  readonly deviation: number;
  readonly mean: number;
}

/** What a column says of each class. */
export type WitnessColumn =
  /** [classes] of the raw numbers. */
  | {
      readonly kind: 'normal';
      readonly column: string;
      readonly means: readonly number[];
      readonly deviations: readonly number[];
      /** Numbers outside are taken for the nearest of these two. */
      readonly low: number;
      readonly high: number;
    }
  | {
      readonly kind: 'shares';
      readonly column: string;
      /** Tests of which one holds for a row, or none: then the column says nothing. */
      readonly cells: readonly WitnessCell[];
    };

export interface WitnessCell {
  /** From this on, null: from the least on, and below that; of numbers. */
  readonly from?: number | null;
  readonly below?: number | null;
  /** Of levels. */
  readonly level?: string;
  /** [classes] share of the class's rows. */
  readonly shares: readonly number[];
}

/** Log prior plus power times the log probabilities of all columns, made probabilities by softmax. */
export interface WitnessesReading {
  readonly kind: 'witnesses';
  /** [classes] */
  readonly priors: readonly number[];
  readonly power: number;
  readonly columns: readonly WitnessColumn[];
}

/** [classes] probabilities, or [1] the value, for every row. */
export interface ConstantReading {
  readonly kind: 'constant';
  readonly prediction: readonly number[];
}

export type Reading = WeightsReading | TreeReading | RulesReading | WitnessesReading | ConstantReading;

/** How far the weights are known. */
export interface WeightErrors {
  /** [terms x scores, squared], the scores of a term next to each other; absent where none can be told honestly. */
  readonly covariance?: Float64Array;
  /** By which reckoning, or why there is none. */
  readonly words: string;
}

/** A column that the preparation made or changed. */
export interface MadeColumn {
  readonly column: string;
  /** The columns before the step that it is made of. */
  readonly of: readonly string[];
  /** 'income divided by age'; says it plainly where no unit of a raw column is left. */
  readonly words: string;
  /** It has the place of a raw column of the same name and grows with it. */
  readonly bent?: true;
}

/** A capability, asked for by `isReadable`, never by the learner's name: a person can follow the model by its reading alone. */
export interface Readable {
  reading(): Reading;
  /** The columns that the reading speaks of, made of raw ones. */
  readColumns(rows: Table): Table;
  /** Those of them that are not raw, in the order in which they were made. */
  madeColumns(): readonly MadeColumn[];
  /** Of weights, from the rows that the model was fitted on. */
  weightErrors?(train: Dataset, signal: AbortSignal): Promise<WeightErrors>;
}

export const isReadable = (predictor: Predictor): predictor is Predictor & Readable =>
  typeof (predictor as Partial<Readable>).reading === 'function';
