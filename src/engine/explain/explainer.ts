import type { Question, Result } from '../../shared/results/result.ts';
import type { ModelFacts } from '../../shared/trial.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Predictor } from '../models/predictor.ts';

/** What an explanation may look at. `evaluation` is the part that the model was not fitted on. */
export interface ExplainData {
  readonly train: Dataset;
  readonly evaluation: Dataset;
  readonly part: 'validation' | 'test';
}

export interface ExplainOptions {
  readonly seed: number;
  /** Position in `evaluation` of the row to explain, for techniques about one row. */
  readonly row?: number;
}

export interface Explainer<O extends ExplainOptions, R extends Result> {
  readonly kind: R['kind'];
  readonly question: Question;
  /** 'one row' techniques are run for chosen rows, 'model' ones once. */
  readonly scope: 'model' | 'one row';
  /** Only for models that a person reads in this unit; absent: for all. */
  readonly reads?: NonNullable<ModelFacts['reading']>['unit'];
  /** Progress from 0 to 1. Throws an AbortError on the signal. */
  explain(
    predictor: Predictor,
    data: ExplainData,
    options: O,
    progress: (share: number) => void,
    signal: AbortSignal,
  ): Promise<R>;
}
