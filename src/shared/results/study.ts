import type { Candidate } from '../candidate.ts';
import type { DatasetInfo } from '../dataset.ts';
import type { Objective } from '../experiment/experiment.ts';
import type { Metrics } from '../metrics.ts';
import type { TrialRecord, TrialState } from '../trial.ts';
import type { AwesomeResults } from './awesome-results.ts';
import type { DataFindings } from './data-findings.ts';
import type { EnergyReport } from './energy.ts';
import type { Explanation, ExplanationKind, Technique } from './explanation.ts';
import type { FairnessFront } from './fairness-front.ts';
import type { EnsembleMember, FinalModel, FinalModels, FinalRole } from './final-models.ts';
import type { ImportanceMap } from './importance-map.ts';
import type { ModelCorrelation } from './model-correlation.ts';
import type { RobustnessReport } from './robustness.ts';
import type { SearchReport } from './search-record.ts';
import type { Verdict } from './verdict.ts';

/** 'interrupted': its engine ended without saying so; the next run goes on from there. 'imported': another program searched. */
export type RunState =
  | 'none'
  | 'imported'
  | 'preparing'
  | 'searching'
  | 'finishing'
  | 'finished'
  | 'stopped'
  | 'failed'
  | 'interrupted';

/** Final models and analyses of a run that is stopped may take so long: who stops a run waits for them. */
export const secondsAfterStop = 5;

/** How far one limit of the budget is used up. */
export interface BudgetMeter {
  readonly limit: 'time' | 'trials' | 'energy' | 'co2' | 'cost';
  readonly used: number | null;
  readonly allowed: number;
  /** '23 s of 40 s' */
  readonly words: string;
}

/** The best value of the first objective after each finished trial that improved it. */
export interface BestSoFar {
  readonly trial: number;
  readonly value: number;
  /** Seconds of search when it was told; null where another program did not write down when. */
  readonly seconds: number | null;
}

export interface LeaderboardRow {
  readonly trial: number;
  readonly learner: string;
  readonly state: TrialState;
  readonly values: readonly number[];
  readonly metrics: Metrics;
  readonly testMetrics?: Metrics;
  /** null where another program did not write it down. */
  readonly seconds: number | null;
  readonly wattHours: number | null;
  readonly onParetoFront: boolean;
  /** Constraints that it breaks, in words with what was measured: 'model_size <= 1MB, but 2.3MB'. */
  readonly broken: readonly string[];
  /** How much of the shared-out resource it had, in words; absent: all. */
  readonly fidelity?: string;
}

/** Everything the dashboard draws; small at any number of trials. A newer one has a higher sequence. */
export interface StudySnapshot {
  readonly file: string;
  readonly name: string;
  readonly sequence: number;
  readonly run: RunState;
  /** What is going on, or why it ended, in a sentence. */
  readonly message: string;
  readonly objectives: readonly Objective[];
  readonly data: DatasetInfo | null;
  readonly budget: readonly BudgetMeter[];
  readonly counts: Readonly<Record<TrialState, number>>;
  /** Downsampled to at most 500 points. */
  readonly bestSoFar: readonly BestSoFar[];
  /** Finished trials by number and first value, downsampled to at most 2,000. */
  readonly points: readonly { readonly trial: number; readonly value: number; readonly learner: string }[];
  /** Best first, at most 50. */
  readonly leaderboard: readonly LeaderboardRow[];
  /** What the search ended with: the ensemble, the best single and the best readable model; null before its end. */
  readonly finals: FinalModels | null;
  /** What treating groups alike costs over the trials so far, one a constraint that bounds it. */
  readonly fairness?: readonly FairnessFront[];
  /** null where no trial has finished, or none keeps every constraint. */
  readonly best: number | null;
  readonly energy: EnergyReport | null;
  /** The sampler and pruner in use and why. */
  readonly search: string;
  /** What its networks train on here, why, and what a faster backend would need; absent where no network was tried. */
  readonly training?: string;
  readonly notes: readonly string[];
  /** What the data checks found before the search, and where the results are too good to be true after it; absent before they were made. */
  readonly findings?: DataFindings;
  /** What may have made the best model all but right; absent where it is not. */
  readonly awesome?: AwesomeResults;
}

/** A model with every analysis done so far. */
export interface AnalysedModel {
  readonly file: string;
  readonly objectives: readonly Objective[];
  /** False where another program made the trial, or a script did: there is nothing to explain, attack or export. */
  readonly hasModel: boolean;
  /** Every explanation made so far. */
  readonly explanations: readonly Explanation[];
  /** What can be asked of it; none before it is complete. */
  readonly techniques: readonly Technique[];
  readonly robustness: RobustnessReport | null;
}

/** One trial with every analysis done so far. */
export interface TrialDetail extends AnalysedModel {
  readonly trial: TrialRecord;
  readonly isBest: boolean;
  /** Which of the final models it is; absent where it is none. */
  readonly roles?: readonly FinalRole[];
}

/** A member with what it is worth alone and what it cost. */
export interface EnsemblePart extends EnsembleMember {
  /** Validation metrics, mean over folds. */
  readonly metrics: Metrics;
  /** null where it was not measured. */
  readonly seconds: number | null;
  readonly wattHours: number | null;
}

/** The ensemble with every analysis done so far. */
export interface EnsembleDetail extends AnalysedModel {
  readonly ensemble: FinalModel;
  /** The heaviest first. */
  readonly members: readonly EnsemblePart[];
}

export type ModelDetail = TrialDetail | EnsembleDetail;

export const isEnsemble = (detail: ModelDetail): detail is EnsembleDetail => 'ensemble' in detail;

export const candidateOf = (detail: ModelDetail): Candidate => (isEnsemble(detail) ? 'ensemble' : detail.trial.number);

export interface StudyEnergy {
  readonly total: EnergyReport | null;
  readonly byLearner: readonly {
    readonly learner: string;
    readonly trials: number;
    readonly wattHours: number | null;
    readonly seconds: number;
  }[];
  readonly byTrial: readonly {
    readonly trial: number;
    readonly learner: string;
    readonly wattHours: number | null;
    readonly seconds: number;
  }[];
  /** 'as much as driving 12 m by car' */
  readonly equivalents: readonly string[];
}

/** All models of a search at once. */
export interface SeveralModels {
  readonly correlation: ModelCorrelation;
  /** Of those of which it is kept; null where that is fewer than two. */
  readonly importances: ImportanceMap | null;
}

/** What the self-contained report page shows. */
export interface StudyReport {
  readonly version: 1;
  readonly madeAt: string;
  readonly snapshot: StudySnapshot;
  readonly energy: StudyEnergy;
  /** Best first. */
  readonly trials: readonly TrialDetail[];
  /** With the explanations that were made of it; null where the search left none. */
  readonly ensemble: EnsembleDetail | null;
  /** Why the search went this way; null where no trial has ended. */
  readonly search: SearchReport | null;
  /** All models at once; absent where there are no two of them. */
  readonly models?: SeveralModels;
  /** A line for every check of the data, the search and the models that it ends with. */
  readonly verdicts: readonly Verdict[];
  /** Explanations that are too large for the page. */
  readonly leftOut: readonly LeftOut[];
}

/** An explanation that the page tells in words alone. */
export interface LeftOut {
  readonly about: Candidate;
  readonly kind: ExplanationKind;
  readonly title: string;
  readonly bytes: number;
  readonly words: string;
}
