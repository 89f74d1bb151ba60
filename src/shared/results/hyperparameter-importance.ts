import type { Params } from '../space.ts';
import type { Interval } from './result.ts';

export const importanceMethods = ['fanova', 'ped-anova', 'local', 'tunability', 'ablation'] as const;
export type ImportanceMethod = (typeof importanceMethods)[number];

/** How much each hyperparameter matters for an objective. */
export interface HyperparameterImportance {
  readonly method: ImportanceMethod;
  /** Metric, or '0.3 x log_loss + 0.7 x energy'. */
  readonly objective: string;
  readonly parameters: readonly {
    readonly name: string;
    /** Share of what the method divides up (fanova, ped-anova, local: 0 to 1), or the gain in the objective's unit (tunability, ablation). */
    readonly importance: number;
    /** 90 % interval over trees or resamples of the trials. */
    readonly interval: Interval;
  }[];
  /** fanova: the strongest pairs. */
  readonly pairs?: readonly {
    readonly names: readonly [string, string];
    readonly importance: number;
    readonly interval: Interval;
  }[];
  /** ablation: one step a parameter that differs, in the order taken; `predicted` by the surrogate after the step. */
  readonly path?: readonly {
    readonly name: string;
    readonly from: Params[string] | null;
    readonly to: Params[string] | null;
    readonly predicted: number;
    readonly interval: Interval;
  }[];
  /** Finished trials that it was computed from. */
  readonly trials: number;
  /** How well the surrogate foretells trials that it was not fitted on; null where the method has none. */
  readonly fit: { readonly name: 'R2 on held-out trials'; readonly value: number } | null;
  /** What a reader must know before believing it: too few trials, a poor fit, trials all alike. */
  readonly warnings: readonly string[];
}
