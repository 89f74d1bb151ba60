import type { Direction } from '../metrics.ts';
import type { Params, Value } from '../space.ts';
import type { Reason, Stop, TrialState } from '../trial.ts';

/** How two configurations differ in one parameter; null where it does not exist. */
export interface Difference {
  readonly name: string;
  readonly here: Value | null;
  readonly there: Value | null;
}

/** Another trial that had a part in this one, as the record names it. */
export interface Voice {
  readonly trial: number;
  readonly state: TrialState;
  /** First value, in the objective's own unit; null while it has none. */
  readonly value: number | null;
  /** Where it differs from this trial (`here`). */
  readonly differences: readonly Difference[];
}

/** Why a configuration was tried, and what came of it: from the sampler's and pruner's own record, nothing computed again. */
export interface SearchWhy {
  readonly kind: 'search-why';
  readonly trial: number;
  readonly state: TrialState;
  readonly params: Params;
  readonly objective: string;
  readonly direction: Direction;
  /** The sampler's record as it was written. */
  readonly reason: Reason;
  /** First value; null while it has none. */
  readonly value: number | null;
  /** Its place by the first objective among the complete feasible trials, 1 is best; null where it has none. */
  readonly rank: { readonly place: number; readonly of: number } | null;
  /** The best value among the trials that had ended when this one began; null for the first. */
  readonly bestBefore: { readonly trial: number; readonly value: number } | null;
  readonly spokeFor: readonly Voice[];
  readonly spokeAgainst: readonly Voice[];
  /** Populations and evolution: what it was made from. */
  readonly parents: readonly Voice[];
  /** The best candidates that were not taken, with their differences to what was (`here`); best first. */
  readonly rejected: readonly { readonly acquisition: number; readonly differences: readonly Difference[] }[];
  /** What each parameter's value adds to the prediction and to its uncertainty, the weightiest first. */
  readonly parameters: readonly {
    readonly name: string;
    readonly value: Value | null;
    readonly exploit: number;
    readonly explore: number;
  }[];
  /** What was foretold, and the truth once it is known. */
  readonly prediction: {
    readonly value: number;
    readonly low: number;
    readonly high: number;
    readonly measured: number | null;
    /** Whether the truth lies in the 90 % interval; null until it is known. */
    readonly inside: boolean | null;
  } | null;
  /** How much of the study's resource it got, where it is shared out. */
  readonly fidelity: { readonly amount: number; readonly of: number | null; readonly continues: Voice | null } | null;
  /** What the pruner saw when it stopped the trial. */
  readonly stopped: (Stop & { readonly comparedWith: readonly Voice[] }) | null;
  /** Why it failed or was pruned, in the trial's own words. */
  readonly message: string | null;
}
