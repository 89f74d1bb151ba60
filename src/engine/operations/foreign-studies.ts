import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { addressPath, addressWishes } from '../../shared/study-address.ts';
import { keepStudy } from '../import/keep-study.ts';
import { chooseStudy, readStudies } from '../import/read-studies.ts';
import { openInMemory } from '../store/database.ts';
import { Store } from '../store/store.ts';

interface OpenStudy {
  readonly store: Store;
  /** Of the file as it was read. */
  readonly stamp: string;
}

/** Our own experiment files, and models, are never read as somebody else's study. */
const isNoStudy = (path: string): boolean => /\.(?:vitrine\.ya?ml|onnx)$/i.test(path);

/**
 * Studies that other programs wrote, looked at where they lie: read into memory on the first question, and again once their file has
 * changed, so that a search of another program can be watched. Nothing is written.
 */
export class ForeignStudies {
  readonly #open = new Map<string, OpenStudy>();

  /**
   * Reads the study at an address, unless it is known as it stands. Does nothing for experiment files, models and files that are not there: who
   * asks next says so. Throws the UserErrors of `readStudies` and `chooseStudy`.
   */
  async settle(address: string, signal: AbortSignal): Promise<void> {
    const path = addressPath(address);
    const stamp = isNoStudy(path) ? undefined : stampOf(path);
    if (stamp === undefined || this.#open.get(address)?.stamp === stamp) return;
    const wishes = addressWishes(address);
    const { importer, studies } = await readStudies(path, wishes, signal);
    const study = chooseStudy(studies, wishes, path);
    const store = new Store(dirname(path), openInMemory);
    keepStudy(store, basename(address), study, { program: importer.title, path });
    this.#open.get(address)?.store.close();
    this.#open.set(address, { store, stamp });
  }

  storeOf(address: string): Store | undefined {
    return this.#open.get(address)?.store;
  }

  /** Differs once the file has changed, also before it is read again; cheap enough to poll. */
  versionOf(address: string): string | undefined {
    const open = this.#open.get(address);
    if (!open) return undefined;
    const stamp = stampOf(addressPath(address)) ?? open.stamp;
    return `${stamp}.${open.store.studies.version(basename(address))?.split('.')[1]}`;
  }

  close(): void {
    for (const { store } of this.#open.values()) store.close();
    this.#open.clear();
  }
}

/** Time and size of a file and of what SQLite keeps beside it; of a folder those of its folders' files. Undefined where there is nothing. */
function stampOf(path: string): string | undefined {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (!facts) return undefined;
  const beside = facts.isDirectory() ? reportsIn(path) : siblings.map((end) => path + end);
  const files = beside.map((file) => statSync(file, { throwIfNoEntry: false }));
  return [facts, ...files].map((each) => (each ? `${Math.round(each.mtimeMs)}-${each.size}` : '')).join('/');
}

const siblings = ['-wal'];

const reportsIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name, 'result.json'));
