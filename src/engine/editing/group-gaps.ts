import type { FairnessChange } from '../../shared/results/model-editing.ts';
import type { Dataset, Target } from '../data/dataset.ts';
import { differencesFor } from '../fairness/differences.ts';
import { groupColumn, hasColumn } from '../fairness/group-column.ts';
import { type JudgedRows, measuresOf } from '../fairness/group-measures.ts';
import { groupsOf } from '../fairness/grouping.ts';
import type { Prediction } from '../models/predictor.ts';
import { centralInterval } from '../statistics/quantile.ts';

/** Groups of fewer rows are not compared. */
const smallestGroup = 30;

/** How far the groups of a column lie apart under a model, by each difference: on all rows, and on each resample. */
export interface GroupGap {
  readonly column: string;
  readonly name: FairnessChange['name'];
  readonly value: number;
  /** [resamples] NaN where a resample does not determine it. */
  readonly resampled: Float64Array;
}

/** Of rates for two classes and of errors for numbers; nothing of several classes, nor where fewer than two groups have enough rows. */
export function groupGaps(
  prediction: Prediction,
  data: Dataset,
  columns: readonly string[],
  resamples: readonly Uint32Array[],
): GroupGap[] {
  const judged = judgedRows(prediction, data.target);
  if (!judged) return [];
  const all = Uint32Array.from({ length: data.features.rowCount }, (_, row) => row);
  const kinds = differencesFor(judged).filter(({ name }) => !name.endsWith('ratio'));
  return columns.flatMap((column) => {
    if (!hasColumn(data, column)) return [];
    const { names, codes } = groupsOf(groupColumn(data, column));
    const compared = names.map((_, g) => codes.filter((code) => code === g).length >= smallestGroup);
    if (compared.filter(Boolean).length < 2) return [];
    const apart = (rows: Uint32Array) => {
      const members = names.map(() => [] as number[]);
      for (const row of rows) members[codes[row]].push(row);
      const groups = members.filter((own, g) => compared[g] && own.length > 0).map((own) => measuresOf(judged, own));
      return kinds.map(({ of }) => of(groups));
    };
    const values = apart(all);
    const drawn = resamples.map(apart);
    return kinds.map(({ name }, k) => ({
      column,
      name,
      value: values[k],
      resampled: Float64Array.from(drawn, (gaps) => gaps[k]),
    }));
  });
}

/** Of each column the difference that was largest before. */
export function gapChanges(before: readonly GroupGap[], after: readonly GroupGap[]): FairnessChange[] {
  const known = before.filter(({ value }) => Number.isFinite(value));
  const byColumn = Map.groupBy(known, ({ column }) => column);
  return [...byColumn].map(([column, gaps]) => {
    const largest = gaps.reduce((most, gap) => (gap.value > most.value ? gap : most));
    const now = after.find((gap) => gap.column === column && gap.name === largest.name);
    const value = now && Number.isFinite(now.value) ? now.value : null;
    const changes = now ? now.resampled.map((gap, b) => gap - largest.resampled[b]).filter(Number.isFinite) : [];
    return {
      column,
      name: largest.name,
      before: largest.value,
      after: value,
      change: {
        value: value === null ? null : value - largest.value,
        interval: changes.length > 0 ? centralInterval(changes, 0.95) : null,
      },
    };
  });
}

function judgedRows(prediction: Prediction, target: Target): JudgedRows | undefined {
  if (prediction.kind === 'values')
    return target.kind === 'values'
      ? { kind: 'values', truth: target.values, prediction: prediction.values }
      : undefined;
  if (target.kind !== 'classes' || prediction.classCount !== 2) return undefined;
  const probability = Float64Array.from(target.codes, (_, row) => prediction.values[2 * row + 1]);
  return {
    kind: 'labels',
    truth: Uint8Array.from(target.codes),
    label: Uint8Array.from(probability, (one) => (one > 0.5 ? 1 : 0)),
    probability,
  };
}
