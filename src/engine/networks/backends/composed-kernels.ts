import {
  add,
  addN,
  div,
  getKernel,
  mul,
  type NamedAttrMap,
  registerKernel,
  sqrt,
  square,
  sub,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { AdamAttributes } from './wasm/kernels/adam-update.ts';
import type { MomentumAttributes } from './wasm/kernels/momentum-update.ts';

type Composition = (inputs: Readonly<Record<string, Tensor>>, attributes: NamedAttrMap) => Tensor[];

/**
 * Our update kernels by tfjs's own operations, for backends that we wrote none for. Where ours change the state in place, these
 * return it: the new weight, then the new state in the order of the inputs (`fusedUpdate` reads both).
 */
const compositions: Readonly<Record<string, Composition>> = {
  AdamUpdate({ weight, gradient, first, second }, attributes) {
    const { rate, secondCorrection, beta1, beta2, epsilon, keep } = attributes as unknown as AdamAttributes;
    const m = add(mul(first, beta1), mul(gradient, 1 - beta1));
    const v = add(mul(second, beta2), mul(square(gradient), 1 - beta2));
    const step = div(mul(m, rate), add(mul(sqrt(v), secondCorrection), epsilon));
    return [sub(mul(weight, keep), step), m, v];
  },
  MomentumUpdate({ weight, gradient, velocity }, attributes) {
    const { rate, momentum, keep } = attributes as unknown as MomentumAttributes;
    const v = add(mul(velocity, momentum), gradient);
    return [addN([mul(weight, keep), mul(gradient, -rate), mul(v, -rate * momentum)]), v];
  },
};

/** Gives the backend of this tfjs name what it has not of our kernels. */
export function installComposedKernels(backendName: string): void {
  for (const [kernelName, compose] of Object.entries(compositions)) {
    if (getKernel(kernelName, backendName)) continue;
    registerKernel({
      kernelName,
      backendName,
      // The engine hands the tensors themselves to a kernel; within one it records no gradients.
      kernelFunc: ({ inputs, attrs }) => compose(inputs as Record<string, Tensor>, attrs ?? {}),
    });
  }
}
