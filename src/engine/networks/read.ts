import type { Tensor } from '@tensorflow/tfjs-core';

/** The numbers of a float32 tensor, which is freed. Awaited, for a GPU gives them only later. */
export async function readOnce(tensor: Tensor): Promise<Float32Array> {
  try {
    return await tensor.data<'float32'>();
  } finally {
    tensor.dispose();
  }
}

/** A copy of the numbers of each of these float32 tensors. */
export const copiesOf = (tensors: readonly Tensor[]): Promise<Float32Array[]> =>
  Promise.all(tensors.map(async (each) => (await each.data<'float32'>()).slice()));
