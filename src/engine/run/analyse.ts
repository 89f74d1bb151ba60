import type { Experiment } from '../../shared/experiment/experiment.ts';
import { UserError } from '../../shared/faults.ts';
import type { Result } from '../../shared/results/result.ts';
import type { RobustnessReport } from '../../shared/results/robustness.ts';
import type { Explainer, ExplainOptions } from '../explain/explainer.ts';
import { explainers } from '../explain/registry.ts';
import { unsuitedWords } from '../explain/unsuited-words.ts';
import { isImported, type StoredTrial, type StudyRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { DevelopmentData, ExplainJob } from './job.ts';
import type { Pool } from './pool.ts';
import { findData, isOverTable } from './prepare-data.ts';
import { JobFailure } from './worker-process.ts';

export interface AnalysisContext {
  readonly pool: Pool;
  readonly signal: AbortSignal;
  /** As of a job. */
  readonly graceMilliseconds?: number;
  progress(share: number, words: string): void;
}

interface StudyInStore {
  readonly store: Store;
  readonly study: StudyRecord;
}

type AnyExplainer = Pick<Explainer<ExplainOptions, Result>, 'kind' | 'title' | 'byDefault' | 'reads' | 'unsuited'>;

export interface ExplainWishes {
  /** Default: every technique of the default set. */
  readonly kind?: string;
  /** Position in the first fold's validation part; default: the most uncertain row. */
  readonly row?: number;
  /** The technique's own options. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** After so long each gives back what it knows; default 10. */
  readonly seconds?: number;
}

/** Who looks at an explanation waits so long for it, unless they say otherwise. */
const usualSeconds = 10;

/** Explains a finished trial in worker processes and keeps the results. Throws a UserError where it left no model. */
export async function explainTrial(
  found: StudyInStore,
  stored: StoredTrial,
  wishes: ExplainWishes,
  context: AnalysisContext,
): Promise<Result[]> {
  const { store, study } = found;
  const chosen = explainersFor(found, stored, wishes);
  const shares = new Map(chosen.map(({ kind }) => [kind, 0]));
  const jobOf = (technique: string): ExplainJob => ({
    kind: 'explain',
    ...analysed(found, stored),
    technique,
    seed: experimentOf(study).search.seed,
    row: wishes.row ?? null,
    options: wishes.options ?? {},
    seconds: wishes.seconds ?? usualSeconds,
  });
  return Promise.all(
    chosen.map(async ({ kind, title }) => {
      const onProgress = (share: number) => {
        shares.set(kind, share);
        context.progress([...shares.values()].reduce((a, b) => a + b) / chosen.length, title);
      };
      const { answer } = await analysing(
        context.pool.run<'explain'>(jobOf(kind), { ...jobOptionsOf(context), onProgress }),
      );
      store.analyses.put(study.id, stored.trial.number, keyOf(answer), answer);
      return answer;
    }),
  );
}

/** The technique that is wished for, or all of the default set that suit the model. Throws a UserError `technique-model` where it does not. */
function explainersFor({ study }: StudyInStore, { trial, outcome }: StoredTrial, { kind: wished }: ExplainWishes) {
  const { learner, model: facts } = outcome;
  const { data: info } = study;
  const suits = (explainer: AnyExplainer): boolean => {
    const why = facts && info ? unsuitedWords(explainer, { learner, facts, info }) : undefined;
    if (why === undefined) return true;
    if (wished === undefined) return false;
    throw new UserError('technique-model', `trial ${trial.number}: ${why}`, {
      advice: 'Choose another trial, or another technique.',
    });
  };
  const all: readonly AnyExplainer[] = explainers;
  return all.filter(({ kind, byDefault }) => (wished === undefined ? byDefault : kind === wished)).filter(suits);
}

/** Attacks a finished trial in a worker process and keeps the report. Throws a UserError where it left no model. */
export async function attackTrial(
  found: StudyInStore,
  stored: StoredTrial,
  context: AnalysisContext,
): Promise<RobustnessReport> {
  const { store, study } = found;
  const { data, search } = experimentOf(study);
  const sensitive = data?.sensitive ?? [];
  const job = { kind: 'attack', ...analysed(found, stored), sensitive, seed: search.seed } as const;
  const onProgress = (share: number) => context.progress(share, 'Looking for edits that flip predictions');
  const { answer } = await analysing(context.pool.run<'attack'>(job, { ...jobOptionsOf(context), onProgress }));
  store.analyses.put(study.id, stored.trial.number, '', answer);
  return answer;
}

/** Throws a UserError `imported-study` where another program made the study: it left no model here. */
function experimentOf({ experiment }: StudyRecord): Experiment {
  if (!isImported(experiment)) return experiment;
  throw new UserError('imported-study', `${experiment.program} made this study: its trials left no model here.`, {
    place: { file: experiment.path },
    advice: 'What the search itself tells can be shown: trials, values, parameters.',
  });
}

const jobOptionsOf = ({ signal, graceMilliseconds }: AnalysisContext) => ({ signal, graceMilliseconds });

/** Results about one row are kept a row. */
const keyOf = (result: Result): string => ('rowIndex' in result ? String(result.rowIndex) : '');

/** The first fold's model and its data: rows that the model was not fitted on. */
function analysed(
  { store, study }: StudyInStore,
  { trial }: StoredTrial,
): { data: DevelopmentData; modelFolder: string } {
  if (trial.state !== 'complete') {
    throw new UserError(
      'trial-unfinished',
      `trial ${trial.number} is ${trial.state}${trial.message ? `: ${trial.message}` : '.'}`,
      {
        advice: 'Choose a trial that is complete.',
      },
    );
  }
  const experiment = experimentOf(study);
  if (experiment.script) throw scriptModel(experiment.file);
  if (!study.data || !isOverTable(experiment)) {
    throw new UserError('no-data', 'this study has no data: there are no rows to look at.', {
      place: { file: experiment.file },
      advice: 'What the search itself tells can be shown: trials, values, parameters.',
    });
  }
  return {
    data: findData(experiment, study.data, store.folder),
    modelFolder: store.modelFolder(study.id, trial.number, 'inspection'),
  };
}

/** A script keeps its model to itself. */
export const scriptModel = (file: string): UserError =>
  new UserError('script-model', "explanations, attacks and predictions are not available for a script's model yet.", {
    place: { file },
    advice:
      "What the search itself tells can be shown: trials, values, parameters; the program may keep files in its trial's folder.",
  });

/** An aborted job is the caller's abort, not a fault. */
export async function analysing<T>(job: Promise<T>): Promise<T> {
  try {
    return await job;
  } catch (error) {
    if (error instanceof JobFailure && error.reason === 'aborted')
      throw new DOMException('The analysis was stopped.', 'AbortError');
    throw error;
  }
}
