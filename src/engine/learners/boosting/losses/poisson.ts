import { UserError } from '../../../../shared/faults.ts';
import { priorOf } from '../../constant.ts';
import { type BoostingLoss, numbersOfTarget, rmseOf, type ValueScale } from './loss.ts';

/** Added to the score in the second derivative, so that a step along a curve that bends away is not too long (LightGBM's constant). */
const caution = 0.7;

/** Poisson log likelihood of counts whose mean is the exponential of the score, in units of the counts' mean. */
export function poissonLoss(values: Float64Array, scale: ValueScale, weights?: Float64Array): BoostingLoss {
  const scaled = values.map((value) => value / scale.mean);
  const steeper = Math.exp(caution);
  return {
    outputs: 1,
    start: Float64Array.of(Math.log(Math.max(1e-9, priorOf({ kind: 'values', values: scaled }, weights)[0]))),
    derive(scores, gradient, hessian) {
      for (let row = 0; row < scaled.length; row++) {
        const weight = weights === undefined ? 1 : weights[row];
        const mean = Math.exp(scores[row]);
        gradient[row] = weight * (mean - scaled[row]);
        hessian[row] = weight * mean * steeper;
      }
    },
    /** The likelihood's part that depends on the score. */
    measure(scores, target) {
      const truth = numbersOfTarget(target);
      let sum = 0;
      for (let row = 0; row < truth.length; row++) {
        sum += (Math.exp(scores[row]) - (truth[row] / scale.mean) * scores[row]) / truth.length;
      }
      return sum;
    },
    compare: (scores, target) => rmseOf(scores, target, scale),
  };
}

/** Throws a UserError where a value is below 0: no count. */
export function checkCounts(values: Float64Array): void {
  const row = values.findIndex((value) => value < 0);
  if (row < 0) return;
  throw new UserError('poisson-target', `Poisson loss needs a target of 0 and above; one row holds ${values[row]}.`, {
    advice: 'Choose another "loss" for boosting under "space", or leave those rows out.',
  });
}
