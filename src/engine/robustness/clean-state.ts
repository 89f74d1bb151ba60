import type { Target } from '../data/dataset.ts';
import { mcc } from '../metrics/classification.ts';
import { r2 } from '../metrics/regression.ts';
import type { Prediction } from '../models/predictor.ts';
import { standardDeviation } from '../statistics/mean.ts';
import { type Goal, judge } from './goal.ts';

/** How good the model is before anybody attacks it, and what an attack is then after. */
export interface Clean {
  readonly goal: Goal;
  /** [rows] 1 where the untouched prediction is right. */
  readonly right: Uint8Array;
  readonly accuracy: number;
  readonly mcc: number | null;
  readonly r2?: number | null;
  readonly majorityBaseline: number;
  readonly tolerance?: number;
}

/** Regression: moves beyond this share of the training target's standard deviation count as flips, unless told otherwise. */
const toleranceShare = 0.25;

/**
 * Judges the untouched predictions. Classification: right is the true class. Regression: every row counts as right at
 * first, and flips when its prediction moves beyond the tolerance (default a quarter of the training target's standard
 * deviation). Throws a RangeError where prediction and target are of different kinds or the tolerance is not positive.
 */
export function cleanState(prediction: Prediction, target: Target, train: Target, tolerance?: number): Clean {
  if (prediction.kind === 'probabilities' && target.kind === 'classes' && train.kind === 'classes')
    return cleanClasses(prediction, target, train);
  if (prediction.kind === 'values' && target.kind === 'values' && train.kind === 'values')
    return cleanValues(prediction.values, target.values, tolerance ?? toleranceShare * standardDeviation(train.values));
  throw new RangeError(`a prediction of ${prediction.kind} does not fit a target of ${target.kind}`);
}

function cleanClasses(
  prediction: Extract<Prediction, { kind: 'probabilities' }>,
  target: Extract<Target, { kind: 'classes' }>,
  train: Extract<Target, { kind: 'classes' }>,
): Clean {
  const goal: Goal = { kind: 'classes', truth: target.codes, classes: target.classes };
  const right = judge(prediction, goal).flipped.map((flip) => 1 - flip);
  const majority = mostFrequent(train.codes, target.classes.length);
  return {
    goal,
    right,
    accuracy: share(right, (value) => value === 1),
    mcc: mcc(prediction.values, target.codes, prediction.classCount) ?? null,
    majorityBaseline: share(target.codes, (code) => code === majority),
  };
}

function cleanValues(before: Float64Array, truth: Float64Array, tolerance: number): Clean {
  if (!(tolerance > 0)) throw new RangeError(`the tolerance must be above 0, not ${tolerance}`);
  return {
    goal: { kind: 'values', before, tolerance },
    right: new Uint8Array(before.length).fill(1),
    accuracy: 1,
    mcc: null,
    r2: r2(before, truth) ?? null,
    majorityBaseline: 1,
    tolerance,
  };
}

function mostFrequent(codes: Int32Array, classCount: number): number {
  const counts = new Uint32Array(classCount);
  for (const code of codes) counts[code]++;
  return counts.indexOf(Math.max(...counts));
}

function share(values: ArrayLike<number>, when: (value: number) => boolean): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (when(values[i])) count++;
  return count / values.length;
}
