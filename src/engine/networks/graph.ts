import type { NetworkGraph } from '../../shared/trial.ts';
import { type Activation, activations, isActivation } from './activation.ts';

/** A dense layer with its activation f. */
export interface HiddenLayer {
  readonly units: number;
  readonly activation: Activation;
  /** With a weight a for each unit: z + a (f(z) - z), so that a = 0 makes the layer linear (Wei et al. 2016, section 3.4). */
  readonly gated?: boolean;
}

/** A multilayer perceptron as data: JSON keeps it whole. */
export interface PerceptronGraph {
  /** Numbers a row, after encoding. */
  readonly inputs: number;
  readonly hidden: readonly HiddenLayer[];
  /** Share of each hidden layer's units that are silenced in a training step. */
  readonly dropout: number;
  /** One a class, or 1. */
  readonly outputs: number;
}

/** '128 relu > 64 silu gated': the hidden layers as text, a configuration's `graph`. */
export const hiddenText = (hidden: readonly HiddenLayer[]): string =>
  hidden.map((layer) => `${layer.units} ${layer.activation}${layer.gated ? ' gated' : ''}`).join(' > ');

/** Reads what `hiddenText` writes. Throws a RangeError that names the part it cannot read. */
export function parseHidden(text: string): HiddenLayer[] {
  return text.split('>').map((part) => {
    const [units, activation, gated, ...rest] = part.trim().split(/\s+/);
    const wrong = !/^[1-9]\d*$/.test(units) || !isActivation(activation) || (gated ?? 'gated') !== 'gated';
    if (wrong || rest.length > 0) {
      throw new RangeError(
        `"${part.trim()}" is no layer: write UNITS ACTIVATION [gated], activations are ${activations.join(', ')}`,
      );
    }
    return gated ? { units: Number(units), activation, gated: true } : { units: Number(units), activation };
  });
}

/** Width of what enters each dense layer, the output's last: [hidden + 1]. */
export const layerInputs = (graph: PerceptronGraph): number[] => [
  graph.inputs,
  ...graph.hidden.map((layer) => layer.units),
];

/** Weights, biases and gates. */
export function parameterCount(graph: PerceptronGraph): number {
  const inputs = layerInputs(graph);
  const hidden = graph.hidden.reduce((sum, layer, i) => sum + denseParameters(inputs[i], layer), 0);
  return hidden + (inputs[graph.hidden.length] + 1) * graph.outputs;
}

const denseParameters = (inputs: number, layer: HiddenLayer): number =>
  (inputs + 1 + (layer.gated ? 1 : 0)) * layer.units;

/** '2 hidden layers of 64, relu'; '3 hidden layers of 128, 64, 64, relu and silu'. */
export function graphWords({ hidden }: PerceptronGraph): string {
  if (hidden.length === 0) return 'no hidden layer';
  const widths = new Set(hidden.map((layer) => layer.units));
  const units = widths.size === 1 ? `${hidden[0].units}` : hidden.map((layer) => layer.units).join(', ');
  const names = [...new Set(hidden.map((layer) => layer.activation))].join(' and ');
  return `${hidden.length} hidden layer${hidden.length === 1 ? '' : 's'} of ${units}, ${names}`;
}

type Node = NetworkGraph['nodes'][number];

/** The chain that the trial panel draws: each step of the computation a node with the units that leave it. */
export function networkGraph(graph: PerceptronGraph): NetworkGraph {
  const inputs = layerInputs(graph);
  const nodes: Node[] = [
    { id: 'input', type: 'input', label: `${graph.inputs} inputs`, units: graph.inputs, parameters: 0 },
    ...graph.hidden.flatMap((layer, i) => hiddenNodes(layer, i + 1, inputs[i], graph.dropout)),
    {
      id: 'output',
      type: 'output',
      label: graph.outputs === 1 ? 'value' : `${graph.outputs} classes`,
      units: graph.outputs,
      parameters: (inputs[graph.hidden.length] + 1) * graph.outputs,
    },
  ];
  return { nodes, edges: nodes.slice(1).map((node, i) => ({ from: nodes[i].id, to: node.id })) };
}

function hiddenNodes(layer: HiddenLayer, number: number, inputs: number, dropout: number): Node[] {
  const { units } = layer;
  const label = layer.gated ? `${layer.activation}, gated` : layer.activation;
  const gates = layer.gated ? units : 0;
  const nodes: Node[] = [
    { id: `dense-${number}`, type: 'dense', label: `dense ${units}`, units, parameters: (inputs + 1) * units },
    { id: `activation-${number}`, type: 'activation', label, units, parameters: gates },
  ];
  if (dropout === 0) return nodes;
  return [...nodes, { id: `dropout-${number}`, type: 'dropout', label: `dropout ${dropout}`, units, parameters: 0 }];
}
