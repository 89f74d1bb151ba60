import type { HyperparameterImportance } from '../../../shared/results/hyperparameter-importance.ts';
import type { Random } from '../../random.ts';
import type { StudyView } from '../study-view.ts';

export interface ImportanceOptions {
  /** Index of the objective that is explained; default: 0. */
  readonly objective?: number;
  /** Weights of the objectives instead, each scaled to [0, 1] over the trials: one point along the Pareto front. */
  readonly weights?: readonly number[];
  /** The configuration that it speaks of, where the method is local or begins at one; default: the best trial. */
  readonly trial?: number;
  readonly signal?: AbortSignal;
}

/** Says how much each hyperparameter matters, from a study's finished trials alone. */
export interface Importance {
  readonly name: HyperparameterImportance['method'];
  /** 'functional ANOVA' */
  readonly title: string;
  /** Throws a UserError `importance-too-few` where the trials cannot say anything at all (fewer than 4 complete ones). */
  compute(study: StudyView, options: ImportanceOptions, random: Random): HyperparameterImportance;
}
