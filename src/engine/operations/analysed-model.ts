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

/** What was made of a model so far. key: of a cohort, what was made for it; absent: for all rows. */
export function analysesOf(
  { store, study }: StudyInStore,
  candidate: Candidate,
  key?: string,
): Pick<AnalysedModel, 'explanations' | 'robustness'> {
  const isOfThese = ({ cohort }: Result) => (cohort === undefined ? undefined : cohortKey(cohort.conditions)) === key;
  const analyses = store.analyses.of(study.id, candidate).filter(isOfThese);
  return {
    explanations: analyses.filter(isExplanation),
    robustness: analyses.find((result): result is RobustnessReport => result.kind === 'robustness') ?? null,
  };
}

const isExplanation = (result: Result): result is Explanation => explanationKinds.some((kind) => kind === result.kind);

/** Every technique, with why it has nothing to say of this model where that is so. */
export const techniquesFor = (model: ExplainedModel): readonly Technique[] =>
  explainers.map((explainer) => {
    const unsuited = unsuitedWords(explainer, model);
    return { ...techniqueOf(explainer, model.info), ...(unsuited !== undefined && { unsuited }) };
  });
