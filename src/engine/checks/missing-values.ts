import { shareWords } from '../../shared/results/data-findings.ts';
import { percentWords } from '../../shared/results/numbers.ts';
import { missingFlags } from './column-cells.ts';
import { atMost, type DataCheck, largest, mostFindings } from './data-check.ts';
import { ignoreColumn } from './remedies.ts';

/** The tools' own threshold (reference table), and where most of a column is a guess. */
const worthNoting = 0.05;
const mostly = 0.5;

/** Columns with many gaps, those with most first. */
export const missingValues: DataCheck = {
  name: 'missing',
  title: 'Missing values',
  asks: 'Is much of a column missing?',
  cost: 'scan',
  async run({ development }) {
    const rowCount = development.features.rowCount;
    const gaps = development.features.columns.map((column) => ({
      name: column.name,
      count: missingFlags(column).count,
    }));
    const found = gaps.filter(({ count }) => count > worthNoting * rowCount).sort((a, b) => b.count - a.count);
    return {
      findings: found.slice(0, mostFindings).map(({ name, count }) => ({
        check: 'missing',
        severity: count > mostly * rowCount ? 'warning' : 'note',
        message: `"${name}" is missing in ${shareWords(count, rowCount)}, more than ${percentWords(worthNoting)}.`,
        columns: [name],
        evidence: { measure: 'share missing', value: count / rowCount, threshold: worthNoting },
        remedies: count > mostly * rowCount ? [ignoreColumn(name)] : [],
      })),
      ...atMost('largest share missing of a column', largest(gaps.map(({ count }) => count)) / rowCount, worthNoting),
    };
  },
};
