import type { ExtensionContext } from 'vscode';
import type { Commands } from '../commands.ts';
import type { Contribution } from '../contribution.ts';
import type { EngineConnection } from '../engine-connection.ts';

/** Finds or starts the engine, after it ended or did not start. */
export class StartEngine implements Contribution {
  readonly #commands: Commands;
  readonly #engine: EngineConnection;

  constructor(commands: Commands, engine: EngineConnection) {
    this.#commands = commands;
    this.#engine = engine;
  }

  register(context: ExtensionContext): void {
    context.subscriptions.push(this.#commands.register('vitrine.startEngine', this.#start));
  }

  /** Answers the state that it is then in. */
  readonly #start = async (): Promise<string> => {
    await this.#engine.connect();
    return this.#engine.state.state;
  };
}
