import { cast, gather, reshape, type Tensor, type Tensor1D, unsortedSegmentSum } from '@tensorflow/tfjs-core';
import type { Layer } from './layer.ts';
import { type LayerPlan, normal, planOf, type RowShape, unitsOf } from './plan.ts';

export interface TokenEmbeddingSpec {
  readonly kind: 'token-embedding';
  /** Tokens are whole numbers 0 .. vocabulary - 1, as floats. */
  readonly vocabulary: number;
  readonly units: number;
}

export function planTokenEmbedding({ vocabulary, units }: TokenEmbeddingSpec, input: RowShape): LayerPlan {
  const length = unitsOf(input, 'token-embedding');
  const shape = [vocabulary, units];
  return planOf({
    output: [length, units],
    parameters: [{ name: 'table', shape, initial: normal(shape, 0.1) }],
    apply: ({ parameters: [table] }) => tokenEmbedding(table),
  });
}

/** A row of `table` [vocabulary x units] for each token; x [rows x length] becomes [rows x length x units]. */
export const tokenEmbedding =
  (table: Tensor): Layer =>
  (x) => {
    const ids = reshape(cast(x, 'int32'), [-1]) as Tensor1D;
    const [vocabulary, units] = table.shape;
    return {
      output: reshape(gather(table, ids), [...x.shape, units]),
      backward: (gradient) => ({
        parameters: [unsortedSegmentSum(reshape(gradient, [-1, units]), ids, vocabulary)],
        input() {
          throw new RangeError('tokens have no gradient: an embedding must be the first layer');
        },
      }),
    };
  };
