import { initialLayerWeights, type LayerGraph } from '../../../src/engine/networks/layer-graph.ts';
import { sizeOf } from '../../../src/engine/networks/layers/plan.ts';
import { createRandom } from '../../../src/engine/random.ts';

/** Layers on rows of a few numbers, that every backend must compute alike and whose slopes must be true. */
export interface LayerCase {
  readonly name: string;
  readonly graph: LayerGraph;
  /** The last columns hold codes below `below`, not normal numbers. */
  readonly codes?: { readonly below: number; readonly columns: number };
}

const tanh = { kind: 'activation', activation: 'tanh' } as const;
export const image = (layers: LayerGraph['layers'], size = 6): LayerGraph => ({ input: [size, size, 3], layers });
export const table = { kind: 'table-embedding', levelUnits: 3, waves: 4, deviation: 0.3, numberUnits: 2 } as const;

export const cases: LayerCase[] = [
  { name: 'layer norm', graph: { input: [6], layers: [{ kind: 'layer-norm' }] } },
  { name: 'layer norm of images', graph: image([{ kind: 'layer-norm' }], 3) },
  { name: 'batch norm', graph: { input: [5], layers: [{ kind: 'batch-norm' }] } },
  { name: 'batch norm of images', graph: image([{ kind: 'batch-norm' }], 3) },
  { name: 'scale', graph: { input: [5], layers: [{ kind: 'scale' }] } },
  { name: 'dropout', graph: { input: [5], layers: [tanh, { kind: 'dropout', rate: 0.4 }] } },
  { name: 'dropout of images', graph: image([{ kind: 'dropout', rate: 0.4 }], 2) },
  {
    name: 'a residual block',
    graph: {
      input: [5],
      layers: [{ kind: 'residual', layers: [{ kind: 'batch-norm' }, tanh, { kind: 'dense', units: 5 }] }],
    },
  },
  {
    name: 'branches',
    graph: {
      input: [5],
      layers: [{ kind: 'branches', branches: [[{ kind: 'dense', units: 2 }], [{ kind: 'dense', units: 3 }, tanh]] }],
    },
  },
  {
    name: 'members',
    graph: {
      input: [4],
      layers: [
        { kind: 'members', count: 3 },
        { kind: 'dense', units: 5 },
        tanh,
        { kind: 'member-dense', count: 3, units: 2 },
      ],
    },
  },
  { name: 'flatten', graph: image([{ kind: 'flatten' }, { kind: 'dense', units: 2 }], 2) },
  {
    name: 'a table of numbers and levels',
    graph: { input: [5], layers: [{ ...table, numbers: 2, plain: 1, levels: [3, 4] }] },
    codes: { below: 3, columns: 2 },
  },
  { name: 'a table of numbers', graph: { input: [3], layers: [{ ...table, numbers: 3, plain: 0, levels: [] }] } },
  {
    name: 'a table of levels',
    graph: { input: [2], layers: [{ ...table, numbers: 0, plain: 0, levels: [3, 4] }] },
    codes: { below: 3, columns: 2 },
  },
  {
    name: 'tokens',
    graph: {
      input: [6],
      layers: [
        { kind: 'token-embedding', vocabulary: 5, units: 3 },
        { kind: 'conv1d', filters: 4, size: 3 },
        tanh,
        { kind: 'global-max-pool' },
      ],
    },
    codes: { below: 5, columns: 6 },
  },
  { name: 'conv2d', graph: image([{ kind: 'conv2d', filters: 4, size: 3 }]) },
  { name: 'conv2d of 12 filters', graph: image([{ kind: 'conv2d', filters: 12, size: 3, padding: 'valid' }], 5) },
  { name: 'conv2d of 1', graph: image([{ kind: 'conv2d', filters: 5, size: 1 }], 3) },
  { name: 'conv2d, stride 2', graph: image([{ kind: 'conv2d', filters: 4, size: 3, stride: 2 }]) },
  {
    name: 'conv2d, valid, stride 2',
    graph: image([{ kind: 'conv2d', filters: 8, size: 2, stride: 2, padding: 'valid' }], 5),
  },
  { name: 'conv2d, even size', graph: image([{ kind: 'conv2d', filters: 3, size: 4 }], 5) },
  { name: 'conv1d', graph: { input: [7, 3], layers: [{ kind: 'conv1d', filters: 4, size: 3, padding: 'valid' }] } },
  { name: 'conv1d, stride 2', graph: { input: [7, 3], layers: [{ kind: 'conv1d', filters: 9, size: 4, stride: 2 }] } },
  { name: 'depthwise conv2d', graph: image([{ kind: 'depthwise-conv2d', size: 3 }], 5) },
  {
    name: 'depthwise conv2d, stride 2',
    graph: image([{ kind: 'depthwise-conv2d', size: 3, stride: 2, padding: 'valid' }]),
  },
  { name: 'max pool', graph: image([{ kind: 'max-pool', size: 2 }]) },
  { name: 'max pool, overlapping', graph: image([{ kind: 'max-pool', size: 3, stride: 2, padding: 'same' }], 5) },
  {
    name: 'max pool of 8 channels, overlapping',
    graph: image([
      { kind: 'conv2d', filters: 8, size: 1 },
      { kind: 'max-pool', size: 3, stride: 2, padding: 'same' },
    ]),
  },
  { name: 'average pool', graph: image([{ kind: 'average-pool', size: 2 }]) },
  {
    name: 'average pool, overlapping',
    graph: image([{ kind: 'average-pool', size: 3, stride: 2 }], 5),
  },
  { name: 'global max pool', graph: image([{ kind: 'global-max-pool' }], 3) },
  { name: 'global average pool', graph: image([{ kind: 'global-average-pool' }], 3) },
  {
    name: 'a convolutional network',
    graph: image([
      { kind: 'conv2d', filters: 4, size: 3 },
      { kind: 'max-pool', size: 2 },
      { kind: 'batch-norm' },
      tanh,
      { kind: 'residual', layers: [{ kind: 'conv2d', filters: 4, size: 3 }, tanh] },
      { kind: 'flatten' },
      { kind: 'dense', units: 2 },
    ]),
  },
];

export const rows = 3;

export function inputsOf({ graph, codes }: LayerCase): Float32Array {
  const random = createRandom(9);
  const width = sizeOf(graph.input);
  return Float32Array.from({ length: rows * width }, (_, i) =>
    codes && i % width >= width - codes.columns ? random.integer(codes.below) : random.normal(),
  );
}

/** Weights as a training might leave them: nothing 0, nothing 1, variances positive. */
export function weightsOf(graph: LayerGraph): Record<string, Float32Array> {
  const random = createRandom(4);
  return Object.fromEntries(
    Object.entries(initialLayerWeights(graph, random)).map(([name, values]) => [
      name,
      values.map((value) => (name.endsWith('variance') ? 1 + random.uniform() : value + 0.3 * random.normal())),
    ]),
  );
}
