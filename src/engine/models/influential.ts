import type { InfluenceWay } from '../../shared/results/influence.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Table } from '../data/table.ts';
import type { Predictor } from './predictor.ts';

/** Influence functions turn a matrix of all weights over: of at most so many. */
export const mostTracedWeights = 600;

export interface InfluenceSettings {
  /** Training rows that are looked at, at most; a seeded sample of more, and fewer where each takes long. */
  readonly mostRows: number;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** What each training row does to the prediction of one row, and to its own. Outputs are probabilities, or the value. */
export interface RowInfluences {
  /** Positions in the training part. */
  readonly rows: Uint32Array;
  /**
   * [rows x outputs] what the explained row's prediction has of each: as it is, minus without the row. By gradients: of steps whose length
   * nobody kept, so that only their shares can be read.
   */
  readonly pushes: Float64Array;
  /** Positions in the training part of the rows whose own predictions were looked at. */
  readonly ownRows: Uint32Array;
  /** [own rows x outputs] what is said of each without it; by gradients: with it. */
  readonly said: Float64Array;
  /** [own rows] by how much the loss of each (log loss, squared error) would be larger without it; by gradients: in steps, as the pushes. */
  readonly gains: Float64Array;
  /** What was taken for granted, in sentences. */
  readonly words: string;
  /**
   * The explained row's prediction by a model that was fitted without the row at this place of `rows`, and all else as it is; null where the
   * fit came to no end. Absent where that takes long, or where `pushes` are that already.
   */
  readonly refit?: (place: number) => Promise<Float64Array | null>;
}

/** A capability, asked for by `isInfluential`, never by the learner's name: what the model says can be traced back to its training rows. */
export interface Influential {
  readonly influenceWay: InfluenceWay;
  /**
   * @param train the rows that the model was fitted on; throws a UserError where they are others
   * @param row the one to explain
   */
  influences(train: Dataset, row: Table, settings: InfluenceSettings): Promise<RowInfluences>;
}

export const isInfluential = (predictor: Predictor): predictor is Predictor & Influential =>
  typeof (predictor as Partial<Influential>).influences === 'function';
