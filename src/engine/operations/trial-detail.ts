import type { Technique } from '../../shared/results/explanation.ts';
import type { TrialDetail } from '../../shared/results/study.ts';
import { isImported, type StoredTrial, type StudyRecord } from '../store/records.ts';
import { analysesOf, type MadeFor, techniquesFor } from './analysed-model.ts';
import type { StudyInStore } from './context.ts';
import { bestTrial } from './ranking.ts';
import { trialRecord } from './trial-record.ts';

/** One trial with every analysis done so far. */
export function trialDetail(
  file: string,
  { store, study }: StudyInStore,
  stored: StoredTrial,
  rows: MadeFor = 'all rows',
): TrialDetail {
  const { number } = stored.trial;
  const best = bestTrial(store.trials.all(study.id), study.objectives);
  const finals = store.analyses.finalModels(study.id)?.models ?? [];
  const hasModel = !isImported(study.experiment) && !study.experiment.script;
  return {
    file,
    trial: trialRecord(study, stored),
    objectives: study.objectives,
    isBest: best?.trial.number === number,
    roles: finals.filter(({ trial }) => trial === number).map(({ role }) => role),
    hasModel,
    ...analysesOf({ store, study }, number, rows),
    techniques: hasModel ? techniquesOf(study, stored) : [],
  };
}

function techniquesOf({ data: info }: StudyRecord, { trial, outcome }: StoredTrial): readonly Technique[] {
  const { learner, model: facts } = outcome;
  return trial.state === 'complete' && facts && info ? techniquesFor({ learner, facts, info }) : [];
}
