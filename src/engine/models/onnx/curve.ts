import type { GraphBuilder, Value } from './graph-builder.ts';

/** Heights of a curve through corners, ascending in x, at each of [rows x 1]: straight between corners, level beyond, the first of corners above each other. */
export function curveHeights(graph: GraphBuilder, x: readonly number[], y: readonly number[], at: Value): Value {
  const below = graph.sum(graph.cast(graph.isGreater(at, graph.row(x)), 'int64'), 1, true);
  const last = x.length - 1;
  // Of each place among the corners: where the piece begins, its height there, and its slope.
  const pieces = Array.from({ length: x.length + 1 }, (_, i) => {
    if (i === 0) return [x[0], y[0], 0];
    if (i > last) return [x[last], y[last], 0];
    return [x[i - 1], y[i - 1], (y[i] - y[i - 1]) / (x[i] - x[i - 1])];
  });
  const found = graph.linesAt(graph.matrix(pieces.flat(), pieces.length, 3), below, 3);
  const [from, height, slope] = [0, 1, 2].map((column) => graph.columnsAt(found, [column]));
  // Beyond the ends a distance may be infinite.
  const passed = graph.clip(graph.subtract(at, from), 0, x[last] - x[0]);
  return graph.add(height, graph.multiply(slope, passed));
}
