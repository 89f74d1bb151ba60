import type { Metrics } from './metrics.ts';
import type { EnergyReport } from './results/energy.ts';
import type { Params, Value } from './space.ts';

export type TrialState = 'waiting' | 'running' | 'complete' | 'pruned' | 'failed';

/** Why a configuration was tried, recorded by the sampler when it was suggested; never simulated later. */
export interface Reason {
  readonly sampler: string;
  /** One sentence for people. */
  readonly words: string;
  readonly phase: 'default' | 'enqueued' | 'start-up' | 'explore' | 'exploit' | 'mutate' | 'resume';
  /** Value of the acquisition function at the suggestion, in its own unit (TPE: log l - log g). */
  readonly acquisition?: number;
  readonly prediction?: { readonly value: number; readonly low: number; readonly high: number };
  /** The best candidates that were not taken. */
  readonly rejected?: readonly { readonly params: Params; readonly acquisition: number }[];
  /** Numbers of the earlier trials that spoke for and against. */
  readonly spokeFor?: readonly number[];
  readonly spokeAgainst?: readonly number[];
  /** Evolution: the trial whose graph and weights were inherited, and the step taken. */
  readonly parent?: number;
  readonly step?: string;
}

export interface Intermediate {
  /** Resource used so far: folds finished, or rounds / epochs where there is one split. */
  readonly step: number;
  readonly value: number;
}

/** A trial as it stands: a snapshot, safe to keep. */
export interface Trial {
  readonly number: number;
  readonly state: TrialState;
  readonly params: Params;
  readonly why: Reason;
  /** One value an objective, in the study's order; absent until the trial is complete. */
  readonly values?: readonly number[];
  /** One value a constraint, feasible when <= 0. */
  readonly constraints?: readonly number[];
  readonly intermediate: readonly Intermediate[];
  /** Why it failed or was pruned, in words. */
  readonly message?: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly attributes: Readonly<Record<string, Value>>;
}

/** What a person sees of a trial of an experiment. */
export interface TrialRecord extends Trial {
  readonly id: string;
  readonly learner: string;
  /** Validation metrics, mean over folds. */
  readonly metrics: Metrics;
  /** One row a fold. */
  readonly foldMetrics: readonly Metrics[];
  /** Set only for the trial(s) that were scored once on the test part after the search ended. */
  readonly testMetrics?: Metrics;
  readonly energy?: EnergyReport;
  readonly model?: ModelFacts;
  /** Layers of the network, where the learner has them. */
  readonly graph?: NetworkGraph;
}

export interface ModelFacts {
  /** Fitted numbers: weights, leaves, stored rows x columns. */
  readonly parameters: number;
  readonly bytes: number;
  /** Rounds or epochs that early stopping chose. */
  readonly resource?: { readonly name: 'rounds' | 'epochs'; readonly best: number };
  /** One line: '2 hidden layers of 64, relu'. */
  readonly words: string;
}

/** A network as a graph of layers; drawn by the trial panel, searched by evolution. */
export interface NetworkGraph {
  readonly nodes: readonly {
    readonly id: string;
    readonly type: 'input' | 'dense' | 'activation' | 'dropout' | 'output';
    readonly label: string;
    /** Units that leave the layer. */
    readonly units: number;
    readonly parameters: number;
  }[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}
