import type { Target } from '../data/dataset.ts';
import type { Prediction } from '../models/predictor.ts';

/** What an attack on some rows is after: another class than the true one, or a number that moved beyond the tolerance. */
export type Goal =
  | { readonly kind: 'classes'; readonly truth: Int32Array; readonly classes: readonly string[] }
  | { readonly kind: 'values'; readonly before: Float64Array; readonly tolerance: number };

export interface Judgement {
  /** [rows] 1 where the prediction flipped. */
  readonly flipped: Uint8Array;
  /** [rows] what is left: p(true class) - p(next), or tolerance - |move|; the smaller, the nearer to a flip. */
  readonly margin: Float64Array;
}

/** Throws a RangeError where prediction and goal are of different kinds. */
export function judge(prediction: Prediction, goal: Goal): Judgement {
  if (prediction.kind === 'probabilities' && goal.kind === 'classes') return judgeClasses(prediction, goal.truth);
  if (prediction.kind === 'values' && goal.kind === 'values') {
    const margin = Float64Array.from(
      prediction.values,
      (value, i) => goal.tolerance - Math.abs(value - goal.before[i]),
    );
    return { margin, flipped: Uint8Array.from(margin, (left) => (left < 0 ? 1 : 0)) };
  }
  throw new RangeError(`a prediction of ${prediction.kind} cannot be judged by ${goal.kind}`);
}

/** A tie goes to the first of the equal classes, as it does wherever a class is predicted. */
function judgeClasses(
  { classCount, values }: Extract<Prediction, { kind: 'probabilities' }>,
  truth: Int32Array,
): Judgement {
  const margin = new Float64Array(truth.length);
  const flipped = new Uint8Array(truth.length);
  for (let row = 0; row < truth.length; row++) {
    const own = values[row * classCount + truth[row]];
    let next = 0;
    for (let k = 0; k < classCount; k++) {
      if (k === truth[row]) continue;
      const other = values[row * classCount + k];
      next = Math.max(next, other);
      if (other > own || (other === own && k < truth[row])) flipped[row] = 1;
    }
    margin[row] = own - next;
  }
  return { margin, flipped };
}

export function takeGoal(goal: Goal, rows: ArrayLike<number>): Goal {
  const positions = Array.from(rows);
  if (goal.kind === 'classes') return { ...goal, truth: Int32Array.from(positions, (row) => goal.truth[row]) };
  return { ...goal, before: Float64Array.from(positions, (row) => goal.before[row]) };
}

/** The target whose loss an attack climbs by gradient. Values: `direction` 1 climbs to larger predictions, -1 to smaller. */
export function lossTarget(goal: Goal, direction: 1 | -1): Target {
  if (goal.kind === 'classes') return { kind: 'classes', codes: goal.truth, classes: goal.classes };
  // At the prediction itself the squared error is flat; from one tolerance away its slope points along the direction.
  return { kind: 'values', values: goal.before.map((value) => value - direction * goal.tolerance) };
}
