import type { ModelFacts } from '../../shared/trial.ts';
import type { Table } from '../data/table.ts';
import type { MadeColumn } from '../models/readable.ts';
import type { TreeEnsemble, TreeInput } from '../models/tree-ensemble.ts';
import type { Preparation } from './preparation.ts';

/** What stays of trees over prepared columns: trees over raw ones where each prepared column comes of one alone, else nothing. */
export function treesThrough(
  { treeInputs, trees, treeNumbers }: TreeEnsemble,
  preparation: Preparation,
  apply: (rows: Table) => Table,
): { readonly facts: Pick<ModelFacts, 'trees'>; readonly ensemble: Partial<TreeEnsemble> } {
  const inputs = overRawColumns(treeInputs(), preparation.made());
  if (!inputs)
    return {
      facts: { trees: 'of combined columns' },
      ensemble: { treeInputs: undefined, trees: undefined, treeNumbers: undefined },
    };
  return {
    facts: { trees: 'of raw columns' },
    ensemble: { treeInputs: () => inputs, trees, treeNumbers: (rows) => treeNumbers(apply(rows)) },
  };
}

/** The inputs with the one raw column that each depends on; undefined where one depends on several. */
function overRawColumns(inputs: readonly TreeInput[], made: readonly MadeColumn[]): TreeInput[] | undefined {
  const origins = new Map<string, ReadonlySet<string>>();
  const originsOf = (column: string): ReadonlySet<string> => origins.get(column) ?? new Set([column]);
  // In the order in which they were made: what a column is made of is known before it.
  for (const { column, of } of made) origins.set(column, new Set(of.flatMap((part) => [...originsOf(part)])));
  const mapped = inputs.flatMap((input) => {
    const from = [...originsOf(input.column)];
    return from.length === 1 ? [{ ...input, column: from[0] }] : [];
  });
  return mapped.length === inputs.length ? mapped : undefined;
}
