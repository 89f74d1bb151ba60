import { finalModel } from '../../shared/results/final-models.ts';
import type { ModelDetail, TrialDetail } from '../../shared/results/study.ts';
import type { StoredTrial } from '../store/records.ts';
import type { StudyInStore } from './context.ts';
import { ensembleDetail } from './ensemble-detail.ts';
import { ranked } from './ranking.ts';
import { trialDetail } from './trial-detail.ts';

/** Trials that the report shows whole, the best ones. */
const reportedTrials = 3;

/** The best first; the best readable one stands last where it is not among them. */
export function reportedTrialsOf({ store, study }: StudyInStore): readonly StoredTrial[] {
  const best = ranked(store.trials.all(study.id), study.objectives).slice(0, reportedTrials);
  const readable = finalModel(store.analyses.finalModels(study.id), 'readable')?.trial ?? null;
  if (readable === null || best.some(({ trial }) => trial.number === readable)) return best;
  const stored = store.trials.get(study.id, readable);
  return stored ? [...best, stored] : best;
}

export const reportedDetails = (file: string, found: StudyInStore): readonly TrialDetail[] =>
  reportedTrialsOf(found).map((stored) => trialDetail(file, found, stored));

/** What people take away of a search: the ensemble, the best trial and the best readable one; each once. */
export function judgedModels(file: string, found: StudyInStore): readonly ModelDetail[] {
  const ensemble = ensembleDetail(file, found);
  const trials = reportedDetails(file, found).filter(
    ({ isBest, roles = [] }, place) => isBest || place === 0 || roles.length > 0,
  );
  return ensemble ? [ensemble, ...trials] : trials;
}
