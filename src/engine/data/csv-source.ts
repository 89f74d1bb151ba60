import { type Place, UserError } from '../../shared/faults.ts';
import { type CsvDialect, csvDialect, delimiterWords } from './csv-dialect.ts';
import { type Database, sqlText } from './database.ts';
import { createParts } from './parts.ts';
import { lineOfByte, mixedLineEnding, notUtf8, readHead } from './text-file.ts';

/** Longest line that is read, in bytes. */
const longestLine = 16 << 20;

/**
 * Reads a CSV or TSV file, every cell as text, into the parts of a table of columns c0, c1, ...; returns the names.
 * Throws a UserError for an empty file, bad names, ragged rows, stray quotes and text that is not UTF-8, each with its line.
 */
export async function loadCsv(
  database: Database,
  path: string,
  shown: string,
  notes: string[],
): Promise<readonly string[]> {
  const head = await readHead(path, shown);
  if (head.trim() === '') {
    throw new UserError('data-empty', 'the file is empty.', {
      place: { file: shown },
      advice: 'Give a table whose first line holds the names of its columns.',
    });
  }
  const dialect = csvDialect(head);
  const usual = /\.(tsv|tab)(\.gz)?$/i.test(shown) ? '\t' : ',';
  if (dialect.names.length > 1 && dialect.delimiter !== usual) {
    notes.push(`Cells are separated by ${delimiterWords[dialect.delimiter]}.`);
  }
  checkNames(dialect.names, shown);
  const value = dialect.names.find((name) => /^[+-]?\d*[.]\d+$|^\d{4}-\d{2}-\d{2}/.test(name));
  if (value !== undefined) {
    notes.push(
      `The first line is read as names, though "${value}" looks like a value: put a line of names above it if it is one.`,
    );
  }
  await readCells(database, path, shown, dialect);
  await throwRejected(database, path, shown, dialect);
  return dialect.names;
}

/** Throws a UserError where a name is empty or stands twice. */
export function checkNames(names: readonly string[], shown: string): void {
  const place = { file: shown, line: 1 };
  const empty = names.indexOf('');
  if (empty >= 0) {
    throw new UserError('column-unnamed', `column ${empty + 1} of ${names.length} has no name.`, {
      place,
      advice:
        empty === 0
          ? 'Name it in the first line, or leave it out (pandas writes its index like this; to_csv(index=False) does not).'
          : 'Name it in the first line, or take the extra delimiter out.',
    });
  }
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    const at = names.flatMap((name, i) => (name === twice ? [i + 1] : []));
    throw new UserError('column-duplicate', `the name "${twice}" stands over columns ${at.join(' and ')}.`, {
      place,
      advice: 'Give each column a name of its own.',
    });
  }
}

async function readCells(
  database: Database,
  path: string,
  shown: string,
  { delimiter, names }: CsvDialect,
): Promise<void> {
  const columns = names.map((_, i) => `'c${i}': 'VARCHAR'`).join(', ');
  const cells = names.map((_, i) => `nullif(trim(c${i}, ' \t'), '')`);
  try {
    await createParts(
      database,
      cells,
      `read_csv(${sqlText(path)}, auto_detect = false, header = true, strict_mode = true,
       columns = {${columns}}, delim = ${sqlText(delimiter)}, quote = '"', escape = '"', nullstr = '',
       max_line_size = ${longestLine}, store_rejects = true, rejects_limit = 1000)`,
    );
  } catch (error) {
    const line = await mixedLineEnding(path);
    if (line === undefined || !/invalid state/i.test((error as Error).message)) throw error;
    throw new UserError(
      'data-line-endings',
      'the ending of this line differs from the first line: \\n and \\r\\n are mixed.',
      {
        place: { file: shown, line },
        advice: 'Save the file with one kind of line ending.',
        cause: error,
      },
    );
  }
}

/** Turns the first row that DuckDB could not read into an error with its line. */
async function throwRejected(database: Database, path: string, shown: string, dialect: CsvDialect): Promise<void> {
  const [rejected] = await database.rows(
    `SELECT error_type::VARCHAR, error_message, line_byte_position::DOUBLE
     FROM reject_errors ORDER BY line, byte_position LIMIT 1`,
  );
  if (!rejected) return;
  const [kind, message, position] = rejected;
  const place = { file: shown, line: await lineOfByte(path, Number(position) - 1) };
  throw rejectedFault(String(kind), String(message), place, dialect);
}

function rejectedFault(kind: string, message: string, place: Place, dialect: CsvDialect): UserError {
  if (kind === 'INVALID ENCODING') return notUtf8(place.file, place.line);
  if (kind === 'MISSING COLUMNS' || kind === 'TOO MANY COLUMNS') {
    const found = /Found: (\d+)/.exec(message)?.[1] ?? (kind === 'MISSING COLUMNS' ? 'fewer' : 'more');
    return new UserError(
      'data-ragged',
      `the row has ${found} ${found === '1' ? 'cell' : 'cells'}, the header names ${dialect.names.length} ${dialect.names.length === 1 ? 'column' : 'columns'}.`,
      {
        place,
        advice: `Mend the row: cells are separated by ${delimiterWords[dialect.delimiter]}, and a cell that holds one goes between double quotes.`,
      },
    );
  }
  if (kind === 'UNQUOTED VALUE') {
    return new UserError('data-quotes', 'a double quote is opened or closed in the wrong place.', {
      place,
      advice: 'Close the quote before the next delimiter, and write a double quote inside a quoted cell twice ("").',
    });
  }
  return new UserError('data-unreadable', `the row cannot be read: ${message}`, {
    place,
    advice: 'Mend the row or take it out.',
  });
}
