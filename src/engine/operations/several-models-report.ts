import { UserError } from '../../shared/faults.ts';
import type { SeveralModels } from '../../shared/results/study.ts';
import { correlateTrials, mapModels } from '../run/several-models.ts';
import { isImported } from '../store/records.ts';
import type { OperationContext, StudyInStore } from './context.ts';
import { ranked } from './ranking.ts';

/**
 * All models at once, for the report: how alike they err, and what matters to each as far as that is kept. Undefined where there are no two
 * models of a table.
 */
export async function severalModelsOf(
  { state, signal, progress }: OperationContext,
  found: StudyInStore,
): Promise<SeveralModels | undefined> {
  const { store, study } = found;
  const best = ranked(store.trials.all(study.id), study.objectives);
  if (!study.data || isImported(study.experiment) || study.experiment.script || best.length < 2) return undefined;
  const context = { pool: state.pool, signal, progress };
  try {
    const correlation = await correlateTrials(found, best, context);
    const importances = await mapModels(found, best, { each: 'learner', models: reportedModels, seconds: 0 }, context);
    return { correlation, importances: importances.models.length > 1 ? importances : null };
  } catch (error) {
    // A snapshot that is gone takes the models' rows with it; the report says the rest.
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

const reportedModels = 8;
