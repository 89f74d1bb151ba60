import { EventEmitter, type Memento } from 'vscode';
import { addressPath, addressWishes } from '../shared/study-address.ts';
import type { ExperimentFile } from './experiments.ts';

const key = 'vitrine.openedStudies';

/** Studies of other programs that a person opened in this workspace, by their addresses; remembered until they are closed. */
export class OpenedStudies {
  readonly #memory: Memento;
  readonly #changed = new EventEmitter<void>();
  readonly onChanged = this.#changed.event;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  get all(): readonly ExperimentFile[] {
    return this.#addresses.map((file) => ({ file, name: nameOf(file) }));
  }

  has(address: string): boolean {
    return this.#addresses.includes(address);
  }

  async open(address: string): Promise<void> {
    if (this.has(address)) return;
    await this.#memory.update(key, [...this.#addresses, address]);
    this.#changed.fire();
  }

  async close(address: string): Promise<void> {
    await this.#memory.update(
      key,
      this.#addresses.filter((other) => other !== address),
    );
    this.#changed.fire();
  }

  get #addresses(): readonly string[] {
    return this.#memory.get<readonly string[]>(key, []);
  }
}

/** 'runs.db: second', 'fidelity/runhistory.json' */
function nameOf(address: string): string {
  const parts = addressPath(address).split(/[\\/]/);
  const isPlain = /^(runhistory|results|configs|result)\.json$/.test(parts.at(-1) ?? '');
  const { study } = addressWishes(address);
  return `${parts.slice(isPlain ? -2 : -1).join('/')}${study === undefined ? '' : `: ${study}`}`;
}
