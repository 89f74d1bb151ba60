import type { Activation } from '../../networks/activation.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';

const operators = { relu: 'Relu', selu: 'Selu', elu: 'Elu', tanh: 'Tanh' } as const;

/** A network's activation, entry by entry. */
export const activated = (graph: GraphBuilder, name: Activation, x: Value): Value =>
  name === 'silu' ? graph.multiply(x, graph.node('Sigmoid', [x])) : graph.node(operators[name], [x]);
