import { engine, keep, type Tensor } from '@tensorflow/tfjs-core';

/**
 * The new weight by one of our update kernels (`AdamUpdate`, `MomentumUpdate`). The wasm kernels change `state` in place; those of other
 * backends return it anew, after the weight, and it takes the old one's place in `state`.
 * @param state tensors of the weight's shape, by the kernel's names for them
 */
export function fusedUpdate(
  kernel: string,
  weight: Tensor,
  gradient: Tensor,
  state: Record<string, Tensor>,
  attributes: object,
): Tensor {
  const outcome = engine().runKernel(kernel, { weight, gradient, ...state }, { ...attributes });
  const [updated, ...moved] = [outcome].flat() as Tensor[];
  for (const [i, name] of Object.keys(state).entries()) {
    if (!moved[i]) continue;
    state[name].dispose();
    state[name] = keep(moved[i]);
  }
  return updated;
}
