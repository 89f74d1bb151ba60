import type { DatasetInfo } from '../../../shared/dataset.ts';
import type { Target } from '../../data/dataset.ts';
import { takeTarget } from '../../data/dataset.ts';
import { byName } from '../../data/encoders/raw-columns.ts';
import { type Table, takeRows } from '../../data/table.ts';
import { binnedColumn, binnedTarget } from '../selection/binned-values.ts';
import { redundantColumns } from '../selection/duplicates.ts';
import { informationBeyondChance } from '../selection/mutual-information.ts';
import type { Step, StepParameter, Transform } from '../step.ts';

/** A table of more columns than this is wide. */
const wide = 100;
/** Columns that a wide table begins with, at most. */
const mostAtFirst = 1000;
/** Rows that columns are judged by, at most. */
const judgingRows = 2000;

export interface SelectionState {
  readonly kept: readonly string[];
}

/**
 * Keeps the share of a table's columns that tell most of the target, each by itself (mutual information), and drops columns of one value
 * and repeated ones. Text and identifiers are left as they are.
 */
export const selection: Step<SelectionState> = {
  name: 'selection',
  parameters(info) {
    const count = featureCount(info);
    return count > 1 ? [selectedShare(count)] : [];
  },
  learn({ features, target, random }, { selected_share: share }) {
    if (typeof share !== 'number' || (share === 1 && features.columns.length <= wide) || features.rowCount < 2)
      return null;
    const judged = byName(features).filter(({ type }) => type !== 'text' && type !== 'id');
    const redundant = redundantColumns(judged);
    const candidates = judged.filter(({ name }) => !redundant.has(name)).map(({ name }) => name);
    const count = Math.max(1, Math.ceil(share * candidates.length));
    const kept = new Set(
      count < candidates.length ? mostTelling(features, target, candidates, count, random) : candidates,
    );
    const others = features.columns.filter(({ type }) => type === 'text' || type === 'id');
    for (const { name } of others) kept.add(name);
    if (kept.size === features.columns.length) return null;
    return { state: { kept: [...kept].sort() }, words: `${kept.size} of ${features.columns.length} columns` };
  },
  restore(state): Transform {
    const kept = new Set(state.kept);
    return { apply: (table) => ({ ...table, columns: table.columns.filter(({ name }) => kept.has(name)) }) };
  },
};

const featureCount = ({ columns }: DatasetInfo) => columns.filter(({ role }) => role === 'feature').length;

const selectedShare = (count: number): StepParameter => ({
  name: 'selected_share',
  distribution: { type: 'float', low: Math.min(0.5, 10 / count), high: 1, log: true },
  initial: Math.min(1, mostAtFirst / count),
  searched: count > wide,
});

/** Names of the columns with the most information about the target; of equals the earlier in the order of names. */
function mostTelling(
  features: Table,
  target: Target,
  candidates: readonly string[],
  count: number,
  random: { permutation(length: number): Uint32Array },
): string[] {
  const rows = random.permutation(features.rowCount).subarray(0, judgingRows).sort();
  const sample = takeRows(features, rows);
  const byColumn = new Map(sample.columns.map((column) => [column.name, column]));
  const truth = binnedTarget(takeTarget(target, rows));
  const telling = candidates.map((name) => informationBeyondChance(binnedColumn(sample, byColumn.get(name)!), truth));
  const order = candidates.map((_, i) => i).sort((a, b) => telling[b] - telling[a] || a - b);
  return order.slice(0, count).map((i) => candidates[i]);
}
