import type { ColumnInfo } from '../../shared/dataset.ts';
import { quantile } from '../statistics/quantile.ts';
import type { Column } from './table.ts';

/** How many of a coded column's levels are kept in its description. */
const mostLevels = 50;

type Description = Pick<ColumnInfo, 'missing' | 'distinct' | 'numeric' | 'levels'>;

/** Counts, range and spread of a column, missing values left out. */
export function describeColumn(column: Column): Description {
  return column.kind === 'numeric' ? describeNumbers(column.values) : describeCodes(column.codes, column.levels);
}

function describeNumbers(values: Float64Array): Description {
  const ascending = values.slice().sort();
  const sorted = ascending.subarray(0, firstNaN(ascending));
  const missing = values.length - sorted.length;
  if (sorted.length === 0) return { missing, distinct: 0 };
  let distinct = 1;
  for (let i = 1; i < sorted.length; i++) if (sorted[i] !== sorted[i - 1]) distinct++;
  const { mean, standardDeviation } = moments(sorted);
  return {
    missing,
    distinct,
    numeric: {
      minimum: sorted[0],
      maximum: sorted[sorted.length - 1],
      mean,
      standardDeviation,
      quartiles: [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)],
    },
  };
}

/** Sorting puts NaN last: how many values stand before it. */
function firstNaN(ascending: Float64Array): number {
  let end = ascending.length;
  while (end > 0 && Number.isNaN(ascending[end - 1])) end--;
  return end;
}

/** Mean and sample standard deviation (0 for one value), by Welford (1962). */
function moments(values: Float64Array): { mean: number; standardDeviation: number } {
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const step = values[i] - mean;
    mean += step / (i + 1);
    squares += step * (values[i] - mean);
  }
  return { mean, standardDeviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0 };
}

function describeCodes(codes: Int32Array, levels: readonly string[]): Description {
  const counts = new Uint32Array(levels.length);
  let missing = 0;
  for (const code of codes) {
    if (code < 0) missing++;
    else counts[code]++;
  }
  const present = Array.from(counts.keys()).filter((code) => counts[code] > 0);
  const frequent = present.sort((a, b) => counts[b] - counts[a] || a - b).slice(0, mostLevels);
  return {
    missing,
    distinct: present.length,
    levels: frequent.map((code) => ({ level: levels[code], count: counts[code] })),
  };
}
