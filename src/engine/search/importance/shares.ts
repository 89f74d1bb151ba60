import type { ParameterImportance } from '../../../shared/results/hyperparameter-importance.ts';
import type { JudgedTrials } from '../analysis/judged-trials.ts';

/** Parts of their sum; all 0 where there is nothing to share out. */
export function sharesOf(parts: readonly number[]): number[] {
  const most = Math.max(...parts, 0);
  if (!(most > 0)) return parts.map(() => 0);
  const total = parts.reduce((sum, part) => sum + part / most, 0);
  return parts.map((part) => part / most / total);
}

/** Most important first; equal ones in the space's order. */
export const byImportance = (parameters: readonly ParameterImportance[]): ParameterImportance[] =>
  parameters.toSorted((a, b) => b.importance - a.importance);

/** Share of the trials that have the parameter. */
export const activeShare = ({ points }: JudgedTrials, parameter: number): number =>
  points.filter((point) => !Number.isNaN(point[parameter])).length / points.length;
