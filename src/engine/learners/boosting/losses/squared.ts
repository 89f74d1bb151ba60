import { priorOf } from '../../constant.ts';
import { type BoostingLoss, rmseOf, type ValueScale } from './loss.ts';

/** Half the squared error, so that the hessian is 1. */
export function squaredError(values: Float64Array, scale: ValueScale, weights?: Float64Array): BoostingLoss {
  const scaled = values.map((value) => (value - scale.mean) / scale.deviation);
  return {
    outputs: 1,
    start: Float64Array.of(priorOf({ kind: 'values', values: scaled }, weights)[0]),
    derive(scores, gradient, hessian) {
      for (let row = 0; row < scaled.length; row++) {
        const weight = weights === undefined ? 1 : weights[row];
        gradient[row] = weight * (scores[row] - scaled[row]);
        hessian[row] = weight;
      }
    },
    measure: (scores, target) => rmseOf(scores, target, scale),
  };
}
