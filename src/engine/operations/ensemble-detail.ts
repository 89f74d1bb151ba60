import { type FinalModel, finalModel } from '../../shared/results/final-models.ts';
import type { EnsembleDetail, EnsemblePart } from '../../shared/results/study.ts';
import { ensembleName } from '../ensembles/ensemble-model.ts';
import { isImported } from '../store/records.ts';
import { analysesOf, type MadeFor, techniquesFor } from './analysed-model.ts';
import type { StudyInStore } from './context.ts';

/** The ensemble with every analysis done so far; null where the search left none. */
export function ensembleDetail(file: string, found: StudyInStore, rows: MadeFor = 'all rows'): EnsembleDetail | null {
  const { store, study } = found;
  const ensemble = finalModel(store.analyses.finalModels(study.id), 'ensemble');
  if (!ensemble || !study.data || isImported(study.experiment)) return null;
  const { facts } = ensemble;
  return {
    file,
    objectives: study.objectives,
    hasModel: true,
    ensemble,
    members: partsOf(found, ensemble),
    ...analysesOf(found, 'ensemble', rows),
    techniques: techniquesFor({ learner: ensembleName, facts, info: study.data }),
  };
}

function partsOf({ store, study }: StudyInStore, { members = [] }: FinalModel): EnsemblePart[] {
  return members.map((member) => {
    const { trial, outcome } = store.trials.get(study.id, member.trial) ?? {};
    const { startedAt, endedAt } = trial ?? {};
    return {
      ...member,
      metrics: outcome?.metrics ?? {},
      seconds: startedAt === undefined || endedAt === undefined ? null : (endedAt - startedAt) / 1000,
      wattHours: outcome?.energy?.wattHours?.value ?? null,
    };
  });
}
