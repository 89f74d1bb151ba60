import type { Column, Table } from '../../data/table.ts';
import type { Asking } from './asking.ts';
import { adaptiveEdges, distinctOf } from './quantile-bins.ts';

/** Predictions with a column, or some, at points. */
export interface PartialDependence {
  /** [outputs][points] mean over the rows (Friedman 2001, section 8.2). */
  readonly mean: readonly Float64Array[];
  /** [outputs][rows][points] of single rows: individual conditional expectation (Goldstein et al. 2015). */
  readonly lines: readonly (readonly Float64Array[])[];
}

/** @param lines so many of the first rows are given one by one */
export async function partialDependence(
  asking: Asking,
  base: Table,
  set: readonly Column[],
  points: number,
  lines = 0,
): Promise<PartialDependence | undefined> {
  const found = await asking.crossed(base, set, points);
  if (!found) return undefined;
  const { outputs, values } = found;
  const rows = base.rowCount;
  const at = (point: number, row: number, output: number) => values[(point * rows + row) * outputs + output];
  const each = Array.from({ length: outputs }, (_, output) => output);
  const along = (value: (point: number) => number) => Float64Array.from({ length: points }, (_, point) => value(point));
  return {
    mean: each.map((output) =>
      along((point) => {
        let sum = 0;
        for (let row = 0; row < rows; row++) sum += at(point, row, output);
        return sum / rows;
      }),
    ),
    lines: each.map((output) =>
      Array.from({ length: Math.min(lines, rows) }, (_, row) => along((point) => at(point, row, output))),
    ),
  };
}

/**
 * Where partial dependence is looked at: all distinct values where they are fewer than `resolution`, else so many evenly from the 5th to
 * the 95th percentile, as scikit-learn does; where both are one value, at quantiles of the rest.
 * @param sorted ascending, no NaN
 */
export function partialGrid(sorted: Float64Array, resolution: number): Float64Array {
  const distinct = distinctOf(sorted);
  if (distinct.length < resolution) return distinct;
  const [low, high] = [plottingPosition(sorted, 0.05), plottingPosition(sorted, 0.95)];
  if (high - low <= 1e-8 + 1e-5 * Math.abs(high)) return adaptiveEdges(sorted, resolution);
  return Float64Array.from({ length: resolution }, (_, i) =>
    i === resolution - 1 ? high : low + (i * (high - low)) / (resolution - 1),
  );
}

/** A quantile by plotting positions (k - 0.4) / (n + 0.2) (Cunnane 1978), linear between them. */
function plottingPosition(sorted: Float64Array, share: number): number {
  const position = sorted.length * share + 0.4 + 0.2 * share;
  const below = Math.floor(Math.max(1, Math.min(sorted.length - 1, position)));
  const rest = Math.max(0, Math.min(1, position - below));
  return (1 - rest) * sorted[below - 1] + rest * sorted[Math.min(below, sorted.length - 1)];
}
