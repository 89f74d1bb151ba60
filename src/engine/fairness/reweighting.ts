import { mostGroups } from '../../shared/experiment/fairness-measure.ts';
import { type Dataset, takeDataset, targetLength } from '../data/dataset.ts';
import type { Random } from '../random.ts';
import { groupColumn } from './group-column.ts';
import { groupsOf } from './grouping.ts';

/**
 * Weights that make belonging to a group and having a class independent of each other: as many rows as a group and a class would share by
 * chance, by as many as share them (Kamiran and Calders 2012, section 4.3). Several columns part rows by all of them.
 * Undefined where a number is predicted.
 * @returns [rows] mean 1
 */
export function fairWeights(data: Dataset, columns: readonly string[]): Float64Array | undefined {
  const { target } = data;
  if (target.kind !== 'classes') return undefined;
  const codings = columns.map((name) => groupsOf(groupColumn(data, name), mostGroups).codes);
  const groups = Array.from(target.codes, (_, row) => codings.map((codes) => codes[row]).join(' '));
  const cells = groups.map((group, row) => `${group}/${target.codes[row]}`);
  const [ofGroup, ofCell] = [countsOf(groups), countsOf(cells)];
  const ofClass = countsOf(target.codes);
  const rows = target.codes.length;
  const weights = Float64Array.from(
    target.codes,
    (code, row) => (ofGroup.get(groups[row])! * ofClass.get(code)!) / (rows * ofCell.get(cells[row])!),
  );
  const mean = weights.reduce((sum, weight) => sum + weight / rows, 0);
  return weights.map((weight) => weight / mean);
}

function countsOf<T>(values: Iterable<T>): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** What a learner is fitted on instead of all rows alike. */
export interface Reweighted {
  readonly train: Dataset;
  /** For a learner that takes them; for the others rows are drawn in proportion, at even distances. */
  readonly weights?: Float64Array;
  readonly words: string;
}

export function reweighted(
  train: Dataset,
  columns: readonly string[],
  weighsRows: boolean,
  random: Random,
): Reweighted | undefined {
  const weights = targetLength(train.target) > 0 ? fairWeights(train, columns) : undefined;
  if (!weights) return undefined;
  const by = columns.join(' and ');
  if (weighsRows) return { train, weights, words: `rows reweighted by ${by}` };
  return {
    train: takeDataset(train, drawn(weights, random.uniform())),
    words: `rows drawn in proportion to weights by ${by}, which the learner does not take`,
  };
}

/** As many rows as there are, each as often as its weight says, up to one (systematic sampling). */
function drawn(weights: Float64Array, start: number): Uint32Array {
  const rows = new Uint32Array(weights.length);
  let [passed, taken] = [0, 0];
  weights.forEach((weight, row) => {
    passed += weight;
    while (taken < rows.length && taken + start < passed) rows[taken++] = row;
  });
  // Rounding may leave the last one out.
  while (taken < rows.length) rows[taken++] = rows.length - 1;
  return rows;
}
