import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  graphWords,
  hiddenText,
  networkGraph,
  type PerceptronGraph,
  parameterCount,
  parseHidden,
} from '../../../src/engine/networks/graph.ts';
import { type GraphStep, parseStep, stepHidden, stepText } from '../../../src/engine/networks/graph-step.ts';
import { parameterShapes } from '../../../src/engine/networks/weights.ts';
import { graphs } from './graphs.ts';

const graph: PerceptronGraph = {
  inputs: 4,
  hidden: [
    { units: 8, activation: 'relu' },
    { units: 6, activation: 'tanh', gated: true },
  ],
  dropout: 0.25,
  outputs: 3,
};

test('hidden layers survive text', () => {
  assert.equal(hiddenText(graph.hidden), '8 relu > 6 tanh gated');
  assert.deepEqual(parseHidden('8 relu > 6 tanh gated'), graph.hidden);
  for (const { hidden } of graphs) assert.deepEqual(parseHidden(hiddenText(hidden)), hidden);
});

for (const text of [
  '',
  '8',
  'relu 8',
  '0 relu',
  '8 rely',
  '8 relu gate',
  '8 relu gated twice',
  '8 relu >',
  '-3 relu',
]) {
  test(`"${text}" is refused as layers`, () => assert.throws(() => parseHidden(text), RangeError));
}

test('parameters are those of the tensors, and of the nodes', () => {
  for (const each of [graph, ...graphs]) {
    const sizes = parameterShapes(each).map(({ shape }) => shape.reduce((a, b) => a * b, 1));
    const total = sizes.reduce((a, b) => a + b, 0);
    assert.equal(parameterCount(each), total);
    assert.equal(
      networkGraph(each).nodes.reduce((sum, { parameters }) => sum + parameters, 0),
      total,
    );
  }
  assert.equal(parameterCount(graph), 4 * 8 + 8 + (8 * 6 + 6 + 6) + (6 * 3 + 3));
});

test('the drawn graph is a chain with the units of each layer', () => {
  const { nodes, edges } = networkGraph(graph);
  assert.deepEqual(
    nodes.map(({ id, units }) => [id, units]),
    [
      ['input', 4],
      ['dense-1', 8],
      ['activation-1', 8],
      ['dropout-1', 8],
      ['dense-2', 6],
      ['activation-2', 6],
      ['dropout-2', 6],
      ['output', 3],
    ],
  );
  assert.deepEqual(
    edges.map(({ from }) => from),
    nodes.slice(0, -1).map(({ id }) => id),
  );
  assert.deepEqual(
    edges.map(({ to }) => to),
    nodes.slice(1).map(({ id }) => id),
  );
});

test('words', () => {
  assert.equal(graphWords(graph), '2 hidden layers of 8, 6, relu and tanh');
  assert.equal(graphWords({ ...graph, hidden: [graph.hidden[0]] }), '1 hidden layer of 8, relu');
});

const steps: GraphStep[] = [
  { kind: 'wider', layer: 1, units: 12 },
  { kind: 'narrower', layer: 2, units: 3 },
  { kind: 'deeper', layer: 2 },
  { kind: 'tune', parameter: 'learning_rate' },
];

for (const step of steps)
  test(`"${stepText(step)}" survives text`, () => assert.deepEqual(parseStep(stepText(step)), step));

test('what is no step is refused', () => {
  for (const text of ['', 'wider', 'wider: layer x to 3 units', 'deeper: after layer 1 and 2', 'flatter: layer 1']) {
    assert.throws(() => parseStep(text), RangeError);
  }
});

test('steps change the layers as they say', () => {
  assert.equal(hiddenText(stepHidden(graph.hidden, steps[0])), '12 relu > 6 tanh gated');
  assert.equal(hiddenText(stepHidden(graph.hidden, steps[1])), '8 relu > 3 tanh gated');
  assert.equal(hiddenText(stepHidden(graph.hidden, { kind: 'deeper', layer: 1 })), '8 relu > 8 relu > 6 tanh gated');
  assert.equal(hiddenText(stepHidden(parseHidden('4 tanh'), { kind: 'deeper', layer: 1 })), '4 tanh > 4 tanh gated');
  assert.equal(
    hiddenText(stepHidden(parseHidden('4 relu gated'), { kind: 'deeper', layer: 1 })),
    '4 relu gated > 4 relu gated',
  );
});

test('steps that do not apply are refused', () => {
  assert.throws(() => stepHidden(graph.hidden, { kind: 'wider', layer: 3, units: 9 }), /no hidden layer 3/);
  assert.throws(() => stepHidden(graph.hidden, { kind: 'wider', layer: 1, units: 8 }), /8 units are not wider than 8/);
  assert.throws(() => stepHidden(graph.hidden, { kind: 'narrower', layer: 1, units: 9 }), /not narrower/);
  assert.throws(() => stepHidden(graph.hidden, { kind: 'narrower', layer: 1, units: 0 }), /not narrower/);
});
