import type { Column, Table } from '../data/table.ts';
import type { Random } from '../random.ts';
import { type DiscreteColumn, frequencySampler } from './discretiser.ts';

/** Rows around one row, as the model sees them and as the surrogate does. */
export interface Neighbourhood {
  readonly rows: Table;
  /** [samples x columns] row-major: 1 where the sample falls in the explained row's bin. */
  readonly same: Float64Array;
  /** [samples] `exp(-d^2 / (2 width^2))`, d^2 the number of columns that differ. */
  readonly weights: Float64Array;
}

/**
 * Samples each column on its own: a bin by its training frequency, a value from within it (Ribeiro et al. 2016). Within
 * the explained row's own bin the value is drawn anew as well. Columns are thereby taken for independent, as in lime.
 * @param own [columns] the explained row's bins
 * @param first the explained row, kept as sample 0; absent for held-out samples
 */
export function sampleNeighbourhood(
  columns: readonly DiscreteColumn[],
  own: Int32Array,
  samples: number,
  width: number,
  random: Random,
  first?: Table,
): Neighbourhood {
  const same = new Float64Array(samples * columns.length);
  const distances = new Float64Array(samples);
  const drawn = columns.map((discrete, c): Column => {
    const sample = frequencySampler(discrete);
    const cells = new Float64Array(samples);
    for (let i = 0; i < samples; i++) {
      const kept = i === 0 && first !== undefined;
      const bin = kept ? own[c] : sample(random);
      cells[i] = kept ? cellOf(first.columns[c]) : discrete.bins[bin].draw(random);
      same[i * columns.length + c] = bin === own[c] ? 1 : 0;
      if (bin !== own[c]) distances[i]++;
    }
    return withCells(discrete.column, cells);
  });
  const weights = distances.map((squared) => Math.exp(-squared / (2 * width * width)));
  return { rows: { rowCount: samples, columns: drawn }, same, weights };
}

const cellOf = (column: Column): number => (column.kind === 'numeric' ? column.values[0] : column.codes[0]);

const withCells = (column: Column, cells: Float64Array): Column =>
  column.kind === 'numeric' ? { ...column, values: cells } : { ...column, codes: Int32Array.from(cells) };

/** [columns] the bins that a row falls in. */
export const binsOf = (columns: readonly DiscreteColumn[], row: Table): Int32Array =>
  Int32Array.from(columns, (discrete, c) => discrete.binOf(cellOf(row.columns[c])));
