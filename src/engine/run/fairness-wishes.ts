import type { Experiment } from '../../shared/experiment/experiment.ts';
import { type FairnessMeasure, fairnessCriteria } from '../../shared/experiment/fairness-measure.ts';
import type { FairnessBound } from '../fairness/group-decision.ts';

/** How alike groups are to be treated, and what is done about it. */
export interface FairnessWishes {
  /** Those of the constraints. */
  readonly measures: readonly FairnessMeasure[];
  /** Columns by which rows are weighted where a configuration says so. */
  readonly reweightBy: readonly string[];
  /** What thresholds a group are to hold: the first constraint; null: one threshold for all. */
  readonly thresholds: FairnessBound | null;
}

export const noFairness: FairnessWishes = { measures: [], reweightBy: [], thresholds: null };

export function fairnessWishes({ data, constraints, mitigation }: Experiment): FairnessWishes {
  const bounds = constraints.flatMap(({ fairness, limit }) => (fairness ? [{ ...fairness, limit }] : []));
  const sensitive = data?.sensitive ?? [];
  const columns = bounds.length > 0 ? bounds.map(({ column }) => column) : sensitive;
  return {
    measures: bounds.map(({ column, criterion }) => ({ column, criterion })),
    reweightBy: mitigation.reweight === 'never' ? [] : [...new Set(columns)],
    thresholds: mitigation.thresholds ? (bounds[0] ?? boundOf(sensitive[0])) : null,
  };
}

/** Where no constraint says how close. */
const usualLimit = 0.05;
const boundOf = (column: string): FairnessBound => ({ column, criterion: fairnessCriteria[0], limit: usualLimit });

/** Columns that decide how a trial is judged or fitted, whether models see them or not. */
export function judgedColumns(experiment: Experiment): readonly string[] {
  const { measures, reweightBy, thresholds } = fairnessWishes(experiment);
  return [
    ...new Set([...measures.map(({ column }) => column), ...reweightBy, ...(thresholds ? [thresholds.column] : [])]),
  ];
}
