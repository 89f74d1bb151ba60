import type { Table } from '../../data/table.ts';
import { firstAtLeast } from '../../statistics/first-at-least.ts';
import { adaptiveEdges } from '../decomposition/quantile-bins.ts';
import type { Scores } from '../functional-complexity/additive-scale.ts';
import type { Draws, Factor } from './design.ts';

/** Steps in which a number's effect is told. */
const bins = 16;

/**
 * [factors][rows x outputs] roughly what each column adds in each row: the mean of the numbers in its bin, or of its level, less the mean.
 * Taking such functions of single columns away leaves all interactions as they are, and little noise. Factors of several columns add nothing.
 */
export function roughEffects(
  table: Table,
  factors: readonly Factor[],
  draws: Draws,
  { values, outputs }: Scores,
): Float64Array[] {
  const means = new Float64Array(outputs);
  values.forEach((value, i) => {
    means[i % outputs] += (value * outputs) / values.length;
  });
  return factors.map((factor, j) => {
    const effect = new Float64Array(table.rowCount * outputs);
    if (factor.length > 1) return effect;
    const binOf = binsOf(table, factor[0]);
    const sums = new Map<number, { count: number; sum: Float64Array }>();
    draws[j].forEach((row, draw) => {
      const bin = sums.get(binOf[row]) ?? { count: 0, sum: new Float64Array(outputs) };
      sums.set(binOf[row], bin);
      bin.count++;
      for (let k = 0; k < outputs; k++) bin.sum[k] += values[draw * outputs + k] - means[k];
    });
    for (let i = 0; i < effect.length; i++) {
      const bin = sums.get(binOf[Math.floor(i / outputs)]);
      if (bin) effect[i] = bin.sum[i % outputs] / bin.count;
    }
    return effect;
  });
}

/** [rows] -1 where the value is missing. */
function binsOf(table: Table, position: number): Int32Array {
  const column = table.columns[position];
  if (column.kind === 'coded') return column.codes;
  const known = column.values.filter(Number.isFinite).sort();
  if (known.length === 0) return new Int32Array(table.rowCount).fill(-1);
  const edges = adaptiveEdges(known, bins);
  return Int32Array.from(column.values, (value) => (Number.isFinite(value) ? firstAtLeast(edges, value) : -1));
}
