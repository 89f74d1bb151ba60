import { shareWords } from '../../shared/results/data-findings.ts';
import { cellWords, countWords, listWords } from '../../shared/results/numbers.ts';
import type { CodedColumn } from '../data/table.ts';
import { atMost, type DataCheck, foundRows, mostFindings } from './data-check.ts';
import { setType } from './remedies.ts';

/** Deepchecks' bound of what is rare (reference table); below 10 % odd cells are slips, above it a column may mean two things. */
const rare = 0.1;
const number = /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/;

/** Columns of words among which numbers stand, or of numbers with a few words. */
export const mixedTypes: DataCheck = {
  name: 'mixed-types',
  title: 'Mixed types',
  asks: 'Do numbers and words stand in one column?',
  cost: 'scan',
  async run({ development }) {
    const found = development.features.columns
      .filter((column): column is CodedColumn => column.kind === 'coded' && column.type === 'category')
      .map((column) => ({ column, ...oddCells(column) }))
      .filter(({ odd, known }) => odd.length > 0 && odd.length <= rare * known);
    return {
      findings: found.slice(0, mostFindings).map(({ column, odd, known, oddAreWords }) => {
        const [few, many] = oddAreWords ? ['words', 'numbers'] : ['numbers', 'words'];
        const examples = new Set(odd.map((row) => column.levels[column.codes[row]]));
        const shown = listWords([...examples].slice(0, 3).map((level) => `"${cellWords(level)}"`));
        return {
          check: 'mixed-types',
          severity: oddAreWords ? 'warning' : 'note',
          message: `"${column.name}" holds ${few} in ${shareWords(odd.length, known)}, ${many} elsewhere: ${shown}${examples.size > 3 ? ` and ${countWords(examples.size - 3, 'more value')}` : ''}.`,
          columns: [column.name],
          rows: foundRows('development', development, odd),
          evidence: { measure: 'share of the rare type', value: odd.length / known, threshold: rare },
          remedies: [setType(column.name, oddAreWords ? 'number' : 'category')],
        };
      }),
      ...atMost('columns of mixed types', found.length, 0),
    };
  },
};

/** Rows of the rarer kind of cell, and how many are known. */
function oddCells({ levels, codes }: CodedColumn): { odd: number[]; known: number; oddAreWords: boolean } {
  const isNumber = levels.map((level) => number.test(level));
  const rows: [number[], number[]] = [[], []];
  for (let row = 0; row < codes.length; row++) if (codes[row] >= 0) rows[isNumber[codes[row]] ? 1 : 0].push(row);
  const oddAreWords = rows[0].length < rows[1].length;
  return { odd: rows[oddAreWords ? 0 : 1], known: rows[0].length + rows[1].length, oddAreWords };
}
