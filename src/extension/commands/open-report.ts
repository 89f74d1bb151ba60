import { type ExtensionContext, commands as editorCommands, env, UIKind, Uri, window, workspace } from 'vscode';
import type { ExperimentTarget } from '../command-arguments.ts';
import type { Commands } from '../commands.ts';
import type { Contribution } from '../contribution.ts';
import type { EngineConnection } from '../engine-connection.ts';
import type { ExperimentPicker } from '../experiment-picker.ts';
import { withProgress } from '../progress.ts';

export interface ReportParts {
  readonly commands: Commands;
  readonly engine: EngineConnection;
  readonly picker: ExperimentPicker;
}

/** Writes the report of an experiment as one self-contained page, and opens it in the browser. */
export class OpenReport implements Contribution {
  readonly #parts: ReportParts;

  constructor(parts: ReportParts) {
    this.#parts = parts;
  }

  register(context: ExtensionContext): void {
    context.subscriptions.push(this.#parts.commands.register('vitrine.openReport', this.#open));
  }

  /** Answers the path of the page. */
  readonly #open = async (given?: ExperimentTarget): Promise<string | undefined> => {
    const { engine, picker } = this.#parts;
    const file = await picker.pick(given, 'Open report');
    if (file === undefined) return undefined;
    const { path } = await withProgress('writing the report', async (options) => {
      await engine.connect();
      return engine.request('study.report', { file }, options);
    });
    const isLocal = env.uiKind === UIKind.Desktop && env.remoteName === undefined;
    if (isLocal) await env.openExternal(Uri.file(path));
    else void this.#sayWhere(path);
    return path;
  };

  /** The browser is on another machine than the page: it is offered where it lies. */
  async #sayWhere(path: string): Promise<void> {
    const reveal = 'Show in Explorer';
    const chosen = await window.showInformationMessage(
      `The report is ${workspace.asRelativePath(path)}: one page, to be opened in any browser.`,
      reveal,
    );
    if (chosen === reveal) await editorCommands.executeCommand('revealInExplorer', Uri.file(path));
  }
}
