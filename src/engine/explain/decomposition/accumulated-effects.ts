import { type Table, takeRows } from '../../data/table.ts';
import type { Asking } from './asking.ts';
import type { StepAxis } from './step-axis.ts';

/** An effect at the points of an axis, by output. */
export interface PointEffect {
  /** [outputs][points] centred: mean 0 over the rows. */
  readonly effect: readonly Float64Array[];
  /** [outputs][points] its standard error, over the rows of each step. */
  readonly error: readonly Float64Array[];
}

/**
 * Accumulated local effects of one column (Apley and Zhu 2020, section 3): the mean change of the prediction over
 * each step, for the rows that lie there, added up from the first point and centred over the rows. Undefined where it was enough before the end.
 */
export async function accumulatedEffect(
  asking: Asking,
  table: Table,
  axis: StepAxis,
): Promise<PointEffect | undefined> {
  const asked = axis.stepsOf.flatMap((steps, row) => steps.map((step) => ({ row, step })));
  const rows = Uint32Array.from(asked.flatMap(({ row }) => [row, row]));
  const at = asked.flatMap(({ step }) => [step, step + 1]);
  const found = await asking.of({
    base: table,
    rows,
    set: takeRows({ rowCount: axis.count, columns: [axis.points] }, at).columns,
  });
  if (!found) return undefined;
  const steps = Math.max(0, axis.count - 1);
  const outputs = Array.from({ length: found.outputs }, (_, output) => {
    const sums = new Float64Array(steps);
    const squares = new Float64Array(steps);
    const counts = new Uint32Array(steps);
    asked.forEach(({ step }, i) => {
      const change = found.values[(2 * i + 1) * found.outputs + output] - found.values[2 * i * found.outputs + output];
      sums[step] += change;
      squares[step] += change * change;
      counts[step]++;
    });
    const means = sums.map((sum, step) => sum / Math.max(1, counts[step]));
    const variances = means.map((mean, step) => {
      const count = counts[step];
      return count > 1 ? Math.max(0, squares[step] - count * mean * mean) / ((count - 1) * count) : mean * mean;
    });
    return centred(axis, means, variances);
  });
  return { effect: outputs.map(({ effect }) => effect), error: outputs.map(({ error }) => error) };
}

/** Adds the steps up and takes the rows' mean away; the errors of the steps are independent. */
function centred(axis: StepAxis, means: Float64Array, variances: Float64Array) {
  const effect = new Float64Array(axis.count);
  for (let point = 1; point < axis.count; point++) effect[point] = effect[point - 1] + means[point - 1];
  const weights = pointWeights(axis);
  const mean = weights.reduce((sum, weight, point) => sum + weight * effect[point], 0);
  // beyond[step]: share of the rows that lie behind it.
  const beyond = new Float64Array(variances.length);
  for (let step = beyond.length - 1; step >= 0; step--) beyond[step] = weights[step + 1] + (beyond[step + 1] ?? 0);
  const error = effect.map((_, point) =>
    Math.sqrt(
      variances.reduce((sum, variance, step) => sum + variance * ((step < point ? 1 : 0) - beyond[step]) ** 2, 0),
    ),
  );
  return { effect: effect.map((value) => value - mean), error };
}

/** [points] share of the rows that each stands for, of those whose value is known. */
export function pointWeights({ count, pointsOf }: StepAxis): Float64Array {
  const weights = new Float64Array(count);
  const known = pointsOf.filter(({ length }) => length > 0).length;
  for (const points of pointsOf) for (const point of points) weights[point] += 1 / points.length / Math.max(1, known);
  return weights;
}
