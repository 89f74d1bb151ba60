import { numberWords } from '../../shared/results/numbers.ts';
import type { NumericColumn } from '../data/table.ts';
import { mean } from '../statistics/mean.ts';
import { ascending } from './column-cells.ts';
import { atMost, type DataCheck, largest, mostFindings } from './data-check.ts';
import { mendData } from './remedies.ts';

/** ydata-profiling's threshold (reference table): no common distribution comes near it in a few thousand rows. */
const extreme = 20;

/** Numbers with a tail so long that a few rows decide every mean. */
export const skewedColumns: DataCheck = {
  name: 'skew',
  title: 'Extreme skew',
  asks: 'Do a few huge values make up a column?',
  cost: 'scan',
  async run({ development }) {
    const skews = development.features.columns
      .filter((column): column is NumericColumn => column.kind === 'numeric')
      .map(({ name, values }) => ({ name, value: skewness(ascending(values)) }));
    const found = skews.filter(({ value }) => Math.abs(value) > extreme);
    return {
      findings: found.slice(0, mostFindings).map(({ name, value }) => ({
        check: 'skew',
        severity: 'note',
        message: `"${name}" has a skewness of ${numberWords(value)}: a few values are very far from the rest.`,
        columns: [name],
        evidence: { measure: 'skewness', value, threshold: extreme },
        remedies: [mendData('See whether its largest values are meant; trees do not mind them, linear models do.')],
      })),
      ...atMost('largest skewness, either way', largest(skews.map(({ value }) => Math.abs(value))), extreme),
    };
  },
};

/** Third standardised moment; 0 of a constant. */
function skewness(values: Float64Array): number {
  const centre = mean(values);
  let [squares, cubes] = [0, 0];
  for (const value of values) {
    squares += (value - centre) ** 2;
    cubes += (value - centre) ** 3;
  }
  const variance = squares / values.length;
  return variance > 0 && Number.isFinite(variance) ? cubes / values.length / variance ** 1.5 : 0;
}
