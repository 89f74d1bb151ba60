import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type OptunaPeer, type OptunaSampler, type PeerProblem, type PeerRun, startOptuna } from './optuna-peer.ts';

const folder = fileURLToPath(new URL('../../.venv/search-peers/', import.meta.url));

/**
 * Optuna's runs, each kept on disk (.venv, outside git) by version, problem, sampler, seed and number of trials: its Gaussian process
 * takes more than an hour for twenty seeds of every problem, and what it suggests does not depend on when it runs. Seconds are those of
 * the run that was kept; a comparison of times must ask for `fresh` ones.
 */
export class RecordedPeer {
  readonly #fresh: boolean;
  #optuna: OptunaPeer | undefined;

  constructor(options: { fresh?: boolean } = {}) {
    this.#fresh = options.fresh ?? false;
  }

  async version(): Promise<string> {
    return (await this.#started()).version;
  }

  async run(
    name: string,
    problem: PeerProblem,
    sampler: OptunaSampler,
    seed: number,
    trials: number,
  ): Promise<PeerRun> {
    const optuna = await this.#started();
    const file = `${folder}${optuna.version}-${name.replaceAll(/[^\w-]+/g, '-')}-${sampler}-${seed}-${trials}.json`;
    if (!this.#fresh && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
    const run = await optuna.run(problem, sampler, seed, trials);
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.part`, JSON.stringify(run));
    renameSync(`${file}.part`, file);
    return run;
  }

  close(): void {
    this.#optuna?.close();
  }

  async #started(): Promise<OptunaPeer> {
    this.#optuna ??= await startOptuna();
    return this.#optuna;
  }
}
