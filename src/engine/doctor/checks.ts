import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { DoctorCheck } from '../../shared/results/doctor.ts';
import { openDatabase } from '../data/database.ts';

/** Tries a thing out. What it throws is the answer: a doctor must come to an end whatever is broken. */
async function check(name: string, advice: string, attempt: () => Promise<string>): Promise<DoctorCheck> {
  try {
    return { name, good: true, words: await attempt() };
  } catch (error) {
    return { name, good: false, words: error instanceof Error ? error.message : String(error), advice };
  }
}

/** The first Node whose SQLite needs no flag. */
const oldestNode = [22, 13];

export function nodeCheck(version = process.versions.node): Promise<DoctorCheck> {
  return check('Node', `Use Node ${oldestNode.join('.')} or newer.`, async () => {
    const [major, minor] = version.split('.').map(Number);
    const isOld = major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
    if (isOld) throw new Error(`Node ${version} is too old`);
    return `Node ${version}`;
  });
}

/** Reads a value by DuckDB, whose native library is the largest part of Vitrine. */
export const duckdbCheck = (signal: AbortSignal): Promise<DoctorCheck> =>
  check('DuckDB', 'Install Vitrine again, for this platform: data cannot be read without it.', async () => {
    const database = await openDatabase(signal);
    try {
      const [[version]] = await database.rows('SELECT version()');
      return `DuckDB ${version} loads`;
    } finally {
      await database.close();
    }
  });

export const sqliteCheck = (): Promise<DoctorCheck> =>
  check('SQLite', 'Use a Node that is built with SQLite.', async () => {
    const database = new DatabaseSync(':memory:');
    try {
      return `SQLite ${database.prepare('SELECT sqlite_version() AS version').get()?.version} opens`;
    } finally {
      database.close();
    }
  });

/** Writes and removes a file where a study of this folder is kept; leaves no trace. */
export function storeCheck(folder: string): Promise<DoctorCheck> {
  const own = join(folder, '.vitrine');
  const place = existsSync(own) ? own : folder;
  return check('Store', `Make ${place} writable, or work in another folder.`, async () => {
    const path = join(place, `.vitrine-doctor-${randomUUID()}`);
    await writeFile(path, '');
    await rm(path);
    return `${place} can be written`;
  });
}
