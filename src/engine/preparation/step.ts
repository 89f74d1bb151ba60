import type { DatasetInfo } from '../../shared/dataset.ts';
import type { Parameter, Params, Value } from '../../shared/space.ts';
import type { Target } from '../data/dataset.ts';
import type { Table } from '../data/table.ts';
import type { LearnerTags } from '../learners/learner.ts';
import type { MadeColumn } from '../models/readable.ts';
import type { Random } from '../random.ts';

/** What a learner needs of its table, as its tags say it. */
export type Need = Exclude<NonNullable<LearnerTags['preparation']>, 'none'>;

/** A hyperparameter of a step. */
export interface StepParameter extends Parameter {
  /** Its value in a learner's default configuration, and where it is not searched. */
  readonly initial: Value;
  /** Worth a dimension of every search; the others exist for a person who names them. */
  readonly searched: boolean;
}

/** The training rows, and nothing else: what judges a model must not be seen by what it is fed with. */
export interface LearningRows {
  readonly features: Table;
  readonly target: Target;
  readonly need: Need;
  readonly random: Random;
}

export interface Learnt<State> {
  /** JSON-able; no NaN, no infinity. */
  readonly state: State;
  /** What is done, for people: 'dates taken apart'. */
  readonly words: string;
  /** The training rows as the learner shall see them, where that is not what `apply` makes of them. */
  readonly train?: Table;
}

/** Gradients by the numeric columns of a table, by name: each [rows], 0 where a column is not among them. */
export type ColumnGradients = ReadonlyMap<string, Float64Array>;

/** A learnt step. Row by row: what becomes of a row does not depend on the others. */
export interface Transform {
  apply(table: Table): Table;
  /** Chain rule from the columns after the step to those before it; absent where columns that stay are unchanged. */
  gradientBefore?(before: Table, after: ColumnGradients): ColumnGradients;
  /** The columns that it makes or changes, for who reads a model; absent where those that stay are unchanged. */
  made?(): readonly MadeColumn[];
}

/**
 * One thing that can be done to a table before a learner sees it. Stateless: all that is learnt is in the state. Takes missing
 * values everywhere, unseen levels, empty tables and numbers of any size; does not depend on the order of columns or the coding of levels.
 */
export interface Step<State> {
  readonly name: string;
  /** Those that mean something for such data. */
  parameters(info: DatasetInfo, need: Need): readonly StepParameter[];
  /** Null where there is nothing to do. `params` has a value for each of the parameters. */
  learn(rows: LearningRows, params: Params): Learnt<State> | null;
  restore(state: State): Transform;
}

/** A choice among named ways, the first of which is usual. */
export const choiceOf = (
  name: string,
  choices: readonly string[],
  initial: string,
  searched: boolean,
): StepParameter => ({
  name,
  distribution: { type: 'categorical', choices },
  initial,
  searched,
});
