import type { ResidualBin } from '../../../shared/results/decisions.ts';
import type { CodedColumn, Column, NumericColumn } from '../../data/table.ts';
import { holm } from '../../statistics/holm.ts';
import { mean, standardDeviation } from '../../statistics/mean.ts';
import { quantile } from '../../statistics/quantile.ts';
import { studentTail } from '../../statistics/student-t.ts';

/** A bin and how surely its rows are off. */
interface TestedBin {
  readonly bin: Omit<ResidualBin, 'distinguishable'>;
  readonly p: number;
}
export interface TestedColumn {
  readonly column: string;
  readonly bins: readonly TestedBin[];
}

/** Bins of a column of numbers, levels of one of levels, at most; rows of each at least. */
const [mostBins, fewestRows] = [8, 20];

/** Mean residual of the rows of each level, or of equally many rows by value, with Student's test of its being 0. */
export function residualBins(column: Column, residuals: Float64Array): TestedColumn {
  const { names, codes } = column.kind === 'numeric' ? binsOfNumbers(column) : binsOfLevels(column);
  const bins = names.flatMap((words, bin) => {
    const own = residuals.filter((_, row) => codes[row] === bin);
    if (own.length < fewestRows) return [];
    const [centre, error] = [mean(own), standardDeviation(own) / Math.sqrt(own.length)];
    const interval = { low: centre - 1.96 * error, high: centre + 1.96 * error };
    const p = error > 0 ? 2 * studentTail(Math.abs(centre) / error, own.length - 1) : centre === 0 ? 1 : 0;
    return [{ bin: { words, rows: own.length, mean: centre, interval }, p }];
  });
  return { column: column.name, bins };
}

/** Bins that are surely off, of all that were looked at (Holm). */
export function told(
  columns: readonly TestedColumn[],
  level: number,
): { column: string; bins: ResidualBin[]; p: number }[] {
  const corrected = holm(columns.flatMap(({ bins }) => bins.map(({ p }) => p))).values();
  return columns.map(({ column, bins }) => {
    const chances = bins.map(() => corrected.next().value!);
    return {
      column,
      bins: bins.map(({ bin }, i) => ({ ...bin, distinguishable: chances[i] <= level })),
      p: Math.min(1, ...bins.map(({ p }) => p)),
    };
  });
}

/** Rows by bin, in the order in which bins are told. */
interface Bins {
  readonly names: readonly string[];
  /** [rows] */
  readonly codes: Int32Array;
}

function binsOfNumbers({ values, type }: NumericColumn): Bins {
  const said = (value: number) =>
    type === 'date' ? new Date(value).toISOString().slice(0, 10) : String(Number(value.toPrecision(3)));
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  const count = Math.max(1, Math.min(mostBins, Math.floor(known.length / fewestRows)));
  const inner = Array.from({ length: count - 1 }, (_, i) => quantile(known, (i + 1) / count));
  const edges = [...new Set(inner)];
  const ranges = edges.slice(1).map((edge, i) => `${said(edges[i])} to ${said(edge)}`);
  const names =
    edges.length === 0 ? ['known'] : [`at most ${said(edges[0])}`, ...ranges, `above ${said(edges[edges.length - 1])}`];
  const codes = Int32Array.from(values, (value) =>
    Number.isNaN(value) ? names.length : edges.filter((edge) => value > edge).length,
  );
  return { names: [...names, 'missing'], codes };
}

function binsOfLevels({ codes, levels }: CodedColumn): Bins {
  const counts = new Float64Array(levels.length);
  for (const code of codes) if (code >= 0) counts[code]++;
  const frequent = [...levels.keys()].sort((a, b) => counts[b] - counts[a]).slice(0, mostBins);
  const placeOf = new Int32Array(levels.length).fill(frequent.length);
  frequent.forEach((code, place) => {
    placeOf[code] = place;
  });
  return {
    names: [...frequent.map((code) => levels[code]), 'another level', 'missing'],
    codes: codes.map((code) => (code < 0 ? frequent.length + 1 : placeOf[code])),
  };
}
