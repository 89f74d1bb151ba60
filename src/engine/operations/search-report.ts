import { UserError } from '../../shared/faults.ts';
import type { SearchReport } from '../../shared/results/search-record.ts';
import type { StoredTrial } from '../store/records.ts';
import { analyse } from './analysed-search.ts';
import type { OperationContext, StudyInStore } from './context.ts';
import { recordOf, whyOf } from './search-operations.ts';

/** Further trials that the report looks ahead. */
const horizon = 20;

/**
 * Why the search went this way, for the report; null where no trial has ended. Too few trials for an analysis are no fault: the report
 * says so in its place.
 */
export async function searchReportOf(
  context: OperationContext,
  found: StudyInStore,
  shown: readonly StoredTrial[],
): Promise<SearchReport | null> {
  const record = recordOf(found);
  if (record.replay.ends.length === 0) return null;
  const missing = new Set<string>();
  const orMissing = async <T>(analysis: Promise<T>): Promise<T | null> => {
    try {
      return await analysis;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      missing.add(error.message);
      return null;
    }
  };
  const importanceAsked = { analysis: 'importance', asked: { method: 'fanova', objective: 0 } } as const;
  const footprintAsked = { analysis: 'footprint', asked: { objective: 0 } } as const;
  const outlookAsked = { analysis: 'outlook', asked: { trials: horizon, epsilon: 0 } } as const;
  const [importance, footprint, outlook] = await Promise.all([
    orMissing(analyse<'importance'>(context, found, importanceAsked)),
    orMissing(analyse<'footprint'>(context, found, footprintAsked)),
    orMissing(analyse<'outlook'>(context, found, outlookAsked)),
  ]);
  const why = shown.map((stored) => whyOf(found, stored));
  return { record, importance, footprint, outlook, why, missing: [...missing] };
}
