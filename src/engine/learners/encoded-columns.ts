import { numberWords } from '../../shared/results/numbers.ts';
import { type MatrixOutput, type MatrixState, restoreMatrixEncoder } from '../data/encoders/matrix-encoder.ts';
import type { NumericColumn, Table } from '../data/table.ts';
import type { MadeColumn } from '../models/readable.ts';

/** The numbers that a learner calculates with, by names that a person knows. */
export interface EncodedColumns {
  readonly table: Table;
  readonly made: readonly MadeColumn[];
}

/** What an encoder makes of a table: a scaled number keeps its column's name, a flag says what it flags. */
export function encodedColumns(state: MatrixState, rows: Table): EncodedColumns {
  const { outputs, encode } = restoreMatrixEncoder(state);
  const { values } = encode(rows);
  const columns = outputs.map(
    (output, j): NumericColumn => ({
      kind: 'numeric',
      name: nameOf(output),
      type: output.kind === 'value' ? 'number' : 'integer',
      values: Float64Array.from({ length: rows.rowCount }, (_, row) => values[row * outputs.length + j]),
    }),
  );
  const made = outputs.map((output) => ({ column: nameOf(output), of: [output.column], words: wordsOf(output) }));
  return { table: { rowCount: rows.rowCount, columns }, made };
}

function nameOf({ column, kind, level }: MatrixOutput): string {
  if (kind === 'value') return column;
  if (kind === 'missing') return `${column} (missing)`;
  return level === undefined ? `${column} (rare levels)` : `${column} = ${level}`;
}

function wordsOf({ column, kind, level, center, scale, limit }: MatrixOutput): string {
  if (kind === 'missing') return `1 where ${column} is missing, else 0`;
  if (kind === 'level') return `1 where ${column} is ${level ?? 'one of the rare levels'}, else 0`;
  const bent = limit === undefined ? '' : `, bent so that it stays within ${limit}`;
  return `(${column} - ${numberWords(center, 4)}) / ${numberWords(scale, 4)}${bent}; the median stands in where it is missing`;
}
