import { _FusedMatMul, getKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { type KernelCall, runKernel, type WasmKernel } from '../kernel.ts';
import { product } from './batch-mat-mul.ts';

/** activation(a b + bias [columns]), either operand transposed. */
export const fusedMatMul: WasmKernel = {
  name: _FusedMatMul,
  create: () => (call) => {
    const { bias } = call.inputs;
    if (bias && bias.shape.length !== 1) throw new RangeError(`a bias of one axis is needed, not [${bias.shape}]`);
    return activated(product(call, bias), call);
  },
};

const activationKernels: Readonly<Record<string, string>> = {
  relu: 'Relu',
  relu6: 'Relu6',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
  prelu: 'Prelu',
  leakyrelu: 'LeakyRelu',
};

/** x with the activation of a fused kernel's attributes; x itself is freed where it is not the result. */
export function activated(x: TensorInfo, { inputs, backend, attrs }: KernelCall): TensorInfo {
  const activation = String(attrs.activation ?? 'linear');
  if (activation === 'linear') return x;
  const kernel = activationKernels[activation];
  if (!kernel) throw new RangeError(`no fused activation "${activation}" on wasm`);
  const result = runKernel(getKernel(kernel, 'wasm').kernelFunc, {
    inputs: kernel === 'Prelu' ? { x, alpha: inputs.preluActivationWeights } : { x },
    backend,
    attrs: kernel === 'LeakyRelu' ? { alpha: attrs.leakyreluAlpha } : {},
  });
  backend.disposeData(x.dataId);
  return result;
}
