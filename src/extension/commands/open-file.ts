import { type ExtensionContext, Uri, window } from 'vscode';
import type { ExperimentTarget } from '../command-arguments.ts';
import type { Commands } from '../commands.ts';
import type { Contribution } from '../contribution.ts';
import type { ExperimentPicker } from '../experiment-picker.ts';

/** Opens an experiment file, from the tree and the pages. */
export class OpenFile implements Contribution {
  readonly #commands: Commands;
  readonly #picker: ExperimentPicker;

  constructor(commands: Commands, picker: ExperimentPicker) {
    this.#commands = commands;
    this.#picker = picker;
  }

  register(context: ExtensionContext): void {
    context.subscriptions.push(this.#commands.register('vitrine.openFile', this.#open));
  }

  readonly #open = async (given?: ExperimentTarget): Promise<void> => {
    const file = await this.#picker.pick(given, 'Open experiment file');
    if (file !== undefined) await window.showTextDocument(Uri.file(file));
  };
}
