import type { Target } from '../data/dataset.ts';
import { takeTarget, targetLength } from '../data/dataset.ts';
import { probabilityFloor } from '../metrics/classification.ts';
import { type Prediction, takePrediction } from '../models/predictor.ts';
import { softmaxRows } from '../numerics/softmax.ts';
import { fitConditionalLogit } from './conditional-logit.ts';
import { foldsOf, inFold, notInFold } from './fold-rows.ts';
import { leastPoint } from './non-negative-quadratic.ts';

/** A second layer over members' predictions; plain JSON. */
export interface Stack {
  /** One a member, none negative. */
  readonly weights: readonly number[];
  /** One a class, the first 0; or the one of a value. */
  readonly intercepts: readonly number[];
}

export interface Stacked {
  /** Fitted on all rows. */
  readonly stack: Stack;
  /** Each fold's rows as predicted by a stack that was fitted without them: what its honest score is computed from. */
  readonly crossFitted: Prediction;
}

/** Elastic net on the members' weights, against the mean loss of a row (for values, in units of the target's variance). */
export interface StackPenalty {
  readonly l1: number;
  readonly l2: number;
}

const defaultPenalty: StackPenalty = { l1: 1e-4, l2: 1e-3 };

/**
 * Stacked generalisation (Wolpert 1992) with weights that may not be negative (Breiman 1996, section 2). Classes: each member's log
 * probabilities times its weight, plus an intercept a class, through softmax; with two classes the logistic model on logits that H2O's
 * stacked ensembles fit. Values: least squares.
 * @param members out-of-fold predictions of the same rows
 * @param foldOf [rows] the fold that judged each row
 */
export function stackMembers(
  members: readonly Prediction[],
  target: Target,
  foldOf: ArrayLike<number>,
  penalty: StackPenalty = defaultPenalty,
): Stacked {
  if (members.length === 0) throw new RangeError('a stack needs at least one member');
  const stack = fitStack(members, target, penalty);
  const crossFitted: Prediction = { ...members[0], values: new Float64Array(members[0].values.length) };
  const width = members[0].values.length / targetLength(target);
  for (const fold of foldsOf(foldOf)) {
    const [others, own] = [notInFold(foldOf, fold), inFold(foldOf, fold)];
    const without = fitStack(
      members.map((member) => takePrediction(member, others)),
      takeTarget(target, others),
      penalty,
    );
    const { values } = applyStack(
      without,
      members.map((member) => takePrediction(member, own)),
    );
    own.forEach((row, i) => {
      crossFitted.values.set(values.subarray(i * width, (i + 1) * width), row * width);
    });
  }
  return { stack, crossFitted };
}

/** Throws a RangeError where the number of members is not the one it was fitted for. */
export function applyStack({ weights, intercepts }: Stack, members: readonly Prediction[]): Prediction {
  if (members.length !== weights.length)
    throw new RangeError(`${members.length} members for a stack of ${weights.length}`);
  const width = intercepts.length;
  const isClasses = members[0].kind === 'probabilities';
  const values = new Float64Array(members[0].values.length);
  for (let i = 0; i < values.length; i++) {
    let score = intercepts[i % width];
    for (let m = 0; m < members.length; m++) {
      const predicted = members[m].values[i];
      score += weights[m] * (isClasses ? Math.log(Math.max(probabilityFloor, predicted)) : predicted);
    }
    values[i] = score;
  }
  if (isClasses) softmaxRows(values, width);
  return { ...members[0], values };
}

const fitStack = (members: readonly Prediction[], target: Target, penalty: StackPenalty): Stack =>
  target.kind === 'classes'
    ? stackClasses(members, target.codes, penalty)
    : stackValues(members, target.values, penalty);

/** So that the intercept of a class without rows stays finite. */
const interceptPenalty = 1e-6;

function stackClasses(members: readonly Prediction[], codes: Int32Array, { l1, l2 }: StackPenalty): Stack {
  const [first] = members;
  const classCount = first.kind === 'probabilities' ? first.classCount : 1;
  const count = members.length + classCount - 1;
  const features = new Float64Array(codes.length * classCount * count);
  for (let i = 0; i < codes.length * classCount; i++) {
    for (let m = 0; m < members.length; m++) {
      features[i * count + m] = Math.log(Math.max(probabilityFloor, members[m].values[i]));
    }
    const k = i % classCount;
    if (k > 0) features[i * count + members.length + k - 1] = 1;
  }
  const isMember = (j: number) => j < members.length;
  const perCoefficient = (member: number, intercept: number) =>
    Float64Array.from({ length: count }, (_, j) => (isMember(j) ? member : intercept));
  const coefficients = fitConditionalLogit({
    features,
    codes,
    classCount,
    count,
    l1: perCoefficient(l1, 0),
    l2: perCoefficient(l2, interceptPenalty),
    bounded: Uint8Array.from({ length: count }, (_, j) => (isMember(j) ? 1 : 0)),
  });
  return {
    weights: Array.from(coefficients.subarray(0, members.length)),
    intercepts: [0, ...coefficients.subarray(members.length)],
  };
}

function stackValues(members: readonly Prediction[], truth: Float64Array, { l1, l2 }: StackPenalty): Stack {
  const rows = truth.length;
  const count = members.length;
  const means = members.map(({ values }) => values.reduce((sum, value) => sum + value, 0) / rows);
  const truthMean = truth.reduce((sum, value) => sum + value, 0) / rows;
  const variance = truth.reduce((sum, value) => sum + (value - truthMean) ** 2, 0) / rows;
  const hessian = new Float64Array(count * count);
  const pull = new Float64Array(count);
  for (let m = 0; m < count; m++) {
    const { values } = members[m];
    for (let row = 0; row < rows; row++) pull[m] += ((values[row] - means[m]) * (truth[row] - truthMean)) / rows;
    for (let l = 0; l <= m; l++) {
      let product = 0;
      const others = members[l].values;
      for (let row = 0; row < rows; row++) product += (values[row] - means[m]) * (others[row] - means[l]);
      hessian[m * count + l] = product / rows;
      hessian[l * count + m] = product / rows;
    }
  }
  for (let m = 0; m < count; m++) hessian[m * count + m] += (l2 + 1e-12) * variance + 1e-300;
  const penalty = new Float64Array(count).fill(l1 * variance);
  const bounded = new Uint8Array(count).fill(1);
  const weights = leastPoint({ hessian, pull, penalty, bounded }, new Float64Array(count));
  const explained = weights.reduce((sum, weight, m) => sum + weight * means[m], 0);
  return { weights: Array.from(weights), intercepts: [truthMean - explained] };
}
