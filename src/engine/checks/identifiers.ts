import { chanceWords } from '../../shared/results/data-findings.ts';
import { numberWords } from '../../shared/results/numbers.ts';
import type { CodedColumn, Column, NumericColumn } from '../data/table.ts';
import { ascending, levelCounts } from './column-cells.ts';
import { atMost, type DataCheck, mostFindings } from './data-check.ts';
import { ignoreColumn } from './remedies.ts';

/** All columns together cry wolf at most so often. */
const level = 0.001;
const fewestRows = 20;
/** Of the known rows, those whose level no other row has. */
const mostlyOwn = 0.9;

interface Identity {
  readonly column: Column;
  readonly message: string;
  readonly value: number;
  readonly p: number;
}

/**
 * Columns that name the row: whole numbers of which none repeats though so many drawn from such a range would (the birthday problem),
 * numbers that only rise or only fall with the rows, and categories in which nearly every row has a level to itself.
 */
export const identifiers: DataCheck = {
  name: 'identifier',
  title: 'Identifiers',
  asks: 'Does a column name the row rather than describe it?',
  cost: 'scan',
  async run({ development }) {
    const columns = development.features.columns;
    const found = columns.flatMap(
      (column) => (column.kind === 'numeric' ? numberIdentity(column) : levelIdentity(column)) ?? [],
    );
    const sure = found.filter(({ p }) => p * columns.length < level);
    return {
      findings: sure.slice(0, mostFindings).map(({ column, message, value, p }) => ({
        check: 'identifier',
        severity: 'warning',
        message,
        columns: [column.name],
        evidence: {
          measure: 'share of rows with a value of their own',
          value,
          threshold: mostlyOwn,
          p: Math.min(1, p * columns.length),
        },
        remedies: [ignoreColumn(column.name)],
      })),
      ...atMost('columns that name the row', sure.length, 0),
    };
  },
};

function numberIdentity(column: NumericColumn): Identity | undefined {
  const sorted = ascending(column.values);
  const n = sorted.length;
  if (n < fewestRows || sorted.some((value, i) => i > 0 && value === sorted[i - 1])) return undefined;
  if (n === column.values.length && isMonotone(column.values)) {
    const p = 2 * Math.exp(-logFactorial(n));
    return {
      column,
      value: 1,
      p,
      message: `"${column.name}" only ${column.values[1] > column.values[0] ? 'rises' : 'falls'} from row to row: it counts the rows.`,
    };
  }
  if (column.type !== 'integer') return undefined;
  const range = sorted[n - 1] - sorted[0] + 1;
  // Chance that none of n numbers from a range repeats; less where they are not spread evenly. Near n of n it is smaller still.
  const p = Math.exp(-(n * (n - 1)) / (2 * range));
  return {
    column,
    value: 1,
    p,
    message: `"${column.name}" is a whole number from ${numberWords(sorted[0], 12)} to ${numberWords(sorted[n - 1], 12)} of which none of ${numberWords(n)} rows repeats one (${chanceWords(p)} for a quantity).`,
  };
}

const isMonotone = (values: Float64Array): boolean => {
  const sign = Math.sign(values[1] - values[0]);
  return values.every((value, i) => i === 0 || Math.sign(value - values[i - 1]) === sign);
};

const logFactorial = (n: number): number => n * Math.log(n) - n;

function levelIdentity(column: CodedColumn): Identity | undefined {
  if (column.type !== 'category') return undefined;
  const counts = levelCounts(column.codes, column.levels.length);
  const known = counts.reduce((a, b) => a + b, 0);
  const own = counts.filter((count) => count === 1).length;
  if (known < fewestRows || own < mostlyOwn * known) return undefined;
  return {
    column,
    value: own / known,
    p: 0,
    message: `"${column.name}" has a value of its own in ${numberWords(own)} of ${numberWords(known)} rows: a model cannot learn from a value that it sees once.`,
  };
}
