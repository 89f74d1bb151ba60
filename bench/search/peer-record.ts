import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type OptunaSampler, type Peer, type PeerProblem, type PeerRun, startOptuna } from './optuna-peer.ts';

const folder = fileURLToPath(new URL('../../.venv/search-peers/', import.meta.url));

/**
 * A peer's runs, each kept on disk (.venv, outside git) by version, problem, sampler, seed and number of trials: Optuna's Gaussian process
 * takes more than an hour for twenty seeds of every problem, and what it suggests does not depend on when it runs. Seconds are those of
 * the run that was kept; a comparison of times must ask for `fresh` ones.
 */
export class RecordedPeer<Sampler extends string = OptunaSampler> {
  readonly #fresh: boolean;
  readonly #start: () => Promise<Peer<Sampler>>;
  #peer: Peer<Sampler> | undefined;

  constructor(start: () => Promise<Peer<Sampler>>, options: { fresh?: boolean } = {}) {
    this.#start = start;
    this.#fresh = options.fresh ?? false;
  }

  async version(): Promise<string> {
    return (await this.#started()).version;
  }

  async run(name: string, problem: PeerProblem, sampler: Sampler, seed: number, trials: number): Promise<PeerRun> {
    const peer = await this.#started();
    const file = `${folder}${peer.version.replaceAll(/[^\w.-]+/g, '-')}-${name.replaceAll(/[^\w-]+/g, '-')}-${sampler}-${seed}-${trials}.json`;
    if (!this.#fresh && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
    const run = await peer.run(problem, sampler, seed, trials);
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.part`, JSON.stringify(run));
    renameSync(`${file}.part`, file);
    return run;
  }

  close(): void {
    this.#peer?.close();
  }

  async #started(): Promise<Peer<Sampler>> {
    this.#peer ??= await this.#start();
    return this.#peer;
  }
}

/** Optuna's runs. */
export const recordedOptuna = (options: { fresh?: boolean } = {}): RecordedPeer =>
  new RecordedPeer(startOptuna, options);
