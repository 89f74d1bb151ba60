import { type CodedColumn, type Column, type NumericColumn, type Table, takeRows } from '../../data/table.ts';
import type { Random } from '../../random.ts';
import type { Attack, AttackContext } from '../attack.ts';
import { judge, takeGoal } from '../goal.ts';
import { copyTable, putRows } from '../row-edits.ts';
import {
  allowedRange,
  type CodedThreat,
  type NumericThreat,
  onGrid,
  type ThreatModel,
  threatOf,
} from '../threat-model.ts';

/** Square's schedule: the share of columns drawn anew is halved after these shares of the budget (Andriushchenko et al. 2020). */
const halvings = [0.001, 0.005, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8];
const firstShare = 0.8;
/** How often a proposal goes to an end of the allowed range; Square always does. */
const endShare = 0.8;
/** How often a proposal also touches a category. */
const categoryShare = 0.5;

/**
 * Random search after Square (Andriushchenko et al. 2020), for tables and any model: a few columns of a row at a time jump
 * to an end of their range (or a point in it), a category to another observed level; the row keeps what brings it no
 * further from a flip. All rows that still hold are asked about in one call. Stops asking about a row once it flips.
 */
export const randomSearch: Attack = {
  name: 'random search',
  access: 'score',
  words:
    'Random edits of a few columns at a time, kept where they bring a row nearer to a flip (after Andriushchenko et al. 2020).',
  suits: () => true,
  async run(context) {
    const { victim, rows, goal, random, queriesPerRow } = context;
    const best = copyTable(rows);
    const first = judge(await victim.predict(rows), goal);
    const left = first.margin;
    let holding = positionsWhere(rows.rowCount, (row) => first.flipped[row] === 0);
    for (let query = 1; query < queriesPerRow && holding.length > 0; query++) {
      const proposal = propose(context, best, holding, columnShare(query / queriesPerRow), random);
      const { margin, flipped } = judge(await victim.predict(proposal), takeGoal(goal, holding));
      const better = (i: number) => margin[i] <= left[holding[i]];
      putRows(best, holding, proposal, better);
      for (const [i, row] of holding.entries()) left[row] = Math.min(left[row], margin[i]);
      holding = holding.filter((_, i) => flipped[i] === 0);
    }
    return best;
  },
};

const columnShare = (spent: number): number => firstShare / 2 ** halvings.filter((share) => spent > share).length;

const positionsWhere = (count: number, when: (row: number) => boolean): number[] =>
  Array.from({ length: count }, (_, row) => row).filter(when);

/** New rows made from the best so far of the rows that still hold. */
function propose(
  context: AttackContext,
  best: Table,
  holding: readonly number[],
  share: number,
  random: Random,
): Table {
  const original = takeRows(context.rows, holding);
  const edited = takeRows(best, holding);
  const numeric = editable(original, context.threat, 'numeric');
  const coded = context.threat.categoricalEdits > 0 ? editable(original, context.threat, 'coded') : [];
  for (let row = 0; row < edited.rowCount; row++) {
    const touchCategory = coded.length > 0 && (numeric.length === 0 || random.uniform() < categoryShare);
    const sure = numeric.length > 0 && !touchCategory ? random.integer(numeric.length) : -1;
    for (const [i, c] of numeric.entries())
      if (i === sure || random.uniform() < share)
        drawNumber(original.columns[c], edited.columns[c], row, context, random);
    if (touchCategory)
      drawLevel(original, edited, row, coded[random.integer(coded.length)], coded, context.threat, random);
  }
  return edited;
}

/** Positions of the columns of this kind that are not frozen. */
const editable = (table: Table, threat: ThreatModel, kind: Column['kind']): number[] =>
  table.columns.flatMap((column, c) => (column.kind === kind && threatOf(threat, column).frozen === null ? [c] : []));

function drawNumber(
  own: Column,
  edited: Column,
  row: number,
  { threat, epsilon }: AttackContext,
  random: Random,
): void {
  const limits = threatOf(threat, own) as NumericThreat;
  const value = (own as NumericColumn).values[row];
  const { low, high } = allowedRange(limits, value, epsilon);
  const atEnd = random.uniform() < endShare;
  const share = random.uniform();
  const drawn = atEnd ? (share < 0.5 ? low : high) : onGrid(limits, value, low + share * (high - low), Math.round);
  (edited as NumericColumn).values[row] = Number.isNaN(value) ? value : Math.min(high, Math.max(low, drawn));
}

/** Sets one category to another observed level; where the row has no edits left, an earlier one is taken back first. */
function drawLevel(
  original: Table,
  edited: Table,
  row: number,
  column: number,
  coded: readonly number[],
  threat: ThreatModel,
  random: Random,
): void {
  const codes = (table: Table, c: number) => (table.columns[c] as CodedColumn).codes;
  const own = codes(original, column)[row];
  if (own < 0) return;
  const { observed } = threatOf(threat, original.columns[column]) as CodedThreat;
  const drawn = observed[random.integer(observed.length)];
  const others = coded.filter((c) => c !== column && codes(edited, c)[row] !== codes(original, c)[row]);
  if (drawn !== own && others.length >= threat.categoricalEdits) {
    const back = others[random.integer(others.length)];
    codes(edited, back)[row] = codes(original, back)[row];
  }
  codes(edited, column)[row] = drawn;
}
