import { type Explanation, explanationKinds, type Technique } from '../../shared/results/explanation.ts';
import type { Result } from '../../shared/results/result.ts';
import type { RobustnessReport } from '../../shared/results/robustness.ts';
import type { TrialDetail } from '../../shared/results/study.ts';
import { explainers } from '../explain/registry.ts';
import { unsuitedWords } from '../explain/unsuited-words.ts';
import { isImported, type StoredTrial, type StudyRecord } from '../store/records.ts';
import type { StudyInStore } from './context.ts';
import { bestTrial } from './ranking.ts';
import { trialRecord } from './trial-record.ts';

/** One trial with every analysis done so far. */
export function trialDetail(file: string, { store, study }: StudyInStore, stored: StoredTrial): TrialDetail {
  const analyses = store.analyses.of(study.id, stored.trial.number);
  const best = bestTrial(store.trials.all(study.id), study.objectives);
  const hasModel = !isImported(study.experiment) && !study.experiment.script;
  return {
    file,
    trial: trialRecord(study, stored),
    objectives: study.objectives,
    isBest: best?.trial.number === stored.trial.number,
    hasModel,
    explanations: analyses.filter(isExplanation),
    techniques: hasModel ? techniquesOf(study, stored) : [],
    robustness: analyses.find((result): result is RobustnessReport => result.kind === 'robustness') ?? null,
  };
}

const isExplanation = (result: Result): result is Explanation => explanationKinds.some((kind) => kind === result.kind);

function techniquesOf({ data: info }: StudyRecord, { trial, outcome }: StoredTrial): Technique[] {
  const { learner, model: facts } = outcome;
  if (trial.state !== 'complete' || !facts || !info) return [];
  return explainers.map((explainer) => {
    const { kind, title, question, scope } = explainer;
    const unsuited = unsuitedWords(explainer, { learner, facts, info });
    return { kind, title, question, scope, ...(unsuited !== undefined && { unsuited }) };
  });
}
