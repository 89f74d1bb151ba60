import type { Table } from '../../data/table.ts';
import type { Pauses } from '../pauses.ts';
import { type ConditionRows, conditionsOf } from './condition-rows.ts';
import type { HalfLosses } from './half-losses.ts';

/** The conditions of the columns whose slices differ most on one half; the others of very many are left out. */
export async function chooseConditions(
  table: Table,
  half: HalfLosses,
  { columns: most, fewest }: { readonly columns: number; readonly fewest: number },
  pauses: Pauses,
): Promise<{ conditions: ConditionRows[]; columns: number; isCut: boolean }> {
  let kept: { conditions: ConditionRows[]; strength: number }[] = [];
  let isCut = false;
  for (const column of table.columns) {
    const conditions = conditionsOf(column, fewest);
    const strengths = conditions.map(({ holds }) => Math.abs(half.against(half.sumsWhere(half.rows, holds))?.t ?? 0));
    if (conditions.length > 0) kept.push({ conditions, strength: Math.max(...strengths) });
    // Masks of thousands of columns are not kept at once.
    if (kept.length >= 2 * most) kept = strongest(kept, most);
    isCut = await pauses.after(conditions.length * table.rowCount * 2);
    if (isCut) break;
  }
  const chosen = strongest(kept, most);
  return { conditions: chosen.flatMap(({ conditions }) => conditions), columns: chosen.length, isCut };
}

const strongest = <T extends { strength: number }>(all: readonly T[], most: number): T[] =>
  all.length <= most ? [...all] : all.toSorted((a, b) => b.strength - a.strength).slice(0, most);
