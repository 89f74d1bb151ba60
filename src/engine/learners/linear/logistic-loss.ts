import type { SparseRows } from '../../data/encoders/sparse-rows.ts';
import { logistic, softplus } from '../../numerics/logistic.ts';
import { softmax, softmaxRows } from '../../numerics/softmax.ts';
import type { Pace } from '../pace.ts';

/**
 * Sum of log losses; the scores, [rows x outputs], are replaced by their gradient, probability minus truth. One output tells two
 * classes apart.
 * @param rowWeights [rows]: what each row's loss counts; absent: 1
 */
export function logLossAndGradient(
  scores: Float64Array,
  codes: Int32Array,
  outputs: number,
  rowWeights?: Float64Array,
): number {
  let sum = 0;
  for (let row = 0, base = 0; row < codes.length; row++, base += outputs) {
    const weight = rowWeights ? rowWeights[row] : 1;
    if (outputs === 1) {
      const margin = codes[row] === 1 ? scores[row] : -scores[row];
      sum += weight * softplus(-margin);
      scores[row] = weight * (logistic(scores[row]) - codes[row]);
      continue;
    }
    const truth = scores[base + codes[row]];
    sum += weight * (softmax(scores, base, outputs) - truth);
    scores[base + codes[row]] -= 1;
    if (weight !== 1) for (let k = base; k < base + outputs; k++) scores[k] *= weight;
  }
  return sum;
}

/** [rows x classes] from [rows x outputs] scores. */
export function probabilitiesOf(scores: Float64Array, outputs: number): Float64Array {
  if (outputs > 1) return softmaxRows(scores, outputs);
  const values = new Float64Array(2 * scores.length);
  for (let row = 0; row < scores.length; row++) {
    values[2 * row + 1] = logistic(scores[row]);
    values[2 * row] = 1 - values[2 * row + 1];
  }
  return values;
}

/**
 * Second derivatives of the sum of log losses by weights and biases, [(columns + 1) outputs]^2, symmetric: of each row, the products of
 * its inputs times p_k (1 - p_k), or -p_k p_l between outputs (Bishop 2006, equations 4.97 and 4.110).
 * @param probabilities [rows x outputs]
 */
export async function logLossHessian(
  x: SparseRows,
  probabilities: Float64Array,
  outputs: number,
  rowWeights: Float64Array | undefined,
  pace: Pace,
): Promise<Float64Array> {
  const size = (x.columns + 1) * outputs;
  const hessian = new Float64Array(size * size);
  const curvature = new Float64Array(outputs);
  for (let row = 0; row < x.rows; row++) {
    const [from, to] = [x.starts[row], x.starts[row + 1]];
    for (let k = 0; k < outputs; k++) {
      const p = probabilities[row * outputs + k] * (rowWeights ? rowWeights[row] : 1);
      for (let l = 0; l <= k; l++) curvature[l] = p * ((l === k ? 1 : 0) - probabilities[row * outputs + l]);
      // The bias is an input that is always 1, behind the others.
      for (let a = from; a <= to; a++) {
        const base = ((a < to ? x.indices[a] : x.columns) * outputs + k) * size;
        const value = a < to ? x.values[a] : 1;
        for (let b = from; b <= to; b++) {
          const at = base + (b < to ? x.indices[b] : x.columns) * outputs;
          const product = value * (b < to ? x.values[b] : 1);
          for (let l = 0; l <= k; l++) hessian[at + l] += product * curvature[l];
        }
      }
    }
    await pace.after((to - from + 1) ** 2 * outputs * outputs);
  }
  mirror(hessian, size, outputs);
  return hessian;
}

/** Copies what stands between outputs k > l to between l and k. */
function mirror(hessian: Float64Array, size: number, outputs: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      if (i % outputs < j % outputs) hessian[i * size + j] = hessian[j * size + i];
    }
  }
}
