import type { Candidate } from '../../shared/candidate.ts';
import { reasonWords, UserError } from '../../shared/faults.ts';
import { finalModel } from '../../shared/results/final-models.ts';
import type { ImportanceMap } from '../../shared/results/importance-map.ts';
import type { ModelCorrelation } from '../../shared/results/model-correlation.ts';
import type { PermutationImportance } from '../../shared/results/permutation-importance.ts';
import type { Result } from '../../shared/results/result.ts';
import { type ExplainedCandidate, mapImportances } from '../explain/comparison/map-importances.ts';
import { isImported, type StoredTrial } from '../store/records.ts';
import { type AnalysisContext, analysing, jobOptionsOf } from './analyse.ts';
import { explainModel } from './explain.ts';
import { type StudyInStore, type Subject, subjectOf } from './subject.ts';
import { JobFailure } from './worker-process.ts';

/** Beyond the best so many trials what was predicted out of fold may be gone. */
const mostCorrelated = 40;

/** How alike the models of the best trials err. Throws a UserError where fewer than two are complete. */
export async function correlateTrials(
  found: StudyInStore,
  best: readonly StoredTrial[],
  context: AnalysisContext,
): Promise<ModelCorrelation> {
  const { store, study } = found;
  if (best.length < 2)
    throw new UserError('too-few-models', `${best.length} complete trial(s) are too few: two are needed to compare.`, {
      advice: 'Run the experiment, or give it more time.',
    });
  const { data, experiment } = subjectOf(found, best[0]);
  const candidates = best.slice(0, mostCorrelated).map(({ trial, outcome }) => ({
    trial: trial.number,
    learner: outcome.learner,
    modelFolder: store.modelFolder(study.id, trial.number, 'inspection'),
  }));
  const onProgress = (share: number) => context.progress(share, 'Comparing all models');
  const { answer } = await analysing(
    context.pool.run<'correlate'>(
      {
        kind: 'correlate',
        data,
        candidates,
        complete: best.length,
        weights: finalModel(store.analyses.finalModels(study.id), 'ensemble')?.members ?? [],
        seed: experiment.search.seed,
      },
      { ...jobOptionsOf(context), onProgress },
    ),
  );
  return answer;
}

export interface MapWishes {
  /** Beside the ensemble: the best trial of each learner, or every trial. */
  readonly each: 'learner' | 'trial';
  /** Of them at most so many, the best. */
  readonly models: number;
  /** What is not kept is made within so many seconds; 0: nothing is made. */
  readonly seconds: number;
}

/** What matters to the ensemble and to the best trial of each learner, or to every trial: what is kept, and what there is time to make. */
export async function mapModels(
  found: StudyInStore,
  best: readonly StoredTrial[],
  { each, models, seconds }: MapWishes,
  context: AnalysisContext,
): Promise<ImportanceMap> {
  const end = performance.now() + 1000 * seconds;
  const subjects = mappedSubjects(found, best, { each, models });
  const explained: ExplainedCandidate[] = [];
  const missing: { candidate: Candidate; learner: string; words: string }[] = [];
  for (const [i, subject] of subjects.entries()) {
    const which = { candidate: subject.about, learner: subject.model?.learner ?? '' };
    const left = (end - performance.now()) / 1000;
    const told =
      keptImportance(found, subject) ??
      (await madeImportance(found, subject, left, progressOf(context, i, subjects.length)));
    if (typeof told === 'string') missing.push({ ...which, words: told });
    else explained.push({ ...which, importance: told });
  }
  const [first] = explained;
  return mapImportances(explained, missing, {
    seed: isImported(found.study.experiment) ? 0 : found.study.experiment.search.seed,
    dataHash: found.study.data?.hash ?? '',
    metric: first?.importance.metric ?? '',
  });
}

const progressOf = (context: AnalysisContext, done: number, all: number): AnalysisContext => ({
  ...context,
  progress: (share, words) => context.progress((done + share) / all, words),
});

/** The ensemble, then the trials; a constant has no columns that matter. */
function mappedSubjects(
  found: StudyInStore,
  best: readonly StoredTrial[],
  { each, models }: Pick<MapWishes, 'each' | 'models'>,
): Subject[] {
  const { store, study } = found;
  const trials = best.filter(({ outcome }) => outcome.learner !== 'constant');
  const byLearner = Map.groupBy(trials, ({ outcome }) => outcome.learner);
  const chosen = each === 'trial' ? trials : [...byLearner.values()].map(([first]) => first);
  const ensemble = finalModel(store.analyses.finalModels(study.id), 'ensemble') ? [subjectOf(found, 'ensemble')] : [];
  return [...ensemble, ...chosen.slice(0, models).map((trial) => subjectOf(found, trial))];
}

/** Of all rows, as it is made when nothing else is wished. */
const keptImportance = ({ store, study }: StudyInStore, { about }: Subject): PermutationImportance | undefined =>
  store.analyses.of(study.id, about).find((one): one is PermutationImportance => isImportance(one));

const isImportance = (result: Result): boolean =>
  result.kind === 'permutation-importance' && result.cohort === undefined && result.partial === undefined;

/** The importance, or why there is none. */
async function madeImportance(
  found: StudyInStore,
  subject: Subject,
  seconds: number,
  context: AnalysisContext,
): Promise<PermutationImportance | string> {
  if (seconds <= 0) return 'it is not made yet.';
  try {
    const { results } = await explainModel(found, subject, { kind: 'permutation-importance', seconds }, context);
    return results[0] as PermutationImportance;
  } catch (error) {
    if (error instanceof UserError || error instanceof JobFailure) return reasonWords(error);
    throw error;
  }
}
