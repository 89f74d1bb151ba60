import { basename, dirname, join } from 'node:path';
import { type ExtensionContext, commands as editorCommands, Uri, window } from 'vscode';
import type { ExperimentTarget, TrialTarget } from '../command-arguments.ts';
import type { Commands } from '../commands.ts';
import type { Contribution } from '../contribution.ts';
import type { EngineConnection } from '../engine-connection.ts';
import type { Diagnostics } from '../language/diagnostics.ts';
import { readExperiment } from '../language/read-experiment.ts';
import type { TrialPicker } from '../trial-picker.ts';

export interface WriteModelCardParts {
  readonly commands: Commands;
  readonly engine: EngineConnection;
  readonly picker: TrialPicker;
  readonly diagnostics: Diagnostics;
}

/** Writes a folder of Markdown about a model where the person says, and shows its README. */
export class WriteModelCard implements Contribution {
  readonly #parts: WriteModelCardParts;

  constructor(parts: WriteModelCardParts) {
    this.#parts = parts;
  }

  register(context: ExtensionContext): void {
    context.subscriptions.push(this.#parts.commands.register('vitrine.writeModelCard', this.#write));
  }

  /** Answers the path of the README. */
  readonly #write = async (given?: TrialTarget | ExperimentTarget, folder?: string): Promise<string | undefined> => {
    const { engine, picker, diagnostics } = this.#parts;
    const target = await picker.pick(given, 'Write model card');
    if (!target) return undefined;
    const path = folder ?? (await askWhere(target));
    if (path === undefined) return undefined;
    await engine.connect();
    // What is written about the model now counts, not what was when it ran.
    const about = /\.ya?ml$/.test(target.file) ? (await readExperiment(target.file, diagnostics)).about : undefined;
    await engine.request('trial.document', { ...target, folder: path, about });
    const readme = join(path, 'README.md');
    await editorCommands.executeCommand('markdown.showPreview', Uri.file(readme));
    return readme;
  };
}

/** A folder of its own in the one that is chosen, so that nobody's README stands in the way. */
async function askWhere({ file, trial }: TrialTarget): Promise<string | undefined> {
  const name = `${basename(file).replace(/\.vitrine\.ya?ml$/, '')}-${typeof trial === 'number' ? `trial-${trial}` : trial}`;
  const [chosen] =
    (await window.showOpenDialog({
      title: `Folder in which "${name}" is made`,
      openLabel: 'Write Here',
      defaultUri: Uri.file(dirname(file)),
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  return chosen && join(chosen.fsPath, name);
}
