import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { UserError } from '../../shared/faults.ts';
import { loadCsv } from './csv-source.ts';
import { type Database, openDatabase } from './database.ts';
import { loadImageFolder } from './images/image-folder.ts';
import { clearMissing } from './missing-values.ts';
import { partOf } from './parts.ts';
import { loadTyped } from './typed-source.ts';

/** A data file, loaded as text: columns c0, c1, ... in the file's order, in the tables that `partOf` names, null where a value is missing. */
export interface Source {
  readonly database: Database;
  /** Path as the person wrote it. */
  readonly shown: string;
  /** Where paths in the data begin. */
  readonly folder: string;
  /** Names of c0, c1, ... */
  readonly names: readonly string[];
  readonly rowCount: number;
  /** By column: how often each spelling of 'no value' stood there. */
  readonly missing: readonly Readonly<Record<string, number>>[];
  readonly notes: readonly string[];
  readonly signal: AbortSignal;
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
 * A folder is one of images, its sub-folders the classes. Numbers of every format pass through their shortest exact spelling, so that all formats share one inference of types.
 * Throws a UserError where the file is missing, empty, of an unknown kind, has no rows or cannot be read.
 */
export async function withSource<T>(
  options: SourceOptions,
  signal: AbortSignal,
  use: (source: Source) => Promise<T>,
): Promise<T> {
  const shown = options.shown ?? basename(options.path);
  const isFolder = await checkFile(options.path, shown);
  const kind = isFolder ? 'images' : kinds.find(({ pattern }) => pattern.test(options.path))?.kind;
  if (!kind) {
    throw new UserError('data-format', 'the kind of the data is not known from the name of the file.', {
      place: { file: shown },
      advice: 'Vitrine reads .csv, .tsv, .txt, .json, .jsonl (each also .gz), .parquet, and folders of images.',
    });
  }
  const database = await openDatabase(signal);
  try {
    const notes: string[] = [];
    const names = await load(kind, database, options.path, shown, notes);
    const [[count]] = await database.rows(`SELECT count(*)::DOUBLE FROM ${partOf(0)}`);
    if (count === 0) {
      throw new UserError('data-no-rows', 'the file names its columns but holds no rows.', {
        place: { file: shown },
        advice: 'Add rows below the names.',
      });
    }
    const missing = await clearMissing(database, Number(count), names.length);
    const folder = isFolder ? options.path : dirname(options.path);
    return await use({ database, shown, folder, names, rowCount: Number(count), missing, notes, signal });
  } finally {
    await database.close();
  }
}

type Kind = (typeof kinds)[number]['kind'] | 'images';

function load(
  kind: Kind,
  database: Database,
  path: string,
  shown: string,
  notes: string[],
): Promise<readonly string[]> {
  if (kind === 'images') return loadImageFolder(database, path, shown, notes);
  return kind === 'csv' ? loadCsv(database, path, shown, notes) : loadTyped(database, path, shown, kind, notes);
}

/** Whether it is a folder. Throws a UserError where there is none, or an empty file. */
async function checkFile(path: string, shown: string): Promise<boolean> {
  const place = { file: shown };
  try {
    const facts = await stat(path);
    if (facts.isDirectory()) return true;
    if (facts.size === 0) {
      throw new UserError('data-empty', 'the file is empty.', {
        place,
        advice: 'Give a table whose first line holds the names of its columns.',
      });
    }
    return false;
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
