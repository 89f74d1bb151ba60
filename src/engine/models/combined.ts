import type { Table } from '../data/table.ts';
import type { Prediction, Predictor } from './predictor.ts';

/** One of the models whose predictions are combined. */
export interface CombinedMember {
  readonly trial: number;
  readonly learner: string;
  /** How much it counts; those of all members sum to 1. */
  readonly share: number;
  predict(rows: Table): Promise<Prediction>;
}

/** A capability, asked for by `isCombined`, never by the learner's name: the model asks others and combines what they say. */
export interface Combined {
  readonly members: readonly CombinedMember[];
}

export const isCombined = (predictor: Predictor): predictor is Predictor & Combined =>
  Array.isArray((predictor as Partial<Combined>).members);
