import type { Params, Value } from '../space.ts';
import type { Interval } from './result.ts';
import type { SearchBasis } from './search-basis.ts';

export const importanceMethods = ['fanova', 'ped-anova', 'local', 'tunability', 'ablation'] as const;
export type ImportanceMethod = (typeof importanceMethods)[number];

export interface ParameterImportance {
  readonly name: string;
  /** A share from 0 to 1, or a gain in the objective's unit that is better the larger it is; see `unit`. */
  readonly importance: number;
  /** 90 % interval over trees or resamples of the trials. */
  readonly interval: Interval;
  /** Share of the trials in which the parameter exists; it is judged by those. */
  readonly active: number;
}

/** How much each hyperparameter matters for an objective. */
export interface HyperparameterImportance extends SearchBasis {
  readonly kind: 'hyperparameter-importance';
  readonly method: ImportanceMethod;
  /** 'functional ANOVA' */
  readonly title: string;
  /** 'share': of what the method divides up (fanova, ped-anova, local). 'gain': in the objective's unit (tunability, ablation). */
  readonly unit: 'share' | 'gain';
  /** Most important first; every parameter of the space that the trials tell anything of. */
  readonly parameters: readonly ParameterImportance[];
  /** fanova: the strongest pairs, what both do together beyond what each does alone. */
  readonly pairs?: readonly {
    readonly names: readonly [string, string];
    readonly importance: number;
    readonly interval: Interval;
  }[];
  /** local: the trial it is around. tunability: the one that is tuned from. ablation: where the path begins. */
  readonly from?: PredictedTrial;
  /** ablation: where the path ends. */
  readonly to?: PredictedTrial;
  /** ablation: one step for each parameter that differs, in the order taken; `predicted` after the step. */
  readonly path?: readonly AblationStep[];
}

export interface AblationStep {
  readonly name: string;
  /** null: it does not exist before (or after) the step. */
  readonly from: Value | null;
  readonly to: Value | null;
  /** By the surrogate after the step, in the objective's own unit. */
  readonly predicted: number;
  readonly interval: Interval;
}

/** A configuration with what the surrogate says of it, in the objective's own unit. */
export interface PredictedTrial {
  readonly trial: number;
  readonly params: Params;
  readonly predicted: number;
  readonly interval: Interval;
}

/** Importance along the Pareto front of two objectives: of their weighted sum, each scaled to [0, 1] over the trials. */
export interface ImportanceAlongFront {
  readonly kind: 'importance-along-front';
  readonly method: ImportanceMethod;
  readonly objectives: readonly [string, string];
  /** By the weight of the second objective, from 0 (only the first counts) to 1. */
  readonly points: readonly {
    readonly weight: number;
    /** The trial with the best weighted sum. */
    readonly best: number;
    readonly importance: HyperparameterImportance;
  }[];
  /** The Pareto front, by the first objective. */
  readonly front: readonly { readonly trial: number; readonly values: readonly [number, number] }[];
  readonly warnings: readonly string[];
}
