import type { AdditiveTerm } from '../../shared/results/additive-terms.ts';
import type { Table } from '../data/table.ts';
import type { Predictor } from './predictor.ts';

/** What an additive model is made of: its scores are the intercept plus one cell of every term. */
export interface AdditiveParts {
  /** One a score. */
  readonly intercept: readonly number[];
  /** The class that a score speaks for: of two classes the second one alone (log odds), of several each (softmax); none for values. */
  readonly classes?: readonly string[];
  /** Fits whose mean the terms are; their errors are standard deviations over them. */
  readonly bags: number;
  /** Most important first. */
  readonly terms: readonly AdditiveTerm[];
}

/** A capability, asked for by `isAdditive`, never by the learner's name: the model is its graphs. */
export interface Additive {
  parts(): AdditiveParts;
  /** The columns that the terms speak of, made of raw ones. */
  termColumns(rows: Table): Table;
}

export const isAdditive = (predictor: Predictor): predictor is Predictor & Additive =>
  typeof (predictor as Partial<Additive>).parts === 'function';
