import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { heapFloats, type WasmKernel } from '../kernel.ts';
import { programsFor } from '../programs.ts';

/** Settings of one update of one tensor. */
export interface AdamAttributes {
  /** Learning rate divided by the first moment's bias correction, 1 - beta1^t. */
  readonly rate: number;
  /** 1 / sqrt(1 - beta2^t). */
  readonly secondCorrection: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** 1 - learning rate x weight decay (Loshchilov and Hutter 2019, algorithm 2, line 12). */
  readonly keep: number;
}

/**
 * One pass over a tensor instead of 14 kernels: inputs `weight`, `gradient`, `first`, `second` of one shape; the new
 * weight comes back, the moments change in place. The weight must be a new tensor: stock kernels (XNNPACK) keep packed
 * weights by tensor id, so one written in place would go on being multiplied at its old values.
 */
export const adamUpdate: WasmKernel = {
  name: 'AdamUpdate',
  create:
    () =>
    ({ inputs, backend, attrs }) => {
      const { weight, gradient, first, second } = inputs;
      const out = backend.makeOutput(weight.shape, 'float32');
      const tensors = [weight, gradient, first, second, out];
      const settings = attrs as unknown as AdamAttributes;
      const size = util.sizeFromShape(weight.shape);
      const vectored = size - (size % 4);
      if (vectored > 0) {
        const addresses = tensors.map(({ dataId }: TensorInfo) => backend.dataIdMap.get(dataId).memoryOffset);
        const { keep, rate, secondCorrection, beta1, beta2, epsilon } = settings;
        const scalars = [keep, rate, secondCorrection, beta1, 1 - beta1, beta2, 1 - beta2, epsilon];
        programsFor(backend).adam(...addresses, vectored, ...scalars);
      }
      const [w, g, m, v, to] = tensors.map((tensor) => heapFloats(backend, tensor).subarray(vectored));
      adamStep(w, g, m, v, settings, to);
      return out;
    },
};

/** Kingma and Ba 2015, algorithm 1, with decoupled weight decay. All arrays [n]; `first`, `second`, `out` are written. */
export function adamStep(
  weight: Float32Array,
  gradient: Float32Array,
  first: Float32Array,
  second: Float32Array,
  { rate, secondCorrection, beta1, beta2, epsilon, keep }: AdamAttributes,
  out: Float32Array,
): void {
  for (let i = 0; i < weight.length; i++) {
    const g = gradient[i];
    const m = beta1 * first[i] + (1 - beta1) * g;
    const v = beta2 * second[i] + (1 - beta2) * g * g;
    first[i] = m;
    second[i] = v;
    out[i] = keep * weight[i] - (rate * m) / (Math.sqrt(v) * secondCorrection + epsilon);
  }
}
