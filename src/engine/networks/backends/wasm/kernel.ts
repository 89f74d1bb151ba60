import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { KernelFunc, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';

/** What tfjs hands to a kernel, with the backend's and the inputs' types made plain. */
export interface KernelCall {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly backend: BackendWasm;
  readonly attrs: NamedAttrMap;
}

/** A kernel of ours for the wasm backend. */
export interface WasmKernel {
  readonly name: string;
  /** The stock kernel is undefined where the backend ships none. */
  create(stock: KernelFunc | undefined): (call: KernelCall) => TensorInfo | TensorInfo[];
}

/**
 * A float32 tensor's values where they lie in wasm memory. The view dies when memory grows, so take it after the last
 * `makeOutput` of the kernel and never keep it.
 */
export function heapFloats(backend: BackendWasm, tensor: TensorInfo): Float32Array {
  if (tensor.dtype !== 'float32') throw new TypeError(`a float32 tensor is needed, not ${tensor.dtype}`);
  return backend.typedArrayFromHeap(tensor) as Float32Array;
}

/** The same for an int32 tensor. */
export function heapIntegers(backend: BackendWasm, tensor: TensorInfo): Int32Array {
  if (tensor.dtype !== 'int32') throw new TypeError(`an int32 tensor is needed, not ${tensor.dtype}`);
  return backend.typedArrayFromHeap(tensor) as Int32Array;
}

/** Runs another kernel of the wasm backend on tensor infos, without the tape. */
export const runKernel = (kernel: KernelFunc, call: KernelCall): TensorInfo =>
  kernel({ inputs: { ...call.inputs }, backend: call.backend, attrs: call.attrs }) as TensorInfo;
