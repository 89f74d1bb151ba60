import {
  Diagnostic,
  DiagnosticSeverity,
  type ExtensionContext,
  languages,
  type TextDocument,
  type Uri,
  workspace,
} from 'vscode';
import { type ParsedExperiment, type ProviderContext, parseExperiment } from '../../language/index.ts';
import type { Contribution } from '../contribution.ts';
import { dataFilePattern } from '../data-files.ts';
import type { EngineConnection } from '../engine-connection.ts';
import type { FaultMessages } from '../fault-messages.ts';
import type { ExperimentContext } from './experiment-context.ts';
import { toRange } from './ranges.ts';
import { isExperiment } from './selector.ts';

const quietMilliseconds = 200;

/** Checks open experiment files as they are typed: at once by what is known, again when the data has been read. */
export class Diagnostics implements Contribution {
  readonly #context: ExperimentContext;
  readonly #engine: EngineConnection;
  readonly #faults: FaultMessages;
  readonly #shown = languages.createDiagnosticCollection('vitrine');
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(context: ExperimentContext, engine: EngineConnection, faults: FaultMessages) {
    this.#context = context;
    this.#engine = engine;
    this.#faults = faults;
  }

  register(context: ExtensionContext): void {
    const dataFiles = workspace.createFileSystemWatcher(dataFilePattern);
    const checkAll = () => workspace.textDocuments.forEach(this.#checkSoon);
    dataFiles.onDidChange(checkAll);
    dataFiles.onDidCreate(checkAll);
    dataFiles.onDidDelete(checkAll);
    context.subscriptions.push(
      this.#shown,
      dataFiles,
      workspace.onDidOpenTextDocument(this.#checkSoon),
      workspace.onDidChangeTextDocument(({ document }) => this.#checkSoon(document)),
      workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri)),
      workspace.onDidGrantWorkspaceTrust(checkAll),
      workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('vitrine.check') && checkAll()),
      this.#engine.onStateChanged(({ state }) => state === 'running' && checkAll()),
      { dispose: () => this.#timers.forEach(clearTimeout) },
    );
    checkAll();
  }

  /** Reads and checks a file against its data, by every rule, whoever else checks it. Rejects where the engine fails. */
  async check(document: TextDocument): Promise<ParsedExperiment> {
    const { draft } = this.#parse(document);
    await this.#context.learn(draft);
    this.#show(document);
    return this.#parse(document, { schemaChecks: true });
  }

  /** Each edit begins the wait anew, so the last one is always checked. */
  readonly #checkSoon = (document: TextDocument): void => {
    if (!isExperiment(document)) return;
    const key = document.uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => void this.#checkNow(document), quietMilliseconds),
    );
  };

  async #checkNow(document: TextDocument): Promise<void> {
    const { draft } = this.#show(document);
    // Without the engine the text alone is checked; the dashboard and the tree say that it is missing.
    if (this.#engine.state.state === 'unreachable') return;
    try {
      await this.#context.learn(draft);
    } catch (error) {
      this.#faults.note(error);
    }
    this.#show(document);
  }

  /** The text is read as it is now: what was typed during the wait is checked too. */
  #show(document: TextDocument): ParsedExperiment {
    const parsed = this.#parse(document);
    if (!document.isClosed) this.#shown.set(document.uri, parsed.diagnostics.map(toDiagnostic));
    return parsed;
  }

  #parse(document: TextDocument, more: ProviderContext = {}): ParsedExperiment {
    const text = document.getText();
    const { draft } = parseExperiment(text, document.fileName);
    return parseExperiment(text, document.fileName, { ...this.#context.known(draft), ...more });
  }

  #forget(uri: Uri): void {
    clearTimeout(this.#timers.get(uri.toString()));
    this.#timers.delete(uri.toString());
    this.#shown.delete(uri);
  }
}

function toDiagnostic({ code, severity, message, range }: ParsedExperiment['diagnostics'][number]): Diagnostic {
  const level = severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
  const diagnostic = new Diagnostic(toRange(range), message, level);
  diagnostic.source = 'Vitrine';
  diagnostic.code = code;
  return diagnostic;
}
