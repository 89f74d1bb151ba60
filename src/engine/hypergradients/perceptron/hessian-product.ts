import { addOuter, addProduct, affine, throughWeights } from './dense-layer.ts';
import type { NumericRows } from './numeric-rows.ts';
import { outputSlope, outputSlopeAlong } from './output-loss.ts';
import { forward, type Perceptron } from './perceptron.ts';

/** Writes the Hessian of the mean loss times v: every quantity of the two passes with its derivative along v (Pearlmutter 1994, section 3). */
export function hessianProduct(
  perceptron: Perceptron,
  w: Float64Array,
  rows: NumericRows,
  v: Float64Array,
  product: Float64Array,
): void {
  product.fill(0);
  const { layers, loss } = perceptron;
  const { count } = rows;
  const states = forward(perceptron, w, rows);
  const moved = statesAlong(perceptron, w, v, states, count);
  const last = layers.length;
  const { slope } = outputSlope(loss, states[last], rows.y, count);
  let delta = slope;
  let deltaAlong: Float64Array<ArrayBuffer> = outputSlopeAlong(loss, states[last], moved[last], count);
  for (let k = last - 1; k >= 0; k--) {
    addOuter(product, states[k], deltaAlong, layers[k], count, true);
    if (k === 0) break;
    addOuter(product, moved[k], delta, layers[k], count, false);
    const back = throughWeights(delta, w, layers[k], count);
    const backAlong = throughWeights(deltaAlong, w, layers[k], count);
    const byWeights = throughWeights(delta, v, layers[k], count);
    const state = states[k];
    for (let i = 0; i < back.length; i++) {
      const rise = 1 - state[i] * state[i];
      backAlong[i] = (backAlong[i] + byWeights[i]) * rise - back[i] * 2 * state[i] * moved[k][i];
      back[i] *= rise;
    }
    delta = back;
    deltaAlong = backAlong;
  }
}

/** Derivatives of the layers' outputs along v; the input does not move. */
function statesAlong(
  { layers }: Perceptron,
  w: Float64Array,
  v: Float64Array,
  states: readonly Float64Array[],
  rows: number,
): Float64Array[] {
  const moved: Float64Array[] = [new Float64Array(states[0].length)];
  for (const [k, layer] of layers.entries()) {
    const next = affine(states[k], v, layer, rows);
    if (k > 0) addProduct(next, moved[k], w, layer, rows);
    if (k < layers.length - 1) for (let i = 0; i < next.length; i++) next[i] *= 1 - states[k + 1][i] ** 2;
    moved.push(next);
  }
  return moved;
}
