import { type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import type { EncodedMatrix } from '../../data/encoders/matrix-encoder.ts';

/** Encoded rows as a network takes them. */
export interface NetworkRows {
  readonly count: number;
  /** Rows at these positions as a new tensor. */
  tensor(positions: Uint32Array): Tensor;
}

/** Rows of a matrix; a tensor of them is [positions x columns]. */
export const matrixRows = ({ rows, columns, values }: EncodedMatrix): NetworkRows => ({
  count: rows,
  tensor(positions) {
    const gathered = new Float32Array(positions.length * columns);
    for (let i = 0; i < positions.length; i++) {
      const from = positions[i] * columns;
      gathered.set(values.subarray(from, from + columns), i * columns);
    }
    return tensor2d(gathered, [positions.length, columns]);
  },
});

/** Rows [from, to) as a new tensor. */
export const tensorOfRange = (rows: NetworkRows, from: number, to: number): Tensor =>
  rows.tensor(Uint32Array.from({ length: to - from }, (_, i) => from + i));
