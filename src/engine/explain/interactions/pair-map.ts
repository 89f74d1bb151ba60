import type { TermAxis } from '../../../shared/results/additive-terms.ts';
import type { InteractionMap } from '../../../shared/results/interactions.ts';
import { type Column, columnNamed, type Table, takeRows } from '../../data/table.ts';
import { pointWeights } from '../decomposition/accumulated-effects.ts';
import { accumulatedPairEffect, type PairSurface } from '../decomposition/accumulated-pair-effects.ts';
import type { Asking } from '../decomposition/asking.ts';
import { partialDependence } from '../decomposition/partial-dependence.ts';
import { type StepAxis, stepAxis } from '../decomposition/step-axis.ts';
import { placeBetween } from '../effects/curve-at-rows.ts';

/** An interaction at the points of a grid. */
export interface PairGrid {
  readonly axes: readonly [StepAxis, StepAxis];
  readonly partial: PairSurface;
  readonly map: InteractionMap;
}

/** Steps along numbers, and levels of a category, that a map has. */
const [steps, mostLevels] = [10, 12];

/**
 * What a pair does beyond its columns, by partial dependence and by accumulated local effects of second order. Undefined
 * where it was enough before the end, or a column has no known value.
 * @param sample rows between which local effects step
 * @param base rows behind partial dependence
 * @param compared columns by which levels are compared
 */
export async function pairGrid(
  asking: Asking,
  sample: Table,
  base: Table,
  compared: Table,
  names: readonly [string, string],
): Promise<PairGrid | undefined> {
  const axisOf = (name: string) => {
    const column = columnNamed(sample, name);
    return stepAxis(sample, column, column.kind === 'numeric' ? steps : mostLevels, compared);
  };
  const axes = [axisOf(names[0]), axisOf(names[1])] as const;
  const [first, second] = axes;
  if (first.count === 0 || second.count === 0) return undefined;
  const cells = Array.from({ length: first.count * second.count }, (_, cell) => cell);
  const at = (axis: StepAxis, points: number[]) =>
    takeRows({ rowCount: axis.count, columns: [axis.points] }, points).columns;
  const both = await partialDependence(
    asking,
    base,
    [
      ...at(
        first,
        cells.map((cell) => Math.floor(cell / second.count)),
      ),
      ...at(
        second,
        cells.map((cell) => cell % second.count),
      ),
    ],
    cells.length,
  );
  const local = await accumulatedPairEffect(asking, sample, axes);
  if (!both || !local) return undefined;
  const partial = both.mean.map((surface) => withoutMeans(surface, first, second));
  return { axes, partial, map: mapOf(axes, partial, local) };
}

/**
 * A surface less its means along either column, over the values of the other one in the rows: what is no sum of the two (Hooker 2007). The
 * partial dependence of single columns would not do here: it rests on few rows, in which the other column has another mean.
 */
function withoutMeans(surface: Float64Array, first: StepAxis, second: StepAxis): Float64Array {
  const [across, down] = [pointWeights(first), pointWeights(second)];
  const width = second.count;
  const alongFirst = new Float64Array(first.count);
  const alongSecond = new Float64Array(width);
  let mean = 0;
  surface.forEach((value, i) => {
    const [a, b] = [Math.floor(i / width), i % width];
    alongFirst[a] += down[b] * value;
    alongSecond[b] += across[a] * value;
    mean += across[a] * down[b] * value;
  });
  return surface.map((value, i) => value - alongFirst[Math.floor(i / width)] - alongSecond[i % width] + mean);
}

/** [rows x outputs] the surface in each row, linear between points along numbers; 0 where a value is missing or a level not looked at. */
export function surfaceAtRows([first, second]: PairGrid['axes'], surface: PairSurface, rows: Table): Float64Array {
  const outputs = surface.length;
  const found = new Float64Array(rows.rowCount * outputs);
  const [ofFirst, ofSecond] = [first, second].map((axis) => placesOf(axis, columnNamed(rows, axis.name)));
  for (let row = 0; row < rows.rowCount; row++) {
    const [p, q] = [ofFirst[row], ofSecond[row]];
    if (Number.isNaN(p) || Number.isNaN(q)) continue;
    const [a, b] = [Math.floor(p), Math.floor(q)];
    for (const [da, wa] of [
      [0, 1 - (p - a)],
      [1, p - a],
    ])
      for (const [db, wb] of [
        [0, 1 - (q - b)],
        [1, q - b],
      ]) {
        if (wa * wb === 0) continue;
        for (let k = 0; k < outputs; k++)
          found[row * outputs + k] += wa * wb * surface[k][(a + da) * second.count + b + db];
      }
  }
  return found;
}

function placesOf({ points }: StepAxis, column: Column): Float64Array {
  if (column.kind === 'numeric' && points.kind === 'numeric')
    return column.values.map((value) => placeBetween(points.values, value));
  if (column.kind !== 'coded' || points.kind !== 'coded') return new Float64Array(0);
  const placeOf = new Map(Array.from(points.codes, (code, place) => [code, place]));
  return Float64Array.from(column.codes, (code) => placeOf.get(code) ?? Number.NaN);
}

/** Cells lie between the points of numbers, and are the levels. */
function mapOf([first, second]: PairGrid['axes'], partial: PairSurface, local: PairSurface): InteractionMap {
  const [across, along] = [cornersOf(first), cornersOf(second)];
  const cellsOf = (surface: PairSurface) =>
    surface.map((values) =>
      across.flatMap((points) =>
        along.map((others) => {
          let sum = 0;
          for (const a of points) for (const b of others) sum += values[a * second.count + b];
          return Number((sum / (points.length * others.length)).toPrecision(6)) + 0;
        }),
      ),
    );
  const share = new Float64Array(across.length * along.length);
  first.pointsOf.forEach((points, row) => {
    const others = second.pointsOf[row];
    if (points.length > 0 && others.length > 0) share[points[0] * along.length + others[0]]++;
  });
  const rows = share.reduce((sum, count) => sum + count, 0) || 1;
  return {
    axes: [termAxis(first), termAxis(second)],
    partial: cellsOf(partial),
    local: cellsOf(local),
    share: Array.from(share, (count) => count / rows),
  };
}

const cornersOf = ({ points, count }: StepAxis): number[][] =>
  points.kind === 'numeric' && count > 1
    ? Array.from({ length: count - 1 }, (_, step) => [step, step + 1])
    : Array.from({ length: count }, (_, point) => [point]);

function termAxis({ name, points, count }: StepAxis): TermAxis {
  if (points.kind === 'coded')
    return {
      kind: 'levels',
      column: name,
      groups: Array.from(points.codes, (code) => ({ levels: [points.levels[code]] })),
    };
  const edges = [...points.values];
  return {
    kind: 'numbers',
    column: name,
    date: points.type === 'date',
    low: edges[0],
    high: edges[count - 1],
    edges: edges.slice(1, -1),
    missing: false,
  };
}
