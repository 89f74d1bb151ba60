import { heapFloats, type WasmKernel } from '../kernel.ts';

export interface MomentumAttributes {
  readonly rate: number;
  readonly momentum: number;
  /** 1 - learning rate x weight decay. */
  readonly keep: number;
}

/**
 * Stochastic gradient descent with Nesterov's momentum in one pass: inputs `weight`, `gradient`, `velocity` of one
 * shape; the new weight comes back as a new tensor (see adam-update), the velocity changes in place.
 */
export const momentumUpdate: WasmKernel = {
  name: 'MomentumUpdate',
  create:
    () =>
    ({ inputs, backend, attrs }) => {
      const out = backend.makeOutput(inputs.weight.shape, 'float32');
      const view = (name: string) => heapFloats(backend, inputs[name]);
      const settings = attrs as unknown as MomentumAttributes;
      momentumStep(view('weight'), view('gradient'), view('velocity'), settings, heapFloats(backend, out));
      return out;
    },
};

/** Sutskever et al. 2013, equations 3 and 4, in the form that keeps the look-ahead point. All arrays [n]. */
export function momentumStep(
  weight: Float32Array,
  gradient: Float32Array,
  velocity: Float32Array,
  { rate, momentum, keep }: MomentumAttributes,
  out: Float32Array,
): void {
  for (let i = 0; i < weight.length; i++) {
    const v = momentum * velocity[i] + gradient[i];
    velocity[i] = v;
    out[i] = keep * weight[i] - rate * (gradient[i] + momentum * v);
  }
}
