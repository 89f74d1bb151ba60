import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layerDrawing } from '../../../src/engine/networks/layer-drawing.ts';
import { type LayerGraph, learntNumbers } from '../../../src/engine/networks/layer-graph.ts';

const relu = { kind: 'activation', activation: 'relu' } as const;

const images: LayerGraph = {
  input: [8, 8, 3],
  layers: [
    { kind: 'conv2d', filters: 4, size: 3 },
    { kind: 'residual', layers: [relu, { kind: 'conv2d', filters: 4, size: 3 }] },
    { kind: 'max-pool', size: 2 },
    { kind: 'branches', branches: [[{ kind: 'global-max-pool' }], [{ kind: 'flatten' }, { kind: 'dense', units: 5 }]] },
    { kind: 'dense', units: 2 },
  ],
};

test('residual blocks and branches part and meet again', () => {
  const { nodes, edges } = layerDrawing(images, '2 classes');
  const fedBy = (id: string) => edges.filter(({ to }) => to === id).map(({ from }) => from);
  assert.deepEqual(fedBy('residual-2'), ['conv2d-1', 'residual-2/conv2d-2']);
  assert.deepEqual(fedBy('residual-2/activation-1'), ['conv2d-1']);
  assert.deepEqual(fedBy('branches-4'), ['branches-4/1/global-max-pool-1', 'branches-4/2/dense-2']);
  assert.deepEqual(fedBy('branches-4/2/flatten-1'), ['max-pool-3']);
  assert.deepEqual(fedBy('output'), ['branches-4']);
  assert.deepEqual(nodes.at(-1), { id: 'output', type: 'output', label: '2 classes', units: 2, parameters: 20 });
});

test('each fitted number is in one node, and each node but the input is fed', () => {
  const { nodes, edges } = layerDrawing(images, '2 classes');
  assert.equal(
    nodes.reduce((sum, { parameters }) => sum + parameters, 0),
    learntNumbers(images),
  );
  assert.equal(new Set(nodes.map(({ id }) => id)).size, nodes.length);
  for (const { id } of nodes.slice(1)) assert.ok(edges.some(({ to }) => to === id));
});

test('each kind of layer has words', () => {
  const rows: LayerGraph = {
    input: [4],
    layers: [
      {
        kind: 'table-embedding',
        numbers: 2,
        plain: 1,
        levels: [3],
        levelUnits: 2,
        waves: 4,
        deviation: 0.1,
        numberUnits: 3,
      },
      { kind: 'scale' },
      { kind: 'members', count: 2 },
      { kind: 'dense', units: 4 },
      { kind: 'layer-norm' },
      { kind: 'batch-norm' },
      { kind: 'dropout', rate: 0.1 },
      { kind: 'member-dense', count: 2, units: 3 },
    ],
  };
  assert.deepEqual(
    layerDrawing(rows, '3 classes').nodes.map(({ type }) => type),
    ['input', 'embedding', 'norm', 'members', 'dense', 'norm', 'norm', 'dropout', 'output'],
  );
  const text: LayerGraph = {
    input: [6],
    layers: [
      { kind: 'token-embedding', vocabulary: 9, units: 4 },
      { kind: 'conv1d', filters: 4, size: 3 },
      { kind: 'global-average-pool' },
      { kind: 'dense', units: 1 },
    ],
  };
  assert.deepEqual(
    layerDrawing(text, 'value').nodes.map(({ label }) => label),
    ['6 inputs', 'embedding of 9 tokens', '4 filters of 3', 'mean of all places', 'value'],
  );
});
