import type { BackendFailure, BackendName } from '../../shared/backend.ts';
import type { CohortCondition } from '../../shared/cohort/cohort.ts';
import type { Experiment } from '../../shared/experiment/experiment.ts';
import type { Place } from '../../shared/faults.ts';
import type { MetricName, Metrics } from '../../shared/metrics.ts';
import type { ModelEdit } from '../../shared/model-edit.ts';
import type { AwesomeResults } from '../../shared/results/awesome-results.ts';
import type { CohortRows } from '../../shared/results/cohort-rows.ts';
import type { DataFindings } from '../../shared/results/data-findings.ts';
import type { DecisionGain, EnsembleMember, GroupDecisionCost } from '../../shared/results/final-models.ts';
import type { ModelComparison } from '../../shared/results/model-comparison.ts';
import type { ModelCorrelation } from '../../shared/results/model-correlation.ts';
import type { EditedModel, ModelEditing } from '../../shared/results/model-editing.ts';
import type { Result } from '../../shared/results/result.ts';
import type { RobustnessReport } from '../../shared/results/robustness.ts';
import type { StepsReport } from '../../shared/results/steps.ts';
import type { TrialFairness } from '../../shared/results/trial-fairness.ts';
import type { Params } from '../../shared/space.ts';
import type { ModelFacts, NetworkGraph } from '../../shared/trial.ts';
import type { Validation } from '../data/splits/split.ts';
import type { CoverageLevel } from '../ensembles/coverage.ts';
import type { FoldScores } from '../explain/comparison/fold-difference.ts';
import type { WhatIfWishes, whatIf } from '../explain/what-if/what-if.ts';
import type { BackendProbe } from '../networks/backends/backend.ts';
import type { AnalysedStudy } from '../search/analysis/analysed-study.ts';
import type { Analyses, AnalysisName, AnalysisRequest } from '../search/analysis/analyses.ts';
import type { BackendPlan } from './backend-plan.ts';
import type { CostlyMetric } from './costly-metrics.ts';
import type { FairnessWishes } from './fairness-wishes.ts';
import type { TrialFolder } from './judged-model.ts';
import type { TestScore } from './score-once.ts';
import type { Fidelity } from './shared-resource.ts';

/** The rows a worker may see and how they are folded. The snapshot never holds the test part. */
export interface DevelopmentData {
  readonly snapshot: string;
  readonly validation: Validation;
  readonly splitSeed: number;
}

/** How penalties are tuned while a learner that can fits. */
export type Hypergradients = Experiment['search']['hypergradients'];

/** Fits one configuration on every fold. */
export interface TrialJob {
  readonly kind: 'trial';
  readonly data: DevelopmentData;
  readonly learner: string;
  readonly params: Params;
  readonly seed: number;
  /** First objective where it can be watched fold by fold. */
  readonly watch: MetricName | null;
  readonly hypergradients: Hypergradients;
  /** How much of the shared-out resource it may use; null: all. */
  readonly fidelity: Fidelity | null;
  /** How alike it is to treat groups, measured out of fold. */
  readonly fairness: FairnessWishes;
  /** Metrics beyond the usual ones, measured on the first fold. */
  readonly costly: readonly CostlyMetric[];
  /** Where the first fold's model is kept, to be explained and attacked on rows it was not fitted on. */
  readonly modelFolder: string;
  /** Keeps the other folds' models as well, beside it: a child may inherit their weights. */
  readonly keepsFolds: boolean;
  /** The kept models of the trial whose weights are inherited, each for its own fold. */
  readonly parentFolder: string | null;
  /** Until the time budget ends; null where time does not limit the search. */
  readonly secondsLeft: number | null;
}

export interface TrialAnswer {
  readonly metrics: Metrics;
  readonly foldMetrics: readonly Metrics[];
  /** Absent where a program of the person's did the fitting. */
  /** One a constraint of fairness. */
  readonly fairness?: readonly TrialFairness[];
  readonly model?: ModelFacts;
  readonly graph?: NetworkGraph;
  /** Why the search stopped it early, when it did. */
  readonly pruned?: string;
  /** How its training was ended early for want of time, when it was; the model is the best until then. */
  readonly shortened?: string;
}

/** Fits the winner on all development rows and, at last, looks at the test part. */
export interface RefitJob {
  readonly kind: 'refit';
  readonly data: DevelopmentData;
  readonly learner: string;
  readonly params: Params;
  readonly seed: number;
  readonly resource: number | null;
  readonly hypergradients: Hypergradients;
  readonly fairness: FairnessWishes;
  /** Where the trial's own models are, and what they predicted out of fold. */
  readonly trialFolder: string;
  /** What labels are decided for: the first objective. */
  readonly metric: string;
  readonly modelFolder: string;
  readonly testSnapshot: string | null;
}

export interface RefitAnswer extends TestScore {
  readonly model: ModelFacts;
  readonly decision?: DecisionGain;
}

/** A finished trial that may become a member of the ensemble. */
export interface EnsembleCandidate {
  readonly trial: number;
  readonly learner: string;
  readonly modelFolder: string;
}

/** Chooses an ensemble from trials by their predictions out of fold, keeps it as one model, and at last looks at the test part. */
export interface EnsembleJob {
  readonly kind: 'ensemble';
  readonly data: DevelopmentData;
  /** Best first. */
  readonly candidates: readonly EnsembleCandidate[];
  /** What it is chosen by: the first objective, or what trains where that is no metric of predictions. */
  readonly metric: MetricName;
  readonly fairness: FairnessWishes;
  readonly seed: number;
  readonly modelFolder: string;
  readonly testSnapshot: string | null;
}

export interface EnsembleAnswer extends TestScore {
  readonly members: readonly EnsembleMember[];
  /** Mean over the folds, with the calibration where there is one. */
  readonly metrics: Metrics;
  readonly model: ModelFacts;
  /** A weighted mean, or a second layer of stacking. */
  readonly combination: 'mean' | 'stack';
  readonly calibration?: string;
  readonly decision?: DecisionGain;
  readonly groupDecision?: GroupDecisionCost;
  readonly fairness?: readonly TrialFairness[];
}

export interface ExplainJob {
  readonly kind: 'explain';
  readonly data: DevelopmentData;
  readonly modelFolder: string;
  readonly technique: string;
  readonly sensitive: readonly string[];
  readonly seed: number;
  /** Position in the first fold's validation part; null: the most uncertain row. */
  readonly row: number | null;
  /** What holds of the rows that are looked at; null: all. */
  readonly cohort: readonly CohortCondition[] | null;
  /** The technique's own options, as they were asked for. */
  readonly options: Readonly<Record<string, unknown>>;
  /** After so long it gives back what it knows. */
  readonly seconds: number;
}

export interface AttackJob {
  readonly kind: 'attack';
  readonly data: DevelopmentData;
  readonly modelFolder: string;
  /** As of an explanation. */
  readonly cohort: readonly CohortCondition[] | null;
  readonly sensitive: readonly string[];
  readonly seed: number;
}

/** Looks for the rows of a cohort, and how well they are predicted. */
export interface CohortJob {
  readonly kind: 'cohort';
  readonly data: DevelopmentData;
  readonly modelFolder: string;
  readonly cohort: readonly CohortCondition[];
  readonly seed: number;
}

export interface PredictJob {
  readonly kind: 'predict';
  /** A bundle's folder or file. */
  readonly modelPath: string;
  readonly dataPath: string;
  readonly output: string;
  /** Share of rows whose truth a set of classes, or an interval, is to hold; null: none is written. */
  readonly coverage: CoverageLevel | null;
}

/** Two models on the rows of the first fold's validation part. */
export interface CompareJob {
  readonly kind: 'compare';
  readonly data: DevelopmentData;
  readonly modelFolders: { readonly first: string; readonly second: string };
  /** Of the ensemble, should one of them be it. */
  readonly members: readonly TrialFolder[];
  /** The objectives. */
  readonly metrics: readonly string[];
  /** What both scored fold by fold; null where one of them has no folds of its own. */
  readonly folds: FoldScores | null;
  readonly seed: number;
  /** After so long it gives back what it knows. */
  readonly seconds: number;
}

/** What a model says of a row as it is, and as somebody wants it to be. */
export interface WhatIfJob {
  readonly kind: 'what-if';
  readonly data: DevelopmentData;
  readonly modelFolder: string;
  /** The bundle that has the model's sets or intervals and its decision; null: none. */
  readonly promisesFolder: string | null;
  readonly sensitive: readonly string[];
  readonly seed: number;
  readonly wishes: WhatIfWishes;
}

/** What each step of a model's pipeline does to rows that it was not fitted on. */
export interface StepsJob {
  readonly kind: 'steps';
  readonly data: DevelopmentData;
  readonly modelFolder: string;
  readonly seed: number;
  /** Position in the first fold's validation part that is followed through the steps; null: none. */
  readonly row: number | null;
}

/** All models that predicted out of fold. */
export interface CorrelateJob {
  readonly kind: 'correlate';
  readonly data: DevelopmentData;
  /** Best first. */
  readonly candidates: readonly EnsembleCandidate[];
  /** Complete trials, those too that are no candidates. */
  readonly complete: number;
  /** Of the members of the ensemble. */
  readonly weights: readonly EnsembleMember[];
  readonly seed: number;
}

/** Writes a saved model as ONNX. */
export interface OnnxJob {
  readonly kind: 'onnx';
  readonly modelFolder: string;
  readonly output: string;
}

/** Runs a program of the person's with one configuration. */
export interface ScriptJob {
  readonly kind: 'script';
  readonly command: readonly string[];
  readonly cwd: string;
  readonly params: Params;
  /** Names of all parameters, those too that do not exist in this configuration. */
  readonly known: readonly string[];
  readonly resource: { readonly name: string; readonly amount: number } | null;
  readonly trial: number;
  readonly seed: number;
  /** The trial's own folder: its configuration, its log, and what the program leaves there. */
  readonly folder: string;
  /** Names of the objectives; the first is the one that steps report. */
  readonly objectives: readonly string[];
  readonly pruning: 'signal' | 'line';
  /** Between being asked to end and being ended. */
  readonly graceSeconds: number;
  readonly timeoutSeconds: number;
  readonly memoryBytes: number | null;
}

/** Starts a backend and trains on it for a moment: whether it runs here can be known only so, and it may end the worker. */
export interface BackendProbeJob {
  readonly kind: 'backend-probe';
  readonly backend: BackendName;
}

/** Looks for defects of the data before anything is fitted. */
export interface DataCheckJob {
  readonly kind: 'data-check';
  /** Snapshots of both parts; null: no rows are kept for a final score. */
  readonly development: string;
  readonly test: string | null;
  readonly testIsFile: boolean;
  readonly seed: number;
  /** Names; null: all. */
  readonly checks: readonly string[] | null;
  /** After so long it gives back what it knows. */
  readonly seconds: number;
}

/** Asks of a model that is all but right on rows that it has not seen what may have made it so. */
export interface DoubtJob {
  readonly kind: 'doubt';
  readonly data: DevelopmentData;
  readonly modelFolder: string;
  readonly test: string | null;
  readonly testIsFile: boolean;
  readonly seed: number;
  /** Growth of the loss when a column is shuffled, where that was measured. */
  readonly importances: readonly { readonly column: string; readonly loss: number }[];
  readonly seconds: number;
}

/** Where an edited model is kept. */
export interface KeptEdits {
  /** Of the first fold's model with the edits, and of the refitted one with them. */
  readonly folders: { readonly inspection: string; readonly final: string };
  /** The model refitted on all development rows; null where there is none. */
  readonly finalFolder: string | null;
  readonly testSnapshot: string | null;
  readonly note: string;
  readonly savedAt: string;
}

/** Changes a readable model by hand, and says what that does. */
export interface EditJob {
  readonly kind: 'edit';
  readonly data: DevelopmentData;
  readonly modelFolder: string;
  /** 'trial 12 (ebm)' */
  readonly words: string;
  readonly edits: readonly ModelEdit[];
  /** The study's first. */
  readonly objective: string;
  readonly sensitive: readonly string[];
  readonly seed: number;
  /** null: nothing is kept, and the test part is not looked at. */
  readonly keep: KeptEdits | null;
}

export interface EditAnswer {
  readonly editing: ModelEditing;
  readonly kept?: Pick<EditedModel, 'fitted' | 'originalHash' | 'facts' | 'test' | 'notes'>;
}

/** Learns something of a search from its trials. */
export interface SearchAnalysisJob {
  readonly kind: 'search-analysis';
  readonly study: AnalysedStudy;
  readonly request: AnalysisRequest;
}

export type Job =
  | TrialJob
  | ScriptJob
  | RefitJob
  | EnsembleJob
  | ExplainJob
  | AttackJob
  | CohortJob
  | PredictJob
  | WhatIfJob
  | StepsJob
  | CompareJob
  | CorrelateJob
  | OnnxJob
  | BackendProbeJob
  | DataCheckJob
  | DoubtJob
  | EditJob
  | SearchAnalysisJob;

/** What each kind of job is answered with. */
export interface Answers {
  trial: TrialAnswer;
  script: TrialAnswer;
  refit: RefitAnswer;
  ensemble: EnsembleAnswer;
  explain: Result;
  attack: RobustnessReport;
  cohort: CohortRows;
  predict: { readonly path: string; readonly rows: number; readonly notes: readonly string[] };
  compare: Omit<ModelComparison, 'first' | 'second'>;
  'what-if': Awaited<ReturnType<typeof whatIf>>;
  steps: Omit<StepsReport, 'model'>;
  correlate: ModelCorrelation;
  onnx: { readonly path: string; readonly bytes: number; readonly notes: readonly string[] };
  'backend-probe': BackendProbe;
  'data-check': DataFindings;
  /** null: the model is not as good as that. */
  doubt: { readonly awesome: AwesomeResults; readonly findings: DataFindings } | null;
  edit: EditAnswer;
  'search-analysis': Analyses[AnalysisName]['told'];
}

/** What a job used, measured by the worker itself. */
export interface Usage {
  readonly seconds: number;
  /** Null where programs did the work and the system does not tell what they used. */
  readonly cpuSeconds: number | null;
  readonly peakBytes: number;
}

export type ToWorker =
  | { readonly id: number; readonly job: Job; readonly backend: BackendPlan }
  | { readonly id: number; readonly decision: Decision }
  | { readonly id: number; readonly abort: true };

/** The search's answer to an intermediate value. */
export type Decision = { readonly prune: string | null };

export interface WorkerFault {
  readonly message: string;
  /** Set where the person can mend it. */
  readonly userCode?: string;
  readonly place?: Place;
  readonly advice?: string;
  readonly stack?: string;
  readonly aborted?: boolean;
  /** The backend for networks that would not start, and why. */
  readonly backend?: BackendFailure;
}

export type FromWorker =
  | { readonly ready: true }
  /** A value that is no finite number is written as text: JSON has none of them. */
  | { readonly id: number; readonly report: { readonly step: number; readonly value: number | string } }
  /** A program that leads a group of its own, to be ended should the worker die. */
  | { readonly id: number; readonly group: number }
  /** The job's networks are about to be computed on it, by native code that may end the worker. */
  | { readonly id: number; readonly backend: BackendName }
  | { readonly id: number; readonly progress: number }
  | { readonly id: number; readonly answer: Answers[keyof Answers]; readonly usage: Usage }
  | { readonly id: number; readonly fault: WorkerFault; readonly usage: Usage };
