import { commands, type ExtensionContext, Uri } from 'vscode';
import { addressPath } from '../../shared/study-address.ts';
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
    // A study of another program may be no text: the editor then says so itself.
    if (file !== undefined) await commands.executeCommand('vscode.open', Uri.file(addressPath(file)));
  };
}
