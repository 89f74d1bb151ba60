import { countWords } from '../../shared/results/numbers.ts';
import { cellNumbers } from '../data/cell-numbers.ts';
import { atMost, type DataCheck, mostFindings } from './data-check.ts';
import { ignoreColumn } from './remedies.ts';

/** A column with one value in every row tells nothing. */
export const constantColumns: DataCheck = {
  name: 'constant',
  title: 'Constant columns',
  asks: 'Does a column have the same value in every row?',
  cost: 'scan',
  async run({ development }) {
    const rowCount = development.features.rowCount;
    const found = development.features.columns.filter((column) => {
      const cells = cellNumbers(column);
      return cells.every((cell) => Object.is(cell, cells[0]));
    });
    return {
      findings: found.slice(0, mostFindings).map((column) => ({
        check: 'constant',
        severity: 'warning',
        message: `"${column.name}" has the same value in all ${countWords(rowCount, 'row')}.`,
        columns: [column.name],
        evidence: { measure: 'different values', value: 1, threshold: 1 },
        remedies: [ignoreColumn(column.name)],
      })),
      ...atMost('columns with one value', found.length, 0),
    };
  },
};
