import type { DatasetInfo } from '../../shared/dataset.ts';
import type { Question, Result } from '../../shared/results/result.ts';
import type { ModelFacts } from '../../shared/trial.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Predictor } from '../models/predictor.ts';
import type { OptionSchema } from './technique-options.ts';

/** Fits a model that others have to beat: one answer for all, or a tree of at most three questions a row. */
export type FitSimple = (
  name: 'constant' | 'tree',
  train: Dataset,
  seed: number,
  signal: AbortSignal,
) => Promise<Predictor>;

/** Undefined once `enough` says that there is no time for it. */
export type FitReweighted = (
  column: string,
  signal: AbortSignal,
  enough?: () => boolean,
) => Promise<Predictor | undefined>;

/** What an explanation may look at. `evaluation` is the part that the model was not fitted on. */
export interface ExplainData {
  readonly train: Dataset;
  readonly evaluation: Dataset;
  readonly part: 'validation' | 'test';
  /** Columns that the experiment says to watch; absent: none. They need not be among the features. */
  readonly sensitive?: readonly string[];
  /** Absent where there are no learners at hand. */
  readonly fitSimple?: FitSimple;
  /** Fits the model's learner anew on the training rows, weighted so that groups by a column and classes are independent; absent: it cannot be. */
  readonly fitReweighted?: FitReweighted;
}

export interface ExplainOptions {
  readonly seed: number;
  /** Position in `evaluation` of the row to explain, for techniques about one row. */
  readonly row?: number;
}

/** What is known of a model before it is loaded. */
export interface ExplainedModel {
  readonly learner: string;
  readonly facts: ModelFacts;
  readonly info: DatasetInfo;
}

export interface Explainer<O extends ExplainOptions, R extends Result> {
  readonly kind: R['kind'];
  /** 'Which columns matter': what it is called while it works, and above what it found. */
  readonly title: string;
  readonly question: Question;
  /** 'one row' techniques are run for chosen rows, 'model' ones once. */
  readonly scope: 'model' | 'one row';
  /** Cheap enough to be made at the end of every search; the others are made when somebody looks at them. */
  readonly byDefault: boolean;
  /** What may be set beside seed and row, each with its limits, its default and a sentence; a strict object. */
  readonly options: OptionSchema;
  /** Why it has nothing to say of such a model, and what would; undefined where it suits. Absent: it suits every model. */
  unsuited?(model: ExplainedModel): string | undefined;
  /** It looks into a column of this type, and has nothing to say where there is none. */
  readonly needs?: 'text' | 'image';
  /** Only for models that a person reads in one of these units; absent: for all. */
  readonly reads?: readonly NonNullable<ModelFacts['reading']>['unit'][];
  /** Of a technique about the whole model: rows of a cohort that it needs; default 10. */
  readonly fewestRows?: number;
  /**
   * Its result on some rows of the part, with positions in the whole part in place of those among these rows. Absent: it tells of no row
   * of the part by its position.
   * @param rows positions in the part, ascending
   */
  inPart?(result: R, rows: ArrayLike<number>): R;
  /**
   * Progress from 0 to 1. Throws an AbortError on the signal.
   * @param enough true once its time is used up or the person wants no more of it: what is known by then is given back, with
   *   `partial` saying what it rests on. Asked between pieces of work of a tenth of a second or so; absent: never
   */
  explain(
    predictor: Predictor,
    data: ExplainData,
    options: O,
    progress: (share: number) => void,
    signal: AbortSignal,
    enough?: () => boolean,
  ): Promise<R>;
}
