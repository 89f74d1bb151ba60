import { type BoostingLoss, numbersOfTarget, rmseOf, type ValueScale, valuesOf } from './loss.ts';
import { weightedQuantile } from './weighted-quantile.ts';

/**
 * Pinball loss (Koenker and Bassett 1978), least at the target's quantile of this level; half the absolute error at 0.5. Its
 * second derivative is 0 almost everywhere: trees follow the gradient, and leaves are set to the quantile of what is left over
 * (Friedman 2001, section 4.4).
 */
export function pinballLoss(
  values: Float64Array,
  level: number,
  scale: ValueScale,
  weights?: Float64Array,
): BoostingLoss {
  const scaled = values.map((value) => (value - scale.mean) / scale.deviation);
  return {
    outputs: 1,
    start: Float64Array.of(weightedQuantile(scaled, level, weights)),
    derive(scores, gradient, hessian) {
      for (let row = 0; row < scaled.length; row++) {
        const weight = weights === undefined ? 1 : weights[row];
        gradient[row] = weight * (scores[row] < scaled[row] ? -level : 1 - level);
        hessian[row] = weight;
      }
    },
    measure(scores, target) {
      const truth = numbersOfTarget(target);
      const predicted = valuesOf(scores, scale);
      let sum = 0;
      for (let row = 0; row < truth.length; row++) {
        const left = truth[row] - predicted[row];
        sum += Math.max(level * left, (level - 1) * left) / truth.length;
      }
      return sum;
    },
    compare: (scores, target) => rmseOf(scores, target, scale),
    renew(rows, scores) {
      const left = new Float64Array(rows.length);
      for (let i = 0; i < rows.length; i++) left[i] = scaled[rows[i]] - scores[rows[i]];
      return weightedQuantile(left, level, weights && Float64Array.from(rows, (row) => weights[row]));
    },
  };
}
