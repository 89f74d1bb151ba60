import type { EditRange } from '../../shared/model-edit.ts';
import type { LevelGroup, TermAxis } from '../../shared/results/additive-terms.ts';
import { impossibleEdit, unknownName } from './edit-fault.ts';

/**
 * Cells of a graph along one column that an edit takes: of numbers every step that shares a value with the range, its ends included.
 * Throws a UserError where the range does not suit the column, or where nothing lies in it.
 */
export function cellsInRange(axis: TermAxis, range: EditRange | undefined): number[] {
  if (axis.kind === 'levels') return levelCells(axis.column, axis.groups, range);
  const steps = axis.edges.length + 1;
  const all = Array.from({ length: steps }, (_, cell) => cell);
  if (range === undefined) return all;
  if (range.kind === 'missing') {
    if (axis.missing) return [steps];
    throw impossibleEdit(
      `"${axis.column}" was never missing in training.`,
      'Its graph has no part for missing values.',
    );
  }
  if (range.kind === 'levels')
    throw impossibleEdit(`"${axis.column}" holds numbers, not levels.`, 'Give a range, such as 20..40.');
  const { from, to } = range;
  if (from !== null && to !== null && from > to)
    throw impossibleEdit(`a range of "${axis.column}" cannot begin at ${from} and end at ${to}.`, 'Exchange its ends.');
  return all.filter((cell) => {
    const [below, above] = [
      axis.edges[cell - 1] ?? Number.NEGATIVE_INFINITY,
      axis.edges[cell] ?? Number.POSITIVE_INFINITY,
    ];
    return (from === null || above >= from) && (to === null || below < to);
  });
}

function levelCells(column: string, groups: readonly LevelGroup[], range: EditRange | undefined): number[] {
  if (range === undefined) return [...groups.keys()];
  if (range.kind === 'numbers')
    throw impossibleEdit(`"${column}" holds levels, which have no order.`, 'Name levels, parted by commas.');
  if (range.kind === 'missing') {
    const cell = groups.findIndex(({ missing }) => missing);
    if (cell >= 0) return [cell];
    throw impossibleEdit(`"${column}" was never missing in training.`, 'Its graph has no part for missing values.');
  }
  const cells = range.levels.map((level) => {
    const cell = groups.findIndex(({ levels }) => levels.includes(level));
    if (cell >= 0) return cell;
    const names = groups.flatMap(({ levels }) => levels);
    throw unknownName(`level "${level}" of "${column}" with a part of its graph`, level, names, 'The levels are');
  });
  return [...new Set(cells)];
}
