/** What follows from the values of networks drawn from a posterior: [draws][observations], losses having variance 1. */

/**
 * Leave-one-out R2: each observation is foretold by the draws weighted by 1 / p(its loss | draw), which takes it out of the posterior
 * (Gelfand et al. 1992). Undefined where the losses are all equal.
 * @param variances [draws] of the noise
 */
export function importanceFit(
  values: readonly Float64Array[],
  variances: readonly number[],
  losses: Float64Array,
): number | undefined {
  const average = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  let [spread, error] = [0, 0];
  for (const [row, loss] of losses.entries()) {
    const logs = values.map((draw, i) => (draw[row] - loss) ** 2 / (2 * variances[i]) + 0.5 * Math.log(variances[i]));
    const most = logs.reduce((a, b) => Math.max(a, b));
    const weights = logs.map((log) => Math.exp(log - most));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const foretold = weights.reduce((sum, weight, i) => sum + weight * values[i][row], 0) / total;
    spread += (loss - average) ** 2;
    error += (loss - foretold) ** 2;
  }
  return spread > 0 ? 1 - error / spread : undefined;
}

/**
 * How much a point and each observation go together: the correlation of their values over the draws, the absolute ones adding up to 1.
 * All 0 where the draws agree.
 * @param here [draws] values at the point
 */
export function jointWeights(here: readonly number[], seen: readonly Float64Array[]): Float64Array {
  const own = centred(here);
  const weights = seen[0].map((_, row) => {
    const other = centred(seen.map((draw) => draw[row]));
    const scale = Math.sqrt(product(own, own) * product(other, other));
    return scale > 0 ? product(own, other) / scale : 0;
  });
  const total = weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
  return total > 0 ? weights.map((weight) => weight / total) : weights;
}

function centred(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

const product = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i], 0);
