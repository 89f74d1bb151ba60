import { EventEmitter, type ExtensionContext, type LogOutputChannel, Uri, workspace } from 'vscode';
import { parseExperiment } from '../language/index.ts';
import type { Contribution } from './contribution.ts';
import { isExperiment } from './language/selector.ts';
import { LatestOnly } from './latest-only.ts';
import type { OpenedStudies } from './opened-studies.ts';

export const experimentPattern = '**/*.vitrine.yaml';
export const unsearched = '**/{node_modules,.vitrine,.git}/**';
const mostFiles = 500;

export interface ExperimentFile {
  /** Absolute path. */
  readonly file: string;
  readonly name: string;
}

/** The experiment files of the workspace, by name, kept up to date, and what else was opened. */
export class Experiments implements Contribution {
  readonly #log: LogOutputChannel;
  readonly #opened: OpenedStudies;
  readonly #changed = new EventEmitter<void>();
  readonly onChanged = this.#changed.event;
  readonly #search = new LatestOnly(() => this.#find());
  #all: readonly ExperimentFile[] = [];
  #searched = false;

  constructor(log: LogOutputChannel, opened: OpenedStudies) {
    this.#log = log;
    this.#opened = opened;
  }

  register(context: ExtensionContext): void {
    const watcher = workspace.createFileSystemWatcher(experimentPattern);
    const search = () => void this.#search.ask();
    watcher.onDidCreate(search);
    watcher.onDidDelete(search);
    watcher.onDidChange(search);
    context.subscriptions.push(
      watcher,
      this.#changed,
      this.#opened.onChanged(() => this.#changed.fire()),
      workspace.onDidChangeWorkspaceFolders(search),
      workspace.onDidOpenTextDocument((document) => isExperiment(document) && search()),
      workspace.onDidCloseTextDocument((document) => isExperiment(document) && search()),
    );
    search();
  }

  /** False until the first search is over. */
  get searched(): boolean {
    return this.#searched;
  }

  /** The experiments, then the studies of other programs that were opened. */
  get all(): readonly ExperimentFile[] {
    return [...this.#all, ...this.#opened.all];
  }

  /** As `all`, after the search that is under way. */
  async listed(): Promise<readonly ExperimentFile[]> {
    await this.#search.ask();
    return this.all;
  }

  nameOf(file: string): string {
    return this.all.find((experiment) => experiment.file === file)?.name ?? nameFrom('', file);
  }

  async #find(): Promise<void> {
    try {
      const found = await workspace.findFiles(experimentPattern, unsearched, mostFiles);
      // Files that are open count too: without a folder there is nothing to search.
      const open = workspace.textDocuments.filter(isExperiment).map(({ uri }) => uri);
      const files = [...found, ...open].filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath);
      const all = await Promise.all([...new Set(files)].map((file) => this.#read(file)));
      this.#searched = true;
      this.#all = all.sort((a, b) => a.name.localeCompare(b.name) || a.file.localeCompare(b.file));
      this.#changed.fire();
    } catch (error) {
      this.#log.error(`Experiments could not be searched for: ${String(error)}`);
    }
  }

  async #read(file: string): Promise<ExperimentFile> {
    try {
      const text = new TextDecoder().decode(await workspace.fs.readFile(Uri.file(file)));
      return { file, name: nameFrom(text, file) };
    } catch (error) {
      this.#log.warn(`${file} cannot be read: ${String(error)}`);
      return { file, name: nameFrom('', file) };
    }
  }
}

const nameFrom = (text: string, file: string): string =>
  parseExperiment(text, file).draft.name ?? file.replace(/^.*[\\/]/, '').replace(/\.vitrine\.yaml$/, '');
