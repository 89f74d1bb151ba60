import { faultWords, UserError } from '../../shared/faults.ts';
import { backendsWords } from '../../shared/results/doctor.ts';
import { backendsReport } from '../doctor/backends-report.ts';
import { backendChoice } from '../run/backend-plan.ts';
import { isImported, type StoredTrial, type StudyRecord } from '../store/records.ts';

/**
 * What the networks of a study train on, why, and what a faster backend would need. Undefined where it has tried none: only networks
 * count epochs.
 */
export function trainingWords({ experiment }: StudyRecord, trials: readonly StoredTrial[]): string | undefined {
  const hasNetworks = trials.some(({ outcome }) => outcome.model?.resource?.name === 'epochs');
  if (!hasNetworks || isImported(experiment)) return undefined;
  const said = trials.findLast(({ trial }) => trial.attributes.backend !== undefined)?.trial.attributes.backend;
  try {
    // A study of an earlier version says nothing of backends.
    const report = backendsReport(backendChoice(experiment.search.backend ?? 'auto'));
    return said === undefined
      ? backendsWords(report)
      : [`Networks trained on ${said}.`, report.faster].filter(Boolean).join(' ');
  } catch (error) {
    if (error instanceof UserError) return faultWords(error);
    throw error;
  }
}
