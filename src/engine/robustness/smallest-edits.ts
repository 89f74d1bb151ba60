import { setImmediate } from 'node:timers/promises';
import { type Column, type Table, takeRows } from '../data/table.ts';
import type { Predictor } from '../models/predictor.ts';
import { type Goal, judge, takeGoal } from './goal.ts';
import { copyTable, putRows } from './row-edits.ts';
import { type NumericThreat, onGrid, type ThreatModel, threatOf } from './threat-model.ts';

/** Rows that flip, beside what they were; all three in one order. */
export interface Flips {
  readonly original: Table;
  readonly edited: Table;
  readonly goal: Goal;
}

/** Asks the model whether edited rows still flip, and counts how often. */
export interface FlipCheck {
  flips(edited: Table, goal: Goal): Promise<Uint8Array>;
  queries(): number;
}

/** @param signal throws its AbortError from the next question */
export function flipCheck(predictor: Predictor, signal: AbortSignal): FlipCheck {
  let queries = 0;
  return {
    queries: () => queries,
    async flips(edited, goal) {
      await setImmediate();
      signal.throwIfAborted();
      queries += edited.rowCount;
      return judge(await predictor.predict(edited), goal).flipped;
    },
  };
}

const bisections = 8;

/**
 * Scales all numeric edits of a row together, by bisection, to the smallest that still flips it (to 1/256). Along a line
 * a model may flip back and forth, so this is a small edit, not the smallest there is. Every row of the answer flips.
 */
export async function shrinkEdits(
  { original, edited, goal }: Flips,
  threat: ThreatModel,
  check: FlipCheck,
): Promise<Table> {
  const best = copyTable(edited);
  const low = new Float64Array(original.rowCount);
  const high = new Float64Array(original.rowCount).fill(1);
  for (let i = 0; i < bisections; i++) {
    const share = low.map((value, row) => (value + high[row]) / 2);
    const tried = scaled(original, edited, threat, share);
    const flipped = await check.flips(tried, goal);
    putRows(best, [...share.keys()], tried, (row) => flipped[row] === 1);
    for (let row = 0; row < share.length; row++) (flipped[row] ? high : low)[row] = share[row];
  }
  return best;
}

function scaled(original: Table, edited: Table, threat: ThreatModel, share: Float64Array): Table {
  const columns = original.columns.map((column, c): Column => {
    const to = edited.columns[c];
    if (column.kind !== 'numeric' || to.kind !== 'numeric') return to;
    const limits = threatOf(threat, column) as NumericThreat;
    const values = column.values.map((own, row) =>
      onGrid(limits, own, own + share[row] * (to.values[row] - own), Math.trunc),
    );
    return { ...column, values };
  });
  return { rowCount: original.rowCount, columns };
}

/**
 * Takes edits back one column at a time where the row flips without them, so that what remains can be told in words.
 * Every row of the answer flips.
 */
export async function dropEdits({ original, edited, goal }: Flips, check: FlipCheck): Promise<Table> {
  const best = copyTable(edited);
  for (const [c, column] of original.columns.entries()) {
    const rows = editedRows(column, best.columns[c]);
    if (rows.length === 0) continue;
    const tried = takeRows(best, rows);
    const without = { ...tried, columns: tried.columns.with(c, takeRows(original, rows).columns[c]) };
    const flipped = await check.flips(without, takeGoal(goal, rows));
    putRows(best, rows, without, (i) => flipped[i] === 1);
  }
  return best;
}

const editedRows = (original: Column, edited: Column): number[] => {
  const [before, after] = [cellsOf(original), cellsOf(edited)];
  return Array.from({ length: before.length }, (_, row) => row).filter((row) => differ(before[row], after[row]));
};

export const cellsOf = (column: Column): Float64Array | Int32Array =>
  column.kind === 'numeric' ? column.values : column.codes;

export const differ = (a: number, b: number): boolean => a !== b && !(Number.isNaN(a) && Number.isNaN(b));

/** [rows] largest numeric edit of each row, in IQRs; 0 where only categories changed. */
export function editSizes(original: Table, edited: Table, threat: ThreatModel): Float64Array {
  const sizes = new Float64Array(original.rowCount);
  original.columns.forEach((column, c) => {
    const to = edited.columns[c];
    if (column.kind !== 'numeric' || to.kind !== 'numeric') return;
    const { iqr } = threatOf(threat, column) as NumericThreat;
    for (let row = 0; row < sizes.length; row++)
      if (differ(column.values[row], to.values[row]))
        sizes[row] = Math.max(sizes[row], Math.abs(to.values[row] - column.values[row]) / iqr);
  });
  return sizes;
}

/** [rows] number of categories that changed. */
export function categoryCounts(original: Table, edited: Table): Int32Array {
  const counts = new Int32Array(original.rowCount);
  original.columns.forEach((column, c) => {
    const to = edited.columns[c];
    if (column.kind !== 'coded' || to.kind !== 'coded') return;
    for (let row = 0; row < counts.length; row++) if (column.codes[row] !== to.codes[row]) counts[row]++;
  });
  return counts;
}
