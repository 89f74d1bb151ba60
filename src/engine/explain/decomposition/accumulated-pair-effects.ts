import { type Table, takeRows } from '../../data/table.ts';
import type { Asking } from './asking.ts';
import type { StepAxis } from './step-axis.ts';

/** [outputs][points of the first x points of the second] */
export type PairSurface = readonly Float64Array[];

/**
 * Accumulated local effects of second order (Apley and Zhu 2020, section 3): the mean second difference over each cell, for the rows that lie
 * there, added up along both columns, less the first-order effects of what has so added up, and centred over the rows. A cell without rows
 * takes the nearest cell's. Undefined where it was enough before the end.
 */
export async function accumulatedPairEffect(
  asking: Asking,
  table: Table,
  [first, second]: readonly [StepAxis, StepAxis],
): Promise<PairSurface | undefined> {
  const asked = first.stepsOf.flatMap((steps, row) =>
    steps.flatMap((a) => second.stepsOf[row].map((b) => ({ row, a, b }))),
  );
  const columnAt = (axis: StepAxis, at: number[]) =>
    takeRows({ rowCount: axis.count, columns: [axis.points] }, at).columns;
  const found = await asking.of({
    base: table,
    rows: Uint32Array.from(asked.flatMap(({ row }) => [row, row, row, row])),
    set: [
      ...columnAt(
        first,
        asked.flatMap(({ a }) => [a, a, a + 1, a + 1]),
      ),
      ...columnAt(
        second,
        asked.flatMap(({ b }) => [b, b + 1, b, b + 1]),
      ),
    ],
  });
  if (!found) return undefined;
  const [across, down] = [first, second].map(({ count }) => Math.max(0, count - 1));
  return Array.from({ length: found.outputs }, (_, output) => {
    const sums = new Float64Array(across * down);
    const counts = new Uint32Array(across * down);
    const value = (i: number) => found.values[i * found.outputs + output];
    asked.forEach(({ a, b }, i) => {
      sums[a * down + b] += value(4 * i + 3) - value(4 * i + 2) - value(4 * i + 1) + value(4 * i);
      counts[a * down + b]++;
    });
    const means = filled(
      sums.map((sum, cell) => sum / Math.max(1, counts[cell])),
      counts,
      across,
      down,
    );
    return pure(accumulated(means, across, down), first, second);
  });
}

/** Cells without rows take the mean of the nearest one that has some, by steps along both columns as shares of all. */
function filled(means: Float64Array, counts: Uint32Array, across: number, down: number): Float64Array {
  const known = [...counts.keys()].filter((cell) => counts[cell] > 0);
  return means.map((mean, cell) => {
    if (counts[cell] > 0 || known.length === 0) return mean;
    const [a, b] = [Math.floor(cell / down), cell % down];
    const far = (other: number) => ((Math.floor(other / down) - a) / across) ** 2 + (((other % down) - b) / down) ** 2;
    return means[known.reduce((best, other) => (far(other) < far(best) ? other : best))];
  });
}

function accumulated(means: Float64Array, across: number, down: number): Float64Array {
  const width = down + 1;
  const sums = new Float64Array((across + 1) * width);
  for (let a = 1; a <= across; a++)
    for (let b = 1; b <= down; b++)
      sums[a * width + b] =
        means[(a - 1) * down + b - 1] +
        sums[(a - 1) * width + b] +
        sums[a * width + b - 1] -
        sums[(a - 1) * width + b - 1];
  return sums;
}

/** Less the accumulated local effects, of either column, of the surface itself, and its mean over the rows. */
function pure(surface: Float64Array, first: StepAxis, second: StepAxis): Float64Array {
  const width = second.count;
  const ofFirst = mainEffect(first, second, (a, b) => surface[a * width + b]);
  const ofSecond = mainEffect(second, first, (b, a) => surface[a * width + b]);
  const left = surface.map((value, i) => value - ofFirst[Math.floor(i / width)] - ofSecond[i % width]);
  return centredOverRows(left, first, second);
}

function mainEffect(along: StepAxis, other: StepAxis, at: (point: number, otherPoint: number) => number): Float64Array {
  const sums = new Float64Array(Math.max(0, along.count - 1));
  const counts = new Uint32Array(sums.length);
  along.stepsOf.forEach((steps, row) => {
    const points = other.pointsOf[row];
    if (points.length === 0) return;
    for (const step of steps) {
      for (const point of points) sums[step] += (at(step + 1, point) - at(step, point)) / points.length;
      counts[step]++;
    }
  });
  const effect = new Float64Array(along.count);
  for (let point = 1; point < along.count; point++)
    effect[point] = effect[point - 1] + sums[point - 1] / Math.max(1, counts[point - 1]);
  return effect;
}

function centredOverRows(surface: Float64Array, first: StepAxis, second: StepAxis): Float64Array {
  let [sum, rows] = [0, 0];
  first.pointsOf.forEach((points, row) => {
    const others = second.pointsOf[row];
    if (points.length === 0 || others.length === 0) return;
    rows++;
    for (const a of points)
      for (const b of others) sum += surface[a * second.count + b] / (points.length * others.length);
  });
  return surface.map((value) => value - sum / Math.max(1, rows));
}
