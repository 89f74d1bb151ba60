import type { LayerGraph, LayerSpec } from '../../networks/layer-graph.ts';

export interface ImageGraphOptions {
  /** Filters of the first stage; each further stage has twice as many on half the height and width. */
  readonly filters: number;
  readonly stages: number;
  /** Residual blocks a stage, beside its first convolution. */
  readonly blocks: number;
  /** Share of the last features that a training step silences. */
  readonly dropout: number;
}

const relu: LayerSpec = { kind: 'activation', activation: 'relu' };

/**
 * A small residual network for images (He et al. 2016): stages of 3 x 3 convolutions with batch norm, each halving the image, then the
 * mean of all places. The pool comes before the norm and the relu: the largest number is the same, and they have less to do.
 * @param input [height, width, channels]
 */
export function imageGraph(
  input: readonly [number, number, number],
  outputs: number,
  { filters, stages, blocks, dropout }: ImageGraphOptions,
): LayerGraph {
  let [height, width] = input;
  const layers: LayerSpec[] = [];
  for (let stage = 0; stage < stages; stage++) {
    const conv: LayerSpec = { kind: 'conv2d', filters: filters * 2 ** stage, size: 3, gain: Math.SQRT2 };
    layers.push(conv);
    // An image of one row or column cannot be halved.
    if (Math.min(height, width) >= 2) {
      layers.push({ kind: 'max-pool', size: 2 });
      [height, width] = [Math.floor(height / 2), Math.floor(width / 2)];
    }
    layers.push({ kind: 'batch-norm' }, relu);
    for (let block = 0; block < blocks; block++) {
      layers.push({ kind: 'residual', layers: [conv, { kind: 'batch-norm' }, relu] });
    }
  }
  layers.push({ kind: 'global-average-pool' });
  if (dropout > 0) layers.push({ kind: 'dropout', rate: dropout });
  return { input, layers: [...layers, { kind: 'dense', units: outputs, gain: 0 }] };
}
