import { UserError } from '../../shared/faults.ts';
import { checkNames } from './csv-source.ts';
import { type Database, sqlName, sqlText } from './database.ts';
import { createParts } from './parts.ts';
import { lastCharacter, readHead } from './text-file.ts';

/**
 * Reads JSON or Parquet, every column as text, into the parts of a table of columns c0, c1, ...; returns the names. Columns of lists,
 * objects and bytes are left out, and said. Throws a UserError where the file is not what its name says, or is cut short.
 */
export async function loadTyped(
  database: Database,
  path: string,
  shown: string,
  kind: 'json' | 'parquet',
  notes: string[],
): Promise<readonly string[]> {
  if (kind === 'json') await checkWhole(path, shown);
  const from =
    kind === 'parquet'
      ? `read_parquet(${sqlText(path)})`
      : // Objects of more than 200 keys would be taken for maps, which are no tables.
        `read_json(${sqlText(path)}, sample_size = -1, map_inference_threshold = -1)`;
  try {
    const columns = await flatColumns(database, from, notes);
    if (columns.length === 0) throw noColumns(shown);
    const cells = columns.map(({ name, type }) => {
      const text = type === 'JSON' ? `${sqlName(name)} ->> '$'` : sqlName(name);
      return `nullif(trim(CAST(${text} AS VARCHAR), ' \t'), '')`;
    });
    await createParts(database, cells, from);
    const names = columns.map(({ name }) => name.trim());
    checkNames(names, shown);
    return names;
  } catch (error) {
    throw isUnreadable(error) ? unreadable(error, path, shown, kind) : error;
  }
}

/** DuckDB takes a list that ends too early for a shorter list. */
async function checkWhole(path: string, shown: string): Promise<void> {
  const head = await readHead(path, shown);
  if (head.trimStart().startsWith('[') && (await lastCharacter(path)) !== ']') {
    throw new UserError(
      'data-unreadable',
      'the file cannot be read as JSON: it is cut short, its list is not closed.',
      {
        place: { file: shown },
        advice: 'Get the file again, or close the list with "]".',
      },
    );
  }
}

interface TypedColumn {
  readonly name: string;
  readonly type: string;
}

async function flatColumns(database: Database, from: string, notes: string[]): Promise<TypedColumn[]> {
  const described = await database.rows(`DESCRIBE SELECT * FROM ${from}`);
  const columns = described.map(([name, type]) => ({ name: String(name), type: String(type) }));
  const isNested = ({ type }: TypedColumn) => /^(STRUCT|MAP|UNION|BLOB|BIT|GEOMETRY)|\]$/.test(type);
  const nested = columns.filter(isNested).map(({ name }) => `"${name}"`);
  if (nested.length > 0) notes.push(`Left out, since they hold lists, objects or bytes: ${nested.join(', ')}.`);
  return columns.filter((column) => !isNested(column));
}

const isUnreadable = (error: unknown): error is Error =>
  error instanceof Error && /^(Invalid Input|IO|Binder|Conversion|Parser) Error/i.test(error.message);

function unreadable(error: Error, path: string, shown: string, kind: 'json' | 'parquet'): UserError {
  const [first] = error.message.replaceAll(path, shown).split('\n');
  const message = first.replace(/[. ]*$/, '');
  return new UserError(
    'data-unreadable',
    `the file cannot be read as ${kind === 'json' ? 'JSON' : 'Parquet'}: ${message}.`,
    {
      place: { file: shown },
      advice:
        kind === 'json'
          ? 'Give a list of objects, [{"a": 1}, {"a": 2}], or one object a line.'
          : 'Check that the file is whole; write it again from its origin.',
      cause: error,
    },
  );
}

const noColumns = (shown: string) =>
  new UserError('data-no-columns', 'no column holds plain values.', {
    place: { file: shown },
    advice: 'Give a table: one row an example, one plain value a cell.',
  });
