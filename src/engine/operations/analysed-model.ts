import type { Candidate } from '../../shared/candidate.ts';
import { cohortKey } from '../../shared/cohort/cohort.ts';
import { type Explanation, explanationKinds, type Technique } from '../../shared/results/explanation.ts';
import type { Result } from '../../shared/results/result.ts';
import type { RobustnessReport } from '../../shared/results/robustness.ts';
import type { AnalysedModel } from '../../shared/results/study.ts';
import type { ExplainedModel } from '../explain/explainer.ts';
import { explainers } from '../explain/registry.ts';
import { unsuitedWords } from '../explain/unsuited-words.ts';
import type { StudyInStore } from './context.ts';
import { techniqueOf } from './technique-list.ts';

/** Made for all rows, for those of one cohort by its key, or for any: where everything that was made is told. */
export type MadeFor = 'all rows' | 'any rows' | { readonly cohort: string };

/** What was made of a model so far. The attack is never that of another cohort than the one that is asked for. */
export function analysesOf(
  { store, study }: StudyInStore,
  candidate: Candidate,
  rows: MadeFor = 'all rows',
): Pick<AnalysedModel, 'explanations' | 'robustness'> {
  const key = typeof rows === 'object' ? rows.cohort : undefined;
  const isOfThese = ({ cohort }: Result) => (cohort && cohortKey(cohort.conditions)) === key;
  const all = store.analyses.of(study.id, candidate);
  return {
    explanations: (rows === 'any rows' ? all : all.filter(isOfThese)).filter(isExplanation),
    robustness: all.filter(isOfThese).find((one): one is RobustnessReport => one.kind === 'robustness') ?? null,
  };
}

const isExplanation = (result: Result): result is Explanation => explanationKinds.some((kind) => kind === result.kind);

/** Every technique, with why it has nothing to say of this model where that is so. */
export const techniquesFor = (model: ExplainedModel): readonly Technique[] =>
  explainers.map((explainer) => {
    const unsuited = unsuitedWords(explainer, model);
    return { ...techniqueOf(explainer, model.info), ...(unsuited !== undefined && { unsuited }) };
  });
