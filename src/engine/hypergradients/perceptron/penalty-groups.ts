import type { SmoothHyperparameter } from '../training-problem.ts';
import type { Perceptron } from './perceptron.ts';

/** What shares one penalty: each input's weights and each later layer's, or each layer's; biases have none. */
export type PenaltySharing = 'by-input' | 'by-layer';

/** Penalties 1/2 exp(lambda_g) |w_g|^2 on groups g of weights. */
export interface PenaltyGroups {
  /** By weight; -1 where it has no penalty. */
  readonly groupOf: Int32Array;
  readonly hyperparameters: readonly SmoothHyperparameter[];
}

/** Bounds of the logarithm of a penalty. */
const bounds = { low: Math.log(1e-6), high: Math.log(1e2) };

export function penaltyGroups({ layers, weightCount }: Perceptron, sharing: PenaltySharing): PenaltyGroups {
  const groupOf = new Int32Array(weightCount).fill(-1);
  const names: string[] = [];
  for (const [k, { from, to, start }] of layers.entries()) {
    const byInput = sharing === 'by-input' && k === 0;
    const first = names.length;
    for (let i = 0; i < from * to; i++) groupOf[start + i] = first + (byInput ? Math.floor(i / to) : 0);
    if (byInput) for (let i = 0; i < from; i++) names.push(`penalty of input ${i + 1}`);
    else names.push(`penalty of layer ${k + 1}`);
  }
  return { groupOf, hyperparameters: names.map((name) => ({ name, ...bounds })) };
}

/** Returns `loss` with the penalties, adding their gradient exp(lambda_g) w_g. */
export function addPenalties(
  groupOf: Int32Array,
  lambda: Float64Array,
  w: Float64Array,
  loss: number,
  gradient: Float64Array,
): number {
  const strengths = lambda.map(Math.exp);
  let penalised = loss;
  for (let i = 0; i < w.length; i++) {
    if (groupOf[i] < 0) continue;
    penalised += 0.5 * strengths[groupOf[i]] * w[i] * w[i];
    gradient[i] += strengths[groupOf[i]] * w[i];
  }
  return penalised;
}

/** Adds the penalties' Hessian times v, exp(lambda_g) v_g. */
export function addPenaltyHessian(groupOf: Int32Array, lambda: Float64Array, v: Float64Array, product: Float64Array) {
  const strengths = lambda.map(Math.exp);
  for (let i = 0; i < v.length; i++) if (groupOf[i] >= 0) product[i] += strengths[groupOf[i]] * v[i];
}

/** Adds `scale` times d (exp(lambda_g) w_g . v_g) / d lambda_g. */
export function addMixedDerivative(
  groupOf: Int32Array,
  lambda: Float64Array,
  w: Float64Array,
  v: Float64Array,
  byHyperparameters: Float64Array,
  scale: number,
): void {
  const strengths = lambda.map(Math.exp);
  for (let i = 0; i < w.length; i++) {
    const group = groupOf[i];
    if (group >= 0) byHyperparameters[group] += scale * strengths[group] * w[i] * v[i];
  }
}
