import type { HyperparameterImportance, ImportanceMethod } from '../../../shared/results/hyperparameter-importance.ts';
import type { Random } from '../../random.ts';
import type { Judgement } from '../analysis/judged-trials.ts';
import type { StudyView } from '../study-view.ts';

export interface ImportanceOptions extends Judgement {
  /** The trial that it speaks of where the method is local, or begins from; default: the best (local), the default configuration (others). */
  readonly trial?: number;
}

/** Says how much each hyperparameter matters, from a study's finished trials alone. */
export interface Importance {
  readonly name: ImportanceMethod;
  /** 'functional ANOVA' */
  readonly title: string;
  /**
   * Throws UserErrors `search-too-few` where the trials cannot say anything at all (fewer than 4 complete ones),
   * `objective-unknown`, and `importance-trial` where the trial that it is to speak of is not among them.
   */
  compute(study: StudyView, options: ImportanceOptions, random: Random): HyperparameterImportance;
}
