import { UserError } from '../../shared/faults.ts';
import { finalModel } from '../../shared/results/final-models.ts';
import type { ComparedModel, ModelComparison } from '../../shared/results/model-comparison.ts';
import type { FoldScores } from '../explain/comparison/fold-difference.ts';
import type { About } from '../store/analyses.ts';
import { type AnalysisContext, analysing, jobOptionsOf } from './analyse.ts';
import type { TrialFolder } from './judged-model.ts';
import type { StudyInStore, Subject } from './subject.ts';

export interface ComparisonWishes {
  readonly seconds?: number;
  /** Makes it anew where it is kept already. */
  readonly anew?: boolean;
}

/** A model by its name and where it is. */
export interface ComparedSubject {
  readonly candidate: ComparedModel['candidate'];
  readonly subject: Subject;
}

/** Who looks at a comparison waits so long for it, unless they say otherwise. */
const usualSeconds = 20;

/** Compares two models in a worker process and keeps the result; what is kept already is not made again. Throws a UserError on one model twice. */
export async function compareSubjects(
  found: StudyInStore,
  one: ComparedSubject,
  other: ComparedSubject,
  wishes: ComparisonWishes,
  context: AnalysisContext,
): Promise<ModelComparison> {
  const [first, second] = [one.subject, other.subject];
  if (first.about === second.about)
    throw new UserError('same-model', `both are ${first.words}: a model does not differ from itself.`, {
      advice: 'Choose another model for one of them: vitrine trials FILE lists them.',
    });
  const { store, study } = found;
  const kept = wishes.anew ? undefined : keptComparison(found, first.about, second.about);
  if (kept && kept.partial === undefined) return kept;
  const onProgress = (share: number) => context.progress(share, `Comparing ${first.words} with ${second.words}`);
  const { answer } = await analysing(
    context.pool.run<'compare'>(
      {
        kind: 'compare',
        data: first.data,
        modelFolders: { first: first.modelFolder, second: second.modelFolder },
        members: membersOf(found),
        metrics: study.objectives.map(({ metric }) => metric),
        folds: foldScores(found, first.about, second.about),
        seed: first.experiment.search.seed,
        seconds: wishes.seconds ?? usualSeconds,
      },
      { ...jobOptionsOf(context), onProgress },
    ),
  );
  const compared = ({ candidate, subject }: ComparedSubject): ComparedModel => ({
    candidate,
    learner: subject.model?.learner ?? learnerOf(found, subject.about),
  });
  const comparison: ModelComparison = { ...answer, first: compared(one), second: compared(other) };
  store.analyses.put(study.id, placeOf(first.about, second.about), keyOf(first.about, second.about), comparison);
  return comparison;
}

/** Where the members of the ensemble are kept, as trials. */
const membersOf = ({ store, study }: StudyInStore): TrialFolder[] =>
  (finalModel(store.analyses.finalModels(study.id), 'ensemble')?.members ?? []).map(({ trial }) => ({
    trial,
    modelFolder: store.modelFolder(study.id, trial, 'inspection'),
  }));

const learnerOf = ({ store, study }: StudyInStore, about: About): string =>
  about === 'ensemble' ? about : (store.trials.get(study.id, about)?.outcome.learner ?? '');

/** Where one is the ensemble, or a model that a person has edited, it is that one's, and is forgotten with it. */
const placeOf = (first: About, second: About): About => (second === 'ensemble' || Number(second) < 0 ? second : first);

const keyOf = (first: About, second: About): string => `${first} ${second}`;

/** What was found of these two in this order; undefined where they were not compared. */
export const keptComparison = ({ store, study }: StudyInStore, first: About, second: About) =>
  store.analyses.get(study.id, placeOf(first, second), 'model-comparison', keyOf(first, second)) as
    | ModelComparison
    | undefined;

/** The first objective of both; null where one has no folds of its own. */
function foldScores({ store, study }: StudyInStore, first: About, second: About): FoldScores | null {
  const { metric } = study.objectives[0];
  const [one, other] = [first, second].map((about) =>
    about === 'ensemble' ? undefined : store.trials.get(study.id, about)?.outcome.foldMetrics.map((own) => own[metric]),
  );
  const isMeasured = (values: readonly (number | undefined)[] | undefined): values is readonly number[] =>
    values?.every((value) => value !== undefined) === true;
  return isMeasured(one) && isMeasured(other) ? { metric, first: one, second: other } : null;
}
