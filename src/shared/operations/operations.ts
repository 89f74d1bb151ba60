import { z } from 'zod';
import type { ColumnInfo } from '../dataset.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { DataFindings } from '../results/data-findings.ts';
import type { DoctorReport } from '../results/doctor.ts';
import { explanationKinds, type Technique } from '../results/explanation.ts';
import type { Result } from '../results/result.ts';
import type { RobustnessReport } from '../results/robustness.ts';
import type { EnsembleDetail, StudyEnergy, StudySnapshot, TrialDetail } from '../results/study.ts';
import type { Parameter, Params, Space } from '../space.ts';
import type { Task } from '../task.ts';
import type { TrialRecord } from '../trial.ts';
import { cohortOperations } from './cohort-operations.ts';
import { cohortInput } from './cohort-schema.ts';
import { editNameInput, editOperations } from './edit-operations.ts';
import { importOperations } from './import-operations.ts';
import { modelOperations } from './model-operations.ts';
import { operation } from './operation.ts';
import { reportOperations } from './report-operations.ts';
import { searchOperations } from './search-operations.ts';
import { whatIfOperations } from './what-if-operations.ts';

const file = z.string().describe('Absolute path of the experiment file.');
const trial = z
  .union([z.literal(['best', 'readable']), z.number().int().min(0)])
  .describe("'best', 'readable' (of the final models) or a trial's number.");
const model = z
  .union([z.literal(['auto', 'best', 'ensemble', 'readable']), z.number().int().min(0), editNameInput])
  .describe(
    "'ensemble', 'best' or 'readable' of the final models, a trial's number, or an edited model such as 'edit-1'; 'auto': the ensemble, or else the best.",
  );
const analysed = z
  .union([z.literal(['best', 'ensemble', 'readable']), z.number().int().min(0)])
  .describe("'best', 'ensemble' or 'readable' of the final models, or a trial's number.");
const coverage = z
  .literal([0.8, 0.9, 0.95, 0.99])
  .nullable()
  .default(null)
  .describe('Share of rows whose truth a further column, a set of classes or an interval, is to hold.');
/** Already checked by src/language; the engine only trusts its shape. */
const experiment = z.custom<Experiment>((given) => typeof given === 'object' && given !== null && 'file' in given);

export interface DataInspection {
  readonly path: string;
  readonly rowCount: number;
  readonly columns: readonly ColumnInfo[];
  readonly suggestedTarget?: { readonly column: string; readonly task: Task; readonly reason: string };
  readonly notes: readonly string[];
}

export interface LearnerEntry {
  readonly name: string;
  readonly title: string;
  readonly tasks: readonly string[];
  readonly space: Space;
  /** Searched only where the file names them. */
  readonly optional?: readonly Parameter[];
  readonly defaults: Params;
}

export interface EngineStatus {
  readonly version: string;
  readonly pid: number;
  readonly node: string;
  readonly running: readonly string[];
}

export const operations = {
  'engine.status': operation<EngineStatus>()({
    name: 'engine.status',
    title: 'Engine status',
    cost: 'free',
    readOnly: true,
    words: 'Version, process and running experiments of the engine.',
    input: z.strictObject({}),
  }),
  'engine.catalog': operation<{ learners: readonly LearnerEntry[] }>()({
    name: 'engine.catalog',
    title: 'Learners',
    cost: 'free',
    readOnly: true,
    words: 'Every learner with its hyperparameters, for completion and checks.',
    input: z.strictObject({}),
  }),
  'engine.techniques': operation<{ techniques: readonly Technique[] }>()({
    name: 'engine.techniques',
    title: 'Explanation techniques',
    cost: 'free',
    readOnly: true,
    words: 'Every explanation technique with its options.',
    input: z.strictObject({}),
  }),
  'engine.doctor': operation<DoctorReport>()({
    name: 'engine.doctor',
    title: 'Doctor',
    cost: 'costly',
    readOnly: true,
    words:
      'What this machine gives to work with: which backend networks train on and why, and what a faster one needs.',
    input: z.strictObject({
      folder: z.string().describe('Absolute path of the folder that experiments are kept in.'),
      probe: z.boolean().default(true).describe('Start every backend that is found, which runs their native code.'),
    }),
  }),
  'data.inspect': operation<DataInspection>()({
    name: 'data.inspect',
    title: 'Inspect data',
    cost: 'costly',
    readOnly: true,
    words: 'Columns of a data file with their types, each with the reason, and a target that suits.',
    input: z.strictObject({ path: z.string() }),
  }),
  'data.check': operation<DataFindings>()({
    name: 'data.check',
    title: 'Check data',
    cost: 'costly',
    readOnly: true,
    words:
      'Looks for what is wrong with the data of an experiment: leakage, identifiers, shared, repeated and conflicting rows, drift, groups, wrong labels.',
    input: z.strictObject({
      experiment,
      checks: z.array(z.string()).min(1).optional().describe('Names of checks; default: all.'),
      seconds: z.number().gt(0).default(60).describe('After so long it gives back what it knows.'),
    }),
  }),
  'experiment.check': operation<{ notes: readonly string[] }>()({
    name: 'experiment.check',
    title: 'Check experiment',
    cost: 'costly',
    readOnly: true,
    words: 'Loads and parts the data as a run would, without running; fails with what a run would refuse.',
    input: z.strictObject({ experiment }),
  }),
  'run.start': operation<{ file: string }>()({
    name: 'run.start',
    title: 'Run',
    cost: 'costly',
    readOnly: false,
    words:
      'Starts or goes on with the search; answers once it is under way. Follow it by study.changed and study.show.',
    input: z.strictObject({
      experiment,
      fresh: z.boolean().default(false).describe('Begin a new study instead of going on.'),
    }),
  }),
  'run.stop': operation<{ stopped: boolean }>()({
    name: 'run.stop',
    title: 'Stop',
    cost: 'free',
    readOnly: false,
    words:
      'Stops the search; running trials end, finished ones stay. Final models and analyses that take a few seconds are still made, unless they are skipped.',
    input: z.strictObject({
      file,
      why: z.string().default('Stopped by the person.').describe('What the run says of it, a sentence.'),
      skip: z
        .boolean()
        .default(false)
        .describe('Skips final models and analyses too, or what of them is not made yet.'),
    }),
  }),
  'run.wait': operation<StudySnapshot>()({
    name: 'run.wait',
    title: 'Wait',
    cost: 'costly',
    readOnly: true,
    words: 'Answers when the run of this experiment has ended.',
    input: z.strictObject({ file }),
  }),
  'study.show': operation<StudySnapshot>()({
    name: 'study.show',
    title: 'Show study',
    cost: 'free',
    readOnly: true,
    words: 'The whole dashboard: run state, budget, best so far, leaderboard.',
    input: z.strictObject({ file }),
  }),
  'study.energy': operation<StudyEnergy>()({
    name: 'study.energy',
    title: 'Show cost',
    cost: 'free',
    readOnly: true,
    words: 'Energy, CO2e and cost of the study, by learner and by trial, with the method.',
    input: z.strictObject({ file }),
  }),
  'study.report': operation<{ path: string; bytes: number; leftOut: readonly string[] }>()({
    name: 'study.report',
    title: 'Report',
    cost: 'costly',
    readOnly: false,
    words: 'Writes the self-contained HTML page.',
    input: z.strictObject({
      file,
      output: z.string().optional().describe('Default: report.html in .vitrine/reports.'),
    }),
  }),
  'trials.list': operation<{ total: number; trials: readonly TrialRecord[] }>()({
    name: 'trials.list',
    title: 'Trials',
    cost: 'free',
    readOnly: true,
    words: 'Trials, a page at a time.',
    input: z.strictObject({
      file,
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(10_000).default(100),
      sort: z.enum(['number', 'value']).default('number'),
    }),
  }),
  'trial.show': operation<TrialDetail>()({
    name: 'trial.show',
    title: 'Show trial',
    cost: 'free',
    readOnly: true,
    words: 'One trial with every analysis done so far.',
    input: z.strictObject({ file, trial }),
  }),
  'ensemble.show': operation<EnsembleDetail>()({
    name: 'ensemble.show',
    title: 'Show ensemble',
    cost: 'free',
    readOnly: true,
    words: 'What the ensemble is made of, with every analysis of it done so far.',
    input: z.strictObject({ file }),
  }),
  'trial.explain': operation<{
    results: readonly Result[];
    failures: readonly { readonly kind: string; readonly words: string }[];
  }>()({
    name: 'trial.explain',
    title: 'Explain trial',
    cost: 'costly',
    readOnly: false,
    words:
      'Explains a trial, the ensemble, the best readable model or an edited one: which columns matter, why one prediction, and more.',
    input: z.strictObject({
      file,
      trial: z.union([analysed, editNameInput]),
      kind: z
        .enum([...explanationKinds, 'cheap', 'all'])
        .default('cheap')
        .describe('One technique, all that suit the model, or those of them that are cheap.'),
      row: z.number().int().min(0).optional().describe('Row of the validation part; default: the most uncertain one.'),
      ...cohortInput,
      options: z.record(z.string(), z.json()).optional().describe("The technique's own options."),
      seconds: z.number().positive().optional().describe('After so long each gives back what it knows; default: 10.'),
      anew: z.boolean().optional().describe('Makes it anew where it is kept already.'),
    }),
  }),
  'trial.attack': operation<RobustnessReport>()({
    name: 'trial.attack',
    title: 'Attack trial',
    cost: 'costly',
    readOnly: false,
    words: 'Looks for small valid edits that flip predictions.',
    input: z.strictObject({ file, trial: analysed, ...cohortInput }),
  }),
  'trial.predict': operation<{ path: string; rows: number; model: string; notes: readonly string[] }>()({
    name: 'trial.predict',
    title: 'Predict',
    cost: 'costly',
    readOnly: false,
    words: 'Writes a CSV of predictions for a data file: prediction, then one probability a class.',
    input: z.strictObject({
      file,
      trial: model,
      data: z.string(),
      output: z.string(),
      coverage,
    }),
  }),
  'trial.export': operation<{ path: string; bytes: number; model: string; notes: readonly string[] }>()({
    name: 'trial.export',
    title: 'Export model',
    cost: 'free',
    readOnly: false,
    words:
      'Writes the fitted pipeline as one JSON bundle, or as an ONNX graph where the name of the output ends in .onnx.',
    input: z.strictObject({ file, trial: model, output: z.string() }),
  }),
  'model.predict': operation<{ path: string; rows: number; model: string; notes: readonly string[] }>()({
    name: 'model.predict',
    title: 'Predict with a saved model',
    cost: 'costly',
    readOnly: false,
    words: 'Writes a CSV of predictions for a data file by an exported bundle, without its study.',
    input: z.strictObject({
      model: z.string().describe('Path of the bundle, a file or a folder.'),
      data: z.string(),
      output: z.string(),
      coverage,
    }),
  }),
  ...cohortOperations,
  ...reportOperations,
  ...modelOperations,
  ...editOperations,
  ...whatIfOperations,
  ...searchOperations,
  ...importOperations,
} as const;

export type OperationName = keyof typeof operations;
export type Input<N extends OperationName> = z.input<(typeof operations)[N]['input']>;
export type CheckedInput<N extends OperationName> = z.output<(typeof operations)[N]['input']>;
export type Output<N extends OperationName> = NonNullable<(typeof operations)[N]['output']>;

/** Told by the engine to every client, without an answer. */
export interface Notifications {
  /** Something about the study differs; a client that shows it asks for study.show again. */
  'study.changed': { readonly file: string; readonly sequence: number };
  progress: { readonly token: string; readonly share: number; readonly words: string };
}
