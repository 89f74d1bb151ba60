import { UserError } from '../../shared/faults.ts';
import type { Trial } from '../../shared/trial.ts';

/** How a trial ended. */
export type TrialResult =
  | { readonly values: readonly number[]; readonly constraints?: readonly number[] }
  | { readonly pruned: string }
  | { readonly failed: string };

/** What `tell` takes and an objective may return: the value, one value an objective, or how else it ended. */
export type Told = number | readonly number[] | TrialResult;

/** What was told, as a result. Throws a UserError `trial-values` where it is none: an objective without `return`, for one. */
export function resultOf(told: Told): TrialResult {
  if (typeof told === 'number') return { values: [told] };
  if (isList(told)) return { values: told };
  const given: unknown = told;
  if (typeof given === 'object' && given !== null) {
    if ('values' in told && isList(told.values)) return told;
    if ('pruned' in told || 'failed' in told) return told;
  }
  throw new UserError('trial-values', `a trial needs a number, or one an objective; got ${JSON.stringify(given)}.`, {
    advice: 'Return the value of the objective.',
  });
}

const isList = (told: Told): told is readonly number[] => Array.isArray(told);

/** The trial as it stands with its result. */
export function ended(trial: Trial, result: TrialResult): Trial {
  if ('failed' in result) return { ...trial, state: 'failed', message: result.failed };
  if ('pruned' in result) return { ...trial, state: 'pruned', message: result.pruned };
  const { values, constraints } = result;
  return { ...trial, state: 'complete', values: [...values], ...(constraints && { constraints: [...constraints] }) };
}

/** The failure that a result is where one of its numbers is NaN or infinite; undefined where all are real numbers. */
export function unreal(result: TrialResult): TrialResult | undefined {
  if (!('values' in result)) return undefined;
  const value = result.values.findIndex((number) => !Number.isFinite(number));
  if (value >= 0) return { failed: `Objective ${value + 1} must be a finite number; got ${result.values[value]}.` };
  const constraint = (result.constraints ?? []).findIndex((number) => !Number.isFinite(number));
  if (constraint < 0) return undefined;
  return { failed: `Constraint ${constraint + 1} must be a finite number; got ${result.constraints?.[constraint]}.` };
}
