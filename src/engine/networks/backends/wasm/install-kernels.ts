import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { getKernel, type KernelConfig, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import type { WasmKernel } from './kernel.ts';
import { adamUpdate } from './kernels/adam-update.ts';
import { batchMatMul } from './kernels/batch-mat-mul.ts';
import { conv2d, fusedConv2d } from './kernels/conv2d.ts';
import { conv2dBackpropFilter, conv2dBackpropInput } from './kernels/conv2d-backprop.ts';
import { depthwiseConv2dBackpropFilter, depthwiseConv2dBackpropInput } from './kernels/depthwise-conv2d-backprop.ts';
import { fusedMatMul } from './kernels/fused-mat-mul.ts';
import { maxPoolGrad } from './kernels/max-pool-grad.ts';
import { momentumUpdate } from './kernels/momentum-update.ts';
import { silu, siluGrad } from './kernels/silu.ts';
import { sum } from './kernels/sum.ts';
import { unsortedSegmentSum } from './kernels/unsorted-segment-sum.ts';
import { cosine, sine } from './kernels/wave.ts';

/** What we replace in, or add to, the stock wasm backend. */
export const wasmKernels: readonly WasmKernel[] = [
  batchMatMul,
  fusedMatMul,
  conv2d,
  fusedConv2d,
  conv2dBackpropInput,
  conv2dBackpropFilter,
  depthwiseConv2dBackpropInput,
  depthwiseConv2dBackpropFilter,
  maxPoolGrad,
  sum,
  silu,
  siluGrad,
  cosine,
  sine,
  unsortedSegmentSum,
  adamUpdate,
  momentumUpdate,
];

/**
 * Puts our kernels over the stock ones; the wasm backend must have started, since stock kernels are set up then.
 * Returns what takes them away again (for the bench, which compares).
 */
export function installKernels(): () => void {
  const undo = wasmKernels.map(install);
  return () => {
    for (const remove of undo) remove();
  };
}

function install(kernel: WasmKernel): () => void {
  const stock: KernelConfig | undefined = getKernel(kernel.name, 'wasm');
  const run = kernel.create(stock?.kernelFunc);
  if (stock) unregisterKernel(kernel.name, 'wasm');
  registerKernel({
    kernelName: kernel.name,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend, attrs }) =>
      // tfjs types an input as possibly absent; our kernels take only inputs that their own operations always give.
      run({ inputs: inputs as never, backend: backend as BackendWasm, attrs: attrs ?? {} }),
  });
  return () => {
    unregisterKernel(kernel.name, 'wasm');
    if (stock) registerKernel(stock);
  };
}
