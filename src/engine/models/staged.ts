import type { Table } from '../data/table.ts';
import type { Predictor } from './predictor.ts';
import type { MadeColumn } from './readable.ts';

/** A table before and after one step of a pipeline. */
export interface Stage {
  /** As the pipeline names its step; 'inputs': what the learner itself makes of a table. */
  readonly name: string;
  readonly before: Table;
  /** The same rows, in the same order. */
  readonly after: Table;
  /** The columns that it makes or changes, as far as it says so. */
  readonly made: readonly MadeColumn[];
}

/** A capability, asked for by `isStaged`, never by the learner's name: the model shows what becomes of raw rows on their way through it. */
export interface Staged {
  /** In the order in which the steps are taken. */
  stages(rows: Table): readonly Stage[];
}

export const isStaged = (predictor: Predictor): predictor is Predictor & Staged =>
  typeof (predictor as Partial<Staged>).stages === 'function';
