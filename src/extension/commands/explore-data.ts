import { basename } from 'node:path';
import {
  EventEmitter,
  type ExtensionContext,
  commands as editorCommands,
  type TextDocumentContentProvider,
  Uri,
  window,
  workspace,
} from 'vscode';
import { type Commands, execute } from '../commands.ts';
import type { Contribution } from '../contribution.ts';
import { pickDataFile } from '../data-files.ts';
import { dataPage } from '../data-page.ts';
import type { EngineConnection } from '../engine-connection.ts';
import { fileOf } from '../experiment-picker.ts';
import { withProgress } from '../progress.ts';
import { requireTrust } from '../trust.ts';

const scheme = 'vitrine-data';

export interface ExploreParts {
  readonly commands: Commands;
  readonly engine: EngineConnection;
}

/** Shows what Vitrine makes of a table, each type with its reason, and offers to begin an experiment with it. */
export class ExploreData implements Contribution, TextDocumentContentProvider {
  readonly #parts: ExploreParts;
  readonly #pages = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;

  constructor(parts: ExploreParts) {
    this.#parts = parts;
  }

  register(context: ExtensionContext): void {
    context.subscriptions.push(
      this.#changed,
      workspace.registerTextDocumentContentProvider(scheme, this),
      workspace.onDidCloseTextDocument(({ uri }) => this.#pages.delete(uri.toString())),
      this.#parts.commands.register('vitrine.exploreData', this.#explore),
    );
  }

  /** Answers the page as Markdown. */
  readonly #explore = async (given?: Uri): Promise<string | undefined> => {
    requireTrust('Looking into data');
    const data = given ?? (await pickDataFile());
    if (!data) return undefined;
    const path = fileOf(data);
    const inspection = await withProgress(`reading ${basename(path)}`, async (options) => {
      await this.#parts.engine.connect();
      return this.#parts.engine.request('data.inspect', { path }, options);
    });
    const page = dataPage(inspection);
    const uri = Uri.from({ scheme, path: `${path}.md` });
    this.#pages.set(uri.toString(), page);
    this.#changed.fire(uri);
    await editorCommands.executeCommand('markdown.showPreview', uri);
    void this.#offer(data, inspection.suggestedTarget?.column);
    return page;
  };

  provideTextDocumentContent(uri: Uri): string {
    return this.#pages.get(uri.toString()) ?? 'Explore the data file again to see its columns.';
  }

  async #offer(data: Uri, suggested: string | undefined): Promise<void> {
    const create = 'Create experiment';
    const name = basename(data.path);
    const words = suggested
      ? `Search for models of ${name}? "${suggested}" suits as the column to predict; you choose.`
      : `Search for models of ${name}? Choose the column to predict.`;
    if ((await window.showInformationMessage(words, create)) === create) await execute('vitrine.newExperiment', data);
  }
}
