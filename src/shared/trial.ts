import type { Metrics } from './metrics.ts';
import type { EnergyReport } from './results/energy.ts';
import type { InfluenceWay } from './results/influence.ts';
import type { TrialFairness } from './results/trial-fairness.ts';
import type { Params, Value } from './space.ts';

export type TrialState = 'waiting' | 'running' | 'complete' | 'pruned' | 'failed';

/** Why a configuration was tried, recorded by the sampler when it was suggested; never simulated later. */
export interface Reason {
  readonly sampler: string;
  /** One sentence for people. */
  readonly words: string;
  /** 'promote': an earlier configuration goes on with more of the resource; 'imported': another program wrote down no reason. */
  readonly phase:
    | 'default'
    | 'enqueued'
    | 'start-up'
    | 'explore'
    | 'exploit'
    | 'mutate'
    | 'promote'
    | 'resume'
    | 'imported';
  /** Value of the acquisition function at the suggestion, in its own unit (TPE: log l - log g); higher is better. */
  readonly acquisition?: number;
  /** 'log expected improvement', 'log l - log g' */
  readonly acquisitionName?: string;
  /** What the sampler's model expected of the first objective, in its own unit, with the central 90 % interval of an observation. */
  readonly prediction?: { readonly value: number; readonly low: number; readonly high: number };
  /**
   * What each parameter's value adds to the prediction and to its uncertainty, against the same configuration with the best trial's
   * value there: `exploit` > 0 where the expected value is better for it, `explore` > 0 where more is unknown. In the unit of the first
   * objective (TPE: in log l and -log g).
   */
  readonly parameters?: readonly { readonly name: string; readonly exploit: number; readonly explore: number }[];
  /** The model that spoke: what it is, how many trials it was fitted on, and how well it foretells trials that it has not seen. */
  readonly surrogate?: {
    readonly name: string;
    readonly trials: number;
    readonly fit?: number;
    readonly fitName?: string;
  };
  /** The best candidates that were not taken. */
  readonly rejected?: readonly { readonly params: Params; readonly acquisition: number }[];
  /** Numbers of the earlier trials that spoke for and against. */
  readonly spokeFor?: readonly number[];
  readonly spokeAgainst?: readonly number[];
  /** Populations: the trials that it was made from, and which generation it belongs to. */
  readonly parents?: readonly number[];
  readonly generation?: number;
  /** Evolution: the trial whose graph and weights were inherited, and the step taken. */
  readonly parent?: number;
  readonly step?: string;
}

/** Why a trial was stopped before its end, recorded by the pruner when it decided. */
export interface Stop {
  readonly pruner: string;
  /** One sentence for people. */
  readonly words: string;
  readonly step: number;
  /** Its own standing at that step and what it had to reach, in the unit of the intermediate values. */
  readonly value: number;
  readonly threshold?: number;
  /** Numbers of the trials that it was compared with, the closest few. */
  readonly compared?: readonly number[];
  /** Learning-curve extrapolation: the chance that it would have become the best. */
  readonly probability?: number;
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
  /** How much of the study's resource it may use; absent where there is none to share out: all. */
  readonly fidelity?: number;
  /** The trial with the same configuration, at a lower fidelity, whose training may be gone on with. */
  readonly continues?: number;
  /** What the pruner saw when it stopped the trial. */
  readonly stopped?: Stop;
  /** Why it failed or was pruned, in words. */
  readonly message?: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly attributes: Readonly<Record<string, Value>>;
}

/** Whether a trial is complete, pruned or failed: nothing of it changes any more. */
export const isOver = ({ state }: { readonly state: TrialState }): boolean =>
  state !== 'waiting' && state !== 'running';

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
  /** How alike its predictions out of fold treat groups, one a constraint that bounds it. */
  readonly fairness?: readonly TrialFairness[];
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
  /** How much a person has to read to follow the model whole, of learners that are readable. */
  readonly reading?: {
    readonly unit: 'coefficients' | 'leaves' | 'rules' | 'graphs' | 'probabilities' | 'constant';
    readonly count: number;
  };
  /** Of models whose scores are sums of leaves of trees: whether each split asks for one raw column, or some for several at once. */
  readonly trees?: 'of raw columns' | 'of combined columns';
  /** Its predictions have slopes along columns of numbers; absent: they have none. */
  readonly gradients?: true;
  /** By which way its predictions are traced back to training rows; absent: by none. */
  readonly influence?: InfluenceWay;
  /** Its layers see places of pictures. */
  readonly places?: true;
  /** Models whose predictions it combines; absent where it is one. */
  readonly members?: number;
  /** One line: '2 hidden layers of 64, relu'. */
  readonly words: string;
}

/** A network as a graph of layers; drawn by the trial panel, searched by evolution. */
export interface NetworkGraph {
  readonly nodes: readonly {
    readonly id: string;
    readonly type:
      | 'input'
      | 'embedding'
      | 'dense'
      | 'convolution'
      | 'pool'
      | 'norm'
      | 'activation'
      | 'dropout'
      | 'reshape'
      | 'members'
      | 'sum'
      | 'join'
      | 'output';
    readonly label: string;
    /** Units that leave the layer. */
    readonly units: number;
    readonly parameters: number;
  }[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}
