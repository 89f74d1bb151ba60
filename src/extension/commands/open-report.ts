import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type ExtensionContext, env, UIKind, Uri, ViewColumn, window } from 'vscode';
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

/** Writes the report of an experiment as one self-contained page, and opens it: in the browser, or in a panel where the browser is on another machine. */
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
    await (browserIsHere() ? env.openExternal(Uri.file(path)) : showInPanel(path, file));
    return path;
  };
}

const browserIsHere = (): boolean => env.uiKind === UIKind.Desktop && env.remoteName === undefined;

/** Its own policy, which lets it contact nobody, holds here too. */
async function showInPanel(path: string, file: string): Promise<void> {
  const title = `Report: ${basename(file, '.vitrine.yaml')}`;
  const options = { enableScripts: true, localResourceRoots: [] };
  const panel = window.createWebviewPanel('vitrine.report', title, ViewColumn.Active, options);
  panel.webview.html = await readFile(path, 'utf8');
}
