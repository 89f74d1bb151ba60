import type { DatasetInfo } from '../../shared/dataset.ts';
import type { Target } from '../data/dataset.ts';
import type { Random } from '../random.ts';
import { choiceOf, type StepParameter } from './step.ts';

/** Classes are out of balance where the largest has more than this many times the rows of the smallest. */
const imbalance = 3;

/** How classes of different size come to count alike; offered where they are out of balance, or where their sizes are not known. */
export function balanceParameters({ classes, columns }: DatasetInfo): readonly StepParameter[] {
  if (!classes) return [];
  const counts = columns.find(({ role }) => role === 'target')?.levels?.map(({ count }) => count);
  if (counts && Math.max(...counts) <= imbalance * Math.min(...counts)) return [];
  return [choiceOf('balance', ['none', 'weights', 'oversample', 'undersample'], 'none', false)];
}

/** What a learner is fitted on instead of all rows alike. */
export interface BalancedRows {
  /** Training rows in order, repeated or left out; absent: all, once each. */
  readonly rows?: Uint32Array;
  /** [rows], mean 1. */
  readonly weights?: Float64Array;
  readonly words: string;
}

/**
 * 'weights': each class counts as much as any other, by weights where the learner honours them, else by rows drawn in proportion.
 * 'oversample' repeats rows until every class has as many as the largest, 'undersample' leaves rows out until it has as many as the
 * smallest. Probabilities then are those of balanced classes. Null where nothing is to be done.
 * weights: [train rows] that the rows have already.
 */
export function balance(
  way: unknown,
  target: Target,
  weights: Float64Array | undefined,
  weighsRows: boolean,
  random: Random,
): BalancedRows | null {
  if (way === undefined || way === 'none' || target.kind !== 'classes') return null;
  const byClass = rowsByClass(target.codes, target.classes.length).filter((rows) => rows.length > 0);
  const sizes = byClass.map((rows) => rows.length);
  if (sizes.length < 2) return null;
  if (way === 'weights' && weighsRows) {
    const balanced = new Float64Array(target.codes.length).fill(1);
    for (const rows of byClass)
      for (const row of rows)
        balanced[row] = ((weights?.[row] ?? 1) * target.codes.length) / (byClass.length * rows.length);
    return { weights: toMeanOne(balanced), words: 'classes weighted alike' };
  }
  const sizeWanted = {
    weights: Math.ceil(target.codes.length / byClass.length),
    oversample: Math.max(...sizes),
    undersample: Math.min(...sizes),
  }[String(way)]!;
  const rows = Uint32Array.from(byClass.flatMap((own) => drawn(own, sizeWanted, random))).sort();
  return {
    rows,
    ...(weights && { weights: toMeanOne(Float64Array.from(rows, (row) => weights[row])) }),
    words: `${rows.length} rows drawn, as many of each class`,
  };
}

function rowsByClass(codes: Int32Array, count: number): number[][] {
  const byClass: number[][] = Array.from({ length: count }, () => []);
  codes.forEach((code, row) => {
    byClass[code].push(row);
  });
  return byClass;
}

/** Without replacement; once all are drawn they are drawn again, so that each row counts as much as any other of its class. */
function drawn(rows: readonly number[], count: number, random: Random): number[] {
  const taken: number[] = [];
  while (taken.length < count) {
    const order = random.permutation(rows.length).subarray(0, count - taken.length);
    for (const place of order) taken.push(rows[place]);
  }
  return taken;
}

function toMeanOne(weights: Float64Array): Float64Array {
  const mean = weights.reduce((sum, weight) => sum + weight / weights.length, 0);
  return weights.map((weight) => weight / mean);
}
