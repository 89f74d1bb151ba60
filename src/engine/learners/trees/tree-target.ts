import type { Target } from '../../data/dataset.ts';
import { scaleOf } from '../target-scale.ts';

/** What impurity trees fit: classes, or values in units of their deviation. */
export interface TreeTarget {
  /** Classes, or 1: means of a node. */
  readonly outputs: number;
  /** [rows] class, of three or more classes. */
  readonly codes?: Int32Array;
  /** [rows] value; of two classes 0 or 1, since the Gini impurity is twice their variance. */
  readonly values?: Float64Array;
  /** value * deviation + mean is in the target's unit. */
  readonly mean: number;
  readonly deviation: number;
}

/** @param weights [rows], mean 1: what each row counts; absent: all the same */
export function treeTarget(target: Target, weights?: Float64Array): TreeTarget {
  if (target.kind === 'values') {
    const { mean, deviation } = scaleOf(target.values, weights);
    return { outputs: 1, values: target.values.map((value) => (value - mean) / deviation), mean, deviation };
  }
  const outputs = target.classes.length;
  const plain = { outputs, mean: 0, deviation: 1 };
  return outputs === 2 ? { ...plain, values: Float64Array.from(target.codes) } : { ...plain, codes: target.codes };
}

/** Numbers that are summed besides the weights: one a class, or that of the value. */
export const sumsOf = ({ outputs, codes }: TreeTarget): number => (codes ? outputs : 1);
