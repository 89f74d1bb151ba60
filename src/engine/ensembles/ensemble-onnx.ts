import { probabilityFloor } from '../metrics/classification.ts';
import type { GraphBuilder, Value } from '../models/onnx/graph-builder.ts';
import type { BetaMap } from './beta-calibration.ts';
import type { CalibrationMap } from './calibration.ts';
import type { Combination } from './combination.ts';
import type { IsotonicCurve, IsotonicMap } from './isotonic.ts';

/** As `combine`: members' predictions, [rows x outputs] each, as one. */
export function combinedOnnx(
  graph: GraphBuilder,
  combination: Combination,
  members: readonly Value[],
  isClasses: boolean,
): Value {
  const combined = combination.kind === 'mean' ? weightedMean(graph, members, combination.weights) : stacked();
  const { calibration } = combination;
  return calibration && isClasses ? calibrated(graph, calibration, combined) : combined;

  function stacked(): Value {
    if (combination.kind !== 'stack') throw new RangeError('not a stack');
    const { weights, intercepts } = combination.stack;
    const terms = members.map((member, m) => graph.multiply(isClasses ? logarithm(graph, member) : member, weights[m]));
    const scores = graph.add(
      terms.reduce((a, b) => graph.add(a, b)),
      graph.row(intercepts),
    );
    return isClasses ? graph.softmax(scores) : scores;
  }
}

/** Mean of predictions that count the same. */
export const meanOnnx = (graph: GraphBuilder, values: readonly Value[]): Value =>
  weightedMean(
    graph,
    values,
    values.map(() => 1 / values.length),
  );

const weightedMean = (graph: GraphBuilder, members: readonly Value[], weights: readonly number[]): Value =>
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
    graph.clip(heightsOf(graph, curve, graph.columnsAt(probabilities, [k])), floor, 1 - floor);
  if (curves.length === 1) return pair(graph, heights(curves[0], 1));
  const all = graph.concat(curves.map(heights));
  return graph.divide(all, graph.sum(all, 1, true));
}

/** Straight between corners, level beyond; at a place with two corners, the first. [rows x 1] */
function heightsOf(graph: GraphBuilder, { x, y }: IsotonicCurve, at: Value): Value {
  const below = graph.cast(graph.isGreater(at, graph.row(x)), 'int64');
  const above = graph.sum(below, 1, true);
  const last = x.length - 1;
  // Of each place among the corners: where the piece begins, its height there, and its slope.
  const pieces = Array.from({ length: x.length + 1 }, (_, i) => {
    if (i === 0) return [x[0], y[0], 0];
    if (i > last) return [x[last], y[last], 0];
    return [x[i - 1], y[i - 1], (y[i] - y[i - 1]) / (x[i] - x[i - 1])];
  });
  const found = graph.linesAt(graph.matrix(pieces.flat(), pieces.length, 3), above, 3);
  const [from, height, slope] = [0, 1, 2].map((column) => graph.columnsAt(found, [column]));
  return graph.add(height, graph.multiply(slope, graph.subtract(at, from)));
}
