import type { StudyEnergy } from '../../shared/results/study.ts';
import { equivalents } from '../energy/equivalents.ts';
import type { StoredTrial } from '../store/records.ts';
import type { StudyInStore } from './context.ts';

/** Energy by learner and by trial beside the run's own account, which also holds what no trial used. */
export function studyEnergyOf({ store, study }: StudyInStore): StudyEnergy {
  const trials = store.trials.all(study.id).filter(({ outcome }) => outcome.energy);
  const byTrial = trials.map(({ trial, outcome }) => ({
    trial: trial.number,
    learner: outcome.learner,
    wattHours: wattHoursOf(outcome),
    seconds: outcome.energy?.seconds ?? 0,
  }));
  const total = store.runs.latest(study.id)?.energy ?? null;
  return { total, byLearner: sumByLearner(byTrial), byTrial, equivalents: total ? equivalents(total) : [] };
}

const wattHoursOf = (outcome: StoredTrial['outcome']) => outcome.energy?.wattHours?.value ?? null;

function sumByLearner(byTrial: StudyEnergy['byTrial']): StudyEnergy['byLearner'] {
  const groups = Map.groupBy(byTrial, ({ learner }) => learner);
  return [...groups].map(([learner, rows]) => ({
    learner,
    trials: rows.length,
    // One unknown makes the sum unknown.
    wattHours: rows.some(({ wattHours }) => wattHours === null)
      ? null
      : rows.reduce((sum, row) => sum + row.wattHours!, 0),
    seconds: rows.reduce((sum, row) => sum + row.seconds, 0),
  }));
}
