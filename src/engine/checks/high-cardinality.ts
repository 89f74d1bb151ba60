import { countWords } from '../../shared/results/numbers.ts';
import type { CodedColumn } from '../data/table.ts';
import { levelCounts } from './column-cells.ts';
import { atMost, type DataCheck, mostFindings } from './data-check.ts';
import { ignoreColumn } from './remedies.ts';

/** ydata-profiling's threshold (reference table); with enough rows to each level, many levels do no harm. */
const manyLevels = 50;
const fewRows = 20;

/** Categories with so many levels that most have too few rows to learn from. */
export const highCardinality: DataCheck = {
  name: 'high-cardinality',
  title: 'Many levels',
  asks: 'Has a category so many levels that few rows share one?',
  cost: 'scan',
  async run({ development }) {
    const found = development.features.columns
      .filter((column): column is CodedColumn => column.kind === 'coded' && column.type === 'category')
      .map((column) => ({ column, ...usedLevels(column) }))
      .filter(({ levels, rowsEach }) => levels > manyLevels && rowsEach < fewRows);
    return {
      findings: found.slice(0, mostFindings).map(({ column, levels, rowsEach }) => ({
        check: 'high-cardinality',
        severity: 'note',
        message: `"${column.name}" has ${countWords(levels, 'level')}, each in ${countWords(rowsEach, 'row')} in the middle.`,
        columns: [column.name],
        evidence: { measure: 'levels', value: levels, threshold: manyLevels },
        remedies: [ignoreColumn(column.name)],
      })),
      ...atMost(`categories of more than ${manyLevels} levels with few rows each`, found.length, 0),
    };
  },
};

/** Levels that occur, and the median of their rows. */
function usedLevels({ codes, levels }: CodedColumn): { levels: number; rowsEach: number } {
  const counts = levelCounts(codes, levels.length)
    .filter((count) => count > 0)
    .sort();
  return { levels: counts.length, rowsEach: counts[counts.length >> 1] ?? 0 };
}
