import { probabilityFloor } from '../metrics/classification.ts';
import { curveHeights } from '../models/onnx/curve.ts';
import type { GraphBuilder, Value } from '../models/onnx/graph-builder.ts';
import type { BetaMap } from './beta-calibration.ts';
import type { CalibrationMap } from './calibration.ts';
import type { Combination } from './combination.ts';
import type { IsotonicCurve, IsotonicMap } from './isotonic.ts';
import type { Stack } from './stacking.ts';

/** As `combine`: members' predictions, [rows x outputs] each, as one. */
export function combinedOnnx(
  graph: GraphBuilder,
  combination: Combination,
  members: readonly Value[],
  isClasses: boolean,
): Value {
  const combined =
    combination.kind === 'mean'
      ? weightedSum(graph, members, combination.weights)
      : stacked(graph, combination.stack, members, isClasses);
  const { calibration } = combination;
  return calibration && isClasses ? calibrated(graph, calibration, combined) : combined;
}

function stacked(
  graph: GraphBuilder,
  { weights, intercepts }: Stack,
  members: readonly Value[],
  isClasses: boolean,
): Value {
  const terms = members.map((member) => (isClasses ? logarithm(graph, member) : member));
  const scores = graph.add(weightedSum(graph, terms, weights), graph.row(intercepts));
  return isClasses ? graph.softmax(scores) : scores;
}

/** Mean of predictions that count the same. */
export const meanOnnx = (graph: GraphBuilder, values: readonly Value[]): Value =>
  weightedSum(
    graph,
    values,
    values.map(() => 1 / values.length),
  );

const weightedSum = (graph: GraphBuilder, members: readonly Value[], weights: readonly number[]): Value =>
  members.map((member, m) => graph.multiply(member, weights[m])).reduce((a, b) => graph.add(a, b));

const logarithm = (graph: GraphBuilder, probabilities: Value): Value =>
  graph.node('Log', [graph.greatest(probabilities, probabilityFloor)]);

function calibrated(graph: GraphBuilder, map: CalibrationMap, probabilities: Value): Value {
  if (map.kind === 'temperature') return graph.softmax(graph.divide(logarithm(graph, probabilities), map.temperature));
  if (map.kind === 'beta') return beta(graph, map, probabilities);
  return isotonic(graph, map, probabilities);
}

function beta(graph: GraphBuilder, { a, b, c }: BetaMap, probabilities: Value): Value {
  const p = graph.clip(graph.columnsAt(probabilities, [1]), probabilityFloor, 1 - probabilityFloor);
  const rest = graph.add(graph.multiply(p, -1), 1);
  const first = graph.multiply(graph.node('Log', [p]), a);
  const second = graph.multiply(graph.node('Log', [rest]), -b);
  return pair(graph, graph.node('Sigmoid', [graph.add(graph.add(first, second), c)]));
}

const pair = (graph: GraphBuilder, second: Value): Value =>
  graph.concat([graph.add(graph.multiply(second, -1), 1), second]);

function isotonic(graph: GraphBuilder, { curves, floor }: IsotonicMap, probabilities: Value): Value {
  const heights = (curve: IsotonicCurve, k: number) =>
    graph.clip(curveHeights(graph, curve.x, curve.y, graph.columnsAt(probabilities, [k])), floor, 1 - floor);
  if (curves.length === 1) return pair(graph, heights(curves[0], 1));
  const all = graph.concat(curves.map(heights));
  return graph.divide(all, graph.sum(all, 1, true));
}
