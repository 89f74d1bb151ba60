import { add } from '@tensorflow/tfjs-core';
import type { LayerSpec } from '../layer-graph.ts';
import type { Layer } from './layer.ts';
import { type LayerPlan, planOf, type RowShape } from './plan.ts';

export interface ResidualSpec {
  readonly kind: 'residual';
  readonly layers: readonly LayerSpec[];
}

/** Throws a RangeError where the branch changes the shape of a row. */
export function planResidual(
  { layers }: ResidualSpec,
  input: RowShape,
  planChain: (layers: readonly LayerSpec[], input: RowShape) => LayerPlan,
): LayerPlan {
  const branch = planChain(layers, input);
  if (`${branch.output}` !== `${input}` || branch.copies !== 1) {
    throw new RangeError(`a residual branch must keep the shape [${input}], not make it [${branch.output}]`);
  }
  return planOf({ ...branch, apply: (held) => residual(branch.apply(held)) }, branch.width);
}

/** y = x + f(x) (He et al. 2016). */
export const residual =
  (branch: Layer): Layer =>
  (x) => {
    const pass = branch(x);
    return {
      output: add(x, pass.output),
      statistics: pass.statistics,
      backward(gradient) {
        const { parameters, input } = pass.backward(gradient);
        return { parameters, input: () => add(gradient, input()) };
      },
    };
  };
