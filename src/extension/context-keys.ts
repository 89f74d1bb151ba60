import { commands, type ExtensionContext } from 'vscode';
import type { Contribution } from './contribution.ts';
import type { EngineConnection } from './engine-connection.ts';
import type { Experiments } from './experiments.ts';
import type { Studies } from './studies.ts';

/** What the manifest's `when` and `enablement` clauses may ask. */
export const contextKeys = ['vitrine.hasExperiments', 'vitrine.searched', 'vitrine.running'] as const;

/** Keeps the context keys true to what they say. */
export class ContextKeys implements Contribution {
  readonly #experiments: Experiments;
  readonly #studies: Studies;
  readonly #engine: EngineConnection;
  readonly #told = new Map<string, boolean>();

  constructor(experiments: Experiments, studies: Studies, engine: EngineConnection) {
    this.#experiments = experiments;
    this.#studies = studies;
    this.#engine = engine;
  }

  register(context: ExtensionContext): void {
    context.subscriptions.push(
      this.#experiments.onChanged(this.#update),
      this.#studies.onChanged(this.#update),
      this.#engine.onStateChanged(this.#update),
    );
    this.#update();
  }

  readonly #update = (): void => {
    this.#tell('vitrine.hasExperiments', this.#experiments.all.length > 0);
    this.#tell('vitrine.searched', this.#experiments.searched);
    this.#tell('vitrine.running', this.#studies.running.length > 0);
  };

  #tell(key: (typeof contextKeys)[number], value: boolean): void {
    if (this.#told.get(key) === value) return;
    this.#told.set(key, value);
    void commands.executeCommand('setContext', key, value);
  }
}
