import type { AttackedRow, Edit } from '../../shared/results/robustness.ts';
import { cell, type Table, takeRows } from '../data/table.ts';
import { mostProbable } from '../metrics/classification.ts';
import type { Prediction, Predictor } from '../models/predictor.ts';
import { type Findings, weighed } from './campaign.ts';
import { type Goal, takeGoal } from './goal.ts';
import {
  categoryCounts,
  cellsOf,
  differ,
  dropEdits,
  editSizes,
  type FlipCheck,
  shrinkEdits,
} from './smallest-edits.ts';
import type { ThreatModel } from './threat-model.ts';

/** What was attacked: rows that were predicted rightly, and where they stand in the attacked part. */
export interface AttackedPart {
  readonly rows: Table;
  readonly goal: Goal;
  /** [rows] position in the evaluation part. */
  readonly positions: readonly number[];
}

/** Rows that fell, with the smallest edit found of each. */
export interface Fallen {
  readonly original: Table;
  readonly edited: Table;
  readonly goal: Goal;
  readonly positions: readonly number[];
  readonly foundBy: readonly string[];
  /** [fallen] largest numeric edit in IQRs. */
  readonly epsilon: Float64Array;
}

/** Shrinks what the attacks found; every row still flips. */
export async function fallenRows(
  part: AttackedPart,
  findings: Findings,
  threat: ThreatModel,
  check: FlipCheck,
): Promise<Fallen> {
  const original = takeRows(part.rows, findings.fallen);
  const goal = takeGoal(part.goal, findings.fallen);
  const edited = await shrinkEdits({ original, edited: findings.edited, goal }, threat, check);
  return {
    original,
    edited,
    goal,
    positions: findings.fallen.map((row) => part.positions[row]),
    foundBy: findings.foundBy,
    epsilon: editSizes(original, edited, threat),
  };
}

/**
 * The smallest flips told column by column: edits that are not needed are dropped, the rest shrunk once more.
 * @param count at most this many rows
 */
export async function attackedRows(
  fallen: Fallen,
  predictor: Predictor,
  threat: ThreatModel,
  check: FlipCheck,
  count: number,
): Promise<AttackedRow[]> {
  const weight = weighed(fallen.epsilon, categoryCounts(fallen.original, fallen.edited));
  const chosen = [...weight.keys()].sort((a, b) => weight[a] - weight[b]).slice(0, count);
  if (chosen.length === 0) return [];
  const original = takeRows(fallen.original, chosen);
  const goal = takeGoal(fallen.goal, chosen);
  const fewer = await dropEdits({ original, edited: takeRows(fallen.edited, chosen), goal }, check);
  const edited = await shrinkEdits({ original, edited: fewer, goal }, threat, check);
  const before = said(await predictor.predict(original), predictor);
  const after = said(await predictor.predict(edited), predictor);
  const sizes = editSizes(original, edited, threat);
  const categories = categoryCounts(original, edited);
  const rows = chosen.map(
    (row, i): AttackedRow => ({
      rowIndex: fallen.positions[row],
      truth: goal.kind === 'classes' ? goal.classes[goal.truth[i]] : goal.before[i],
      before: before[i],
      after: after[i],
      edits: editsOf(original, edited, i),
      epsilon: sizes[i],
      categoricalEdits: categories[i],
      attack: fallen.foundBy[row],
    }),
  );
  const size = (row: AttackedRow) => row.epsilon + row.categoricalEdits;
  return rows.sort((a, b) => size(a) - size(b) || a.edits.length - b.edits.length);
}

/** [rows] the predicted class or value. */
function said(prediction: Prediction, { classes }: Predictor): (string | number)[] {
  if (prediction.kind === 'values') return [...prediction.values];
  return Array.from(mostProbable(prediction.values, prediction.classCount), (k) => classes?.[k] ?? String(k));
}

function editsOf(original: Table, edited: Table, row: number): Edit[] {
  return original.columns.flatMap((column, c) => {
    const to = edited.columns[c];
    if (!differ(cellsOf(column)[row], cellsOf(to)[row])) return [];
    return [{ column: column.name, from: cell(column, row), to: cell(to, row) }];
  });
}
