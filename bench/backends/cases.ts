import type { PerceptronGraph } from '../../src/engine/networks/graph.ts';
import type { LayerGraph } from '../../src/engine/networks/layer-graph.ts';

/** A network and its batch, trained by everybody alike: Adam, cross-entropy. */
export type BenchCase = { readonly name: string; readonly words: string; readonly batch: number } & (
  | { readonly graph: PerceptronGraph }
  | { readonly layers: LayerGraph }
);

const perceptron = (inputs: number, units: number[], outputs: number): PerceptronGraph => ({
  inputs,
  hidden: units.map((n) => ({ units: n, activation: 'relu' })),
  dropout: 0,
  outputs,
});

const relu = { kind: 'activation', activation: 'relu' } as const;

export const cases: readonly BenchCase[] = [
  { name: 'perceptron', words: '64-256-256-10, batch 128', graph: perceptron(64, [256, 256], 10), batch: 128 },
  { name: 'tiny', words: '10-16-2, batch 32', graph: perceptron(10, [16], 2), batch: 32 },
  {
    name: 'convolution',
    words: '28x28: conv 3x3x16, pool, conv 3x3x32, pool, dense 10, batch 128',
    layers: {
      input: [28, 28, 1],
      layers: [
        { kind: 'conv2d', filters: 16, size: 3 },
        relu,
        { kind: 'max-pool', size: 2 },
        { kind: 'conv2d', filters: 32, size: 3 },
        relu,
        { kind: 'max-pool', size: 2 },
        { kind: 'flatten' },
        { kind: 'dense', units: 10 },
      ],
    },
    batch: 128,
  },
];

/** Shape of a row, and classes. */
export const sizesOf = (each: BenchCase): { input: readonly number[]; classes: number } =>
  'graph' in each
    ? { input: [each.graph.inputs], classes: each.graph.outputs }
    : { input: each.layers.input, classes: 10 };
