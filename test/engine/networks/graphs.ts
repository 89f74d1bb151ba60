import { activations } from '../../../src/engine/networks/activation.ts';
import type { HiddenLayer, PerceptronGraph } from '../../../src/engine/networks/graph.ts';
import type { NetworkWeights } from '../../../src/engine/networks/weights.ts';
import { flatten, parameterShapes, unflatten } from '../../../src/engine/networks/weights.ts';
import type { Random } from '../../../src/engine/random.ts';

/** Two hidden layers for each activation, plain and gated. */
export const graphs: PerceptronGraph[] = activations.flatMap((activation) =>
  [false, true].map((gated) => {
    const layer = (units: number): HiddenLayer => (gated ? { units, activation, gated } : { units, activation });
    return { inputs: 5, hidden: [layer(7), layer(6)], dropout: 0, outputs: 3 };
  }),
);

export const nameOf = ({ hidden }: PerceptronGraph): string =>
  hidden[0].activation + (hidden[0].gated ? ', gated' : '');

/** Weights as a long training might leave them: nothing 0, nothing 1. */
export function trainedWeights(graph: PerceptronGraph, random: Random): NetworkWeights {
  const shapes = parameterShapes(graph).map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  return unflatten(
    graph,
    shapes.map((size) => Float32Array.from({ length: size }, () => 0.6 * random.normal())),
  );
}

/** All weights in one array, for comparison. */
export const flatWeights = (graph: PerceptronGraph, weights: NetworkWeights): number[] =>
  flatten(graph, weights).flatMap(({ values }) => [...values]);
