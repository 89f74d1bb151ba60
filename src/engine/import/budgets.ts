import type { TrialFacts } from './trial-facts.ts';

/** One run of a configuration at a budget, as multi-fidelity programs write it. */
export type Run = TrialFacts & { readonly configuration: string };

/**
 * Runs in the order in which they started, each that has the configuration of an earlier one with less budget naming that one: in
 * Vitrine's terms it goes on with it.
 */
export function inOrder(runs: readonly Run[]): Run[] {
  const sorted = runs.toSorted((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0));
  const last = new Map<string, { readonly number: number; readonly fidelity: number }>();
  return sorted.map((run, number) => {
    const { fidelity, configuration } = run;
    if (fidelity === undefined) return run;
    const before = last.get(configuration);
    last.set(configuration, { number, fidelity });
    return before && before.fidelity < fidelity ? { ...run, continues: before.number } : run;
  });
}

/** 'Trials had budgets of 1 to 9; those with the most are compared.', where there are several. */
export function budgetNotes(runs: readonly Run[]): string[] {
  const budgets = [...new Set(runs.flatMap(({ fidelity }) => (fidelity === undefined ? [] : [fidelity])))].sort(
    (a, b) => a - b,
  );
  if (budgets.length < 2) return [];
  return [
    `Trials had budgets of ${budgets.map((budget) => Number(budget.toPrecision(4))).join(', ')}; the best is sought among those with the most.`,
  ];
}
