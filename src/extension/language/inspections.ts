import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { ProgressLocation, window } from 'vscode';
import type { KnownData } from '../../language/index.ts';
import { UserError } from '../../shared/faults.ts';
import type { DataInspection } from '../../shared/operations/operations.ts';
import type { EngineConnection } from '../engine-connection.ts';

/** What a data file holds, or why it cannot be read. */
export interface Inspection {
  readonly columns: KnownData;
  readonly rowCount?: number;
}

interface Entry {
  readonly version: string;
  readonly looked: Promise<Inspection>;
  known?: Inspection;
}

/** What data files hold, as the engine tells; looked at again only when a file's time or size differs. */
export class Inspections {
  readonly #engine: EngineConnection;
  readonly #entries = new Map<string, Entry>();

  constructor(engine: EngineConnection) {
    this.#engine = engine;
  }

  /** As far as it is known without waiting. */
  known(path: string | undefined): Inspection | undefined {
    return path === undefined ? undefined : this.#entries.get(path)?.known;
  }

  /** Rejects where the engine fails; faults of the data are its answer. */
  async look(path: string): Promise<Inspection> {
    const version = await versionOf(path);
    const entry = this.#entries.get(path);
    if (entry?.version === version) return entry.looked;
    const looked = this.#inspect(path);
    const fresh: Entry = { version, looked };
    this.#entries.set(path, fresh);
    try {
      fresh.known = await looked;
      return fresh.known;
    } catch (error) {
      if (this.#entries.get(path) === fresh) this.#entries.delete(path);
      throw error;
    }
  }

  async #inspect(path: string): Promise<Inspection> {
    try {
      const title = `Vitrine: reading ${basename(path)}`;
      const inspect = () => this.#engine.request('data.inspect', { path });
      // A large table takes seconds: the status bar says so.
      const shown = window.withProgress<DataInspection>({ location: ProgressLocation.Window, title }, inspect);
      const { columns, rowCount } = await shown;
      return { columns, rowCount };
    } catch (error) {
      if (!(error instanceof UserError) || error.code.startsWith('engine-')) throw error;
      return { columns: { missing: [error.message, error.advice].filter(Boolean).join(' ') } };
    }
  }
}

async function versionOf(path: string): Promise<string> {
  try {
    const { mtimeMs, size } = await stat(path);
    return `${mtimeMs} ${size}`;
  } catch (error) {
    return `absent: ${(error as NodeJS.ErrnoException).code}`;
  }
}
