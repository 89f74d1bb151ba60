import { basename, dirname, join } from 'node:path';
import { type ExtensionContext, commands as editorCommands, Uri, window, workspace } from 'vscode';
import { numberWords } from '../../shared/results/numbers.ts';
import type { ExperimentTarget, TrialTarget } from '../command-arguments.ts';
import type { Commands } from '../commands.ts';
import type { Contribution } from '../contribution.ts';
import type { EngineConnection } from '../engine-connection.ts';
import type { TrialPicker } from '../trial-picker.ts';

export interface ExportParts {
  readonly commands: Commands;
  readonly engine: EngineConnection;
  readonly picker: TrialPicker;
}

/** Writes the fitted pipeline of a trial as one file, a bundle or ONNX, where the person says. */
export class ExportModel implements Contribution {
  readonly #parts: ExportParts;

  constructor(parts: ExportParts) {
    this.#parts = parts;
  }

  register(context: ExtensionContext): void {
    context.subscriptions.push(this.#parts.commands.register('vitrine.exportModel', this.#export));
  }

  /** Answers the path of the file. */
  readonly #export = async (given?: TrialTarget | ExperimentTarget, output?: string): Promise<string | undefined> => {
    const { engine, picker } = this.#parts;
    const target = await picker.pick(given, 'Export model');
    if (!target) return undefined;
    const path = output ?? (await askWhere(target));
    if (path === undefined) return undefined;
    await engine.connect();
    const exported = { file: target.file, trial: target.trial, output: path };
    const { bytes, notes } = await engine.request('trial.export', exported);
    void offerToOpen(path, bytes, notes);
    return path;
  };
}

async function askWhere({ file, trial }: TrialTarget): Promise<string | undefined> {
  const name = `${basename(file, '.vitrine.yaml')}-${typeof trial === 'number' ? `trial-${trial}` : trial}.model.json`;
  const chosen = await window.showSaveDialog({
    title: 'Export model',
    defaultUri: Uri.file(join(dirname(file), name)),
    filters: { 'Model bundle': ['json'], ONNX: ['onnx'] },
  });
  return chosen?.fsPath;
}

async function offerToOpen(path: string, bytes: number, notes: readonly string[]): Promise<void> {
  const reveal = 'Show in Explorer';
  const words = `Exported ${workspace.asRelativePath(path)} (${numberWords(bytes)} bytes): the whole fitted pipeline as one file.`;
  if ((await window.showInformationMessage([words, ...notes].join(' '), reveal)) === reveal)
    await editorCommands.executeCommand('revealInExplorer', Uri.file(path));
}
