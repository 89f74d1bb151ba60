import type { GraphBuilder, Value } from './graph-builder.ts';

/** Probabilities [rows x 2] of the second class's log odds, [rows x 1]. */
export function fromLogOdds(graph: GraphBuilder, scores: Value): Value {
  const second = graph.node('Sigmoid', [scores]);
  const one = graph.constant({ type: scores.type === 'float' ? 'float' : 'double', shape: [1, 1], values: [1] });
  return graph.concat([graph.subtract(one, second), second]);
}

/** Probabilities [rows x classes] of scores: one, the log odds of the second of two classes, or one a class. */
export const fromScores = (graph: GraphBuilder, scores: Value, classes: number, outputs: number): Value =>
  outputs === 1 && classes === 2 ? fromLogOdds(graph, scores) : graph.softmax(scores);

/** scores x deviation + mean. */
export const unscaled = (graph: GraphBuilder, scores: Value, mean: number, deviation: number): Value =>
  graph.add(graph.multiply(scores, deviation), mean);

/** Each row divided by its sum. */
export const normalised = (graph: GraphBuilder, values: Value): Value =>
  graph.divide(values, graph.sum(values, 1, true));
