import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBDataChunk, DuckDBValue } from '@duckdb/node-api';

/** A private DuckDB in memory that lives as long as one file is read. Never touches a network: extensions are not fetched. */
export interface Database {
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<DuckDBValue[][]>;
  /** Calls `each` with every chunk (at most 2,048 rows) in the table's order. */
  stream(sql: string, each: (chunk: DuckDBDataChunk, firstRow: number) => void): Promise<void>;
  close(): Promise<void>;
}

/** 'it''s' */
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
/** "a ""b""" */
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Opens an empty database that compresses what it holds, uses at most `memory` and spills the rest to the system's temporary folder.
 * Every call throws the signal's reason once it is aborted.
 */
export async function openDatabase(signal: AbortSignal, memory = '1500MB'): Promise<Database> {
  signal.throwIfAborted();
  // A native library of many megabytes, which workers of a search never need.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const spill = join(tmpdir(), `vitrine-${randomUUID()}`);
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(Math.min(4, availableParallelism())),
    memory_limit: memory,
    temp_directory: spill,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  const interrupt = () => connection.interrupt();
  signal.addEventListener('abort', interrupt);

  const abortable = async <T>(work: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  };
  const database: Database = {
    run: (sql) => abortable(async () => void (await connection.run(sql))),
    rows: (sql) => abortable(async () => (await connection.runAndReadAll(sql)).getRows()),
    stream: (sql, each) =>
      abortable(async () => {
        const result = await connection.stream(sql);
        let firstRow = 0;
        for (;;) {
          signal.throwIfAborted();
          const chunk = await result.fetchChunk();
          if (!chunk || chunk.rowCount === 0) return;
          each(chunk, firstRow);
          firstRow += chunk.rowCount;
        }
      }),
    async close() {
      signal.removeEventListener('abort', interrupt);
      connection.closeSync();
      instance.closeSync();
      await rm(spill, { recursive: true, force: true });
    },
  };
  await database.run("ATTACH ':memory:' AS work (COMPRESS); USE work; SET TimeZone = 'UTC'");
  return database;
}
