import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { Commands } from '../commands.ts';
import type { Contribution } from '../contribution.ts';

/** Shows the output channel 'Vitrine'. */
export class OpenLog implements Contribution {
  readonly #commands: Commands;
  readonly #log: LogOutputChannel;

  constructor(commands: Commands, log: LogOutputChannel) {
    this.#commands = commands;
    this.#log = log;
  }

  register(context: ExtensionContext): void {
    context.subscriptions.push(
      this.#log,
      this.#commands.register('vitrine.openLog', () => this.#log.show()),
    );
  }
}
