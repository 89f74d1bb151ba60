import type { TrialRecord } from '../../shared/trial.ts';
import type { StoredTrial, StudyRecord } from '../store/records.ts';

export const trialRecord = (study: StudyRecord, { trial, outcome }: StoredTrial): TrialRecord => ({
  ...trial,
  ...outcome,
  id: `${study.id}-${trial.number}`,
});
