import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { UserError } from '../../shared/faults.ts';
import { loadCsv } from './csv-source.ts';
import { type Database, openDatabase } from './database.ts';
import { clearMissing } from './missing-values.ts';
import { loadTyped } from './typed-source.ts';

/** A data file, loaded as text: a table `source` with columns c0, c1, ... in the file's order, null where a value is missing. */
export interface Source {
  readonly database: Database;
  /** Path as the person wrote it. */
  readonly shown: string;
  /** Names of c0, c1, ... */
  readonly names: readonly string[];
  readonly rowCount: number;
  /** By column: how often each spelling of 'no value' stood there. */
  readonly missing: readonly Readonly<Record<string, number>>[];
  readonly notes: readonly string[];
}

export interface SourceOptions {
  /** Absolute path. */
  readonly path: string;
  /** Path as the person wrote it, for messages and results; default: the file's name. */
  readonly shown?: string;
}

const kinds = [
  { kind: 'csv', pattern: /\.(csv|tsv|tab|txt)(\.gz)?$/i },
  { kind: 'json', pattern: /\.(json|jsonl|ndjson)(\.gz)?$/i },
  { kind: 'parquet', pattern: /\.(parquet|pq)$/i },
] as const;

/**
 * Loads a CSV, TSV, JSON (array of objects, or one object a line) or Parquet file, text ones also as .gz, and calls `use` with it.
 * Numbers of every format pass through their shortest exact spelling, so that all formats share one inference of types.
 * Throws a UserError where the file is missing, empty, of an unknown kind, has no rows or cannot be read.
 */
export async function withSource<T>(
  options: SourceOptions,
  signal: AbortSignal,
  use: (source: Source) => Promise<T>,
): Promise<T> {
  const shown = options.shown ?? basename(options.path);
  await checkFile(options.path, shown);
  const kind = kinds.find(({ pattern }) => pattern.test(options.path))?.kind;
  if (!kind) {
    throw new UserError('data-format', 'the kind of the data is not known from the name of the file.', {
      place: { file: shown },
      advice: 'Vitrine reads .csv, .tsv, .txt, .json, .jsonl (each also .gz) and .parquet.',
    });
  }
  const database = await openDatabase(signal);
  try {
    const notes: string[] = [];
    const names =
      kind === 'csv'
        ? await loadCsv(database, options.path, shown, notes)
        : await loadTyped(database, options.path, shown, kind, notes);
    const [[count]] = await database.rows('SELECT count(*)::DOUBLE FROM source');
    if (count === 0) {
      throw new UserError('data-no-rows', 'the file names its columns but holds no rows.', {
        place: { file: shown },
        advice: 'Add rows below the names.',
      });
    }
    const missing: Readonly<Record<string, number>>[] = [];
    for (let i = 0; i < names.length; i++) missing.push(await clearMissing(database, `c${i}`));
    return await use({ database, shown, names, rowCount: Number(count), missing, notes });
  } finally {
    await database.close();
  }
}

async function checkFile(path: string, shown: string): Promise<void> {
  const place = { file: shown };
  try {
    const facts = await stat(path);
    if (facts.isDirectory()) {
      throw new UserError('data-folder', 'this is a folder, not a table.', { place, advice: 'Name a file inside it.' });
    }
    if (facts.size === 0) {
      throw new UserError('data-empty', 'the file is empty.', {
        place,
        advice: 'Give a table whose first line holds the names of its columns.',
      });
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new UserError('data-missing', 'there is no such file.', {
        place,
        advice: 'Check the path; one in an experiment file is relative to that file.',
        cause: error,
      });
    }
    throw error;
  }
}
