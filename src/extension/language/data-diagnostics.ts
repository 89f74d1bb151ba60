import {
  CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type CodeActionProvider,
  Diagnostic,
  DiagnosticSeverity,
  type ExtensionContext,
  languages,
  type Range,
  type TextDocument,
  type Uri,
  workspace,
} from 'vscode';
import { type PlacedFinding, parseExperiment, placeFindings } from '../../language/index.ts';
import type { Experiment } from '../../shared/experiment/experiment.ts';
import type { DataFinding, DataFindings, Severity } from '../../shared/results/data-findings.ts';
import type { Contribution } from '../contribution.ts';
import { dataFilePattern } from '../data-files.ts';
import { toRange, toWorkspaceEdit } from './ranges.ts';
import { experimentSelector } from './selector.ts';

/** What was found in the data of an experiment file, and of which data that is true. */
interface Kept {
  readonly uri: Uri;
  readonly findings: readonly DataFinding[];
  /** How many checks found them. */
  readonly checks: number;
  readonly basis: string;
  readonly dataFiles: readonly string[];
}

/** Findings of the data checks on their experiment file, with their remedies as quick fixes, until they may no longer be true. */
export class DataDiagnostics implements Contribution, CodeActionProvider {
  readonly #shown = languages.createDiagnosticCollection('vitrine-data');
  readonly #kept = new Map<string, Kept>();

  register(context: ExtensionContext): void {
    const dataFiles = workspace.createFileSystemWatcher(dataFilePattern);
    const metadata = { providedCodeActionKinds: [CodeActionKind.QuickFix] };
    context.subscriptions.push(
      this.#shown,
      dataFiles,
      dataFiles.onDidChange(this.#forgetData),
      dataFiles.onDidCreate(this.#forgetData),
      dataFiles.onDidDelete(this.#forgetData),
      workspace.onDidOpenTextDocument(this.#show),
      workspace.onDidChangeTextDocument(({ document }) => this.#show(document)),
      workspace.onDidDeleteFiles(({ files }) => files.forEach(this.#forget)),
      languages.registerCodeActionsProvider(experimentSelector, this, metadata),
    );
  }

  /**
   * Of the same data what more checks found stays.
   * @param experiment what the file said when its data were checked
   */
  keep(uri: Uri, experiment: Experiment, { findings, done }: Pick<DataFindings, 'findings' | 'done'>): void {
    const { data } = experiment;
    const test = data?.test.kind === 'file' ? [data.test.absolutePath] : [];
    const dataFiles = [...(data ? [data.absolutePath] : []), ...test];
    const basis = basisOf(experiment);
    const before = this.#kept.get(uri.toString());
    if (before?.basis === basis && before.checks > done.length) return;
    this.#kept.set(uri.toString(), { uri, findings, checks: done.length, basis, dataFiles });
    const document = workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
    if (document) this.#show(document);
  }

  provideCodeActions(document: TextDocument, range: Range, { diagnostics }: CodeActionContext): CodeAction[] {
    return this.#placed(document)
      .filter((placed) => toRange(placed.range).intersection(range) !== undefined)
      .flatMap((placed) =>
        placed.fixes.map(({ title, edits }) => {
          const action = new CodeAction(title, CodeActionKind.QuickFix);
          action.edit = toWorkspaceEdit(document.uri, edits);
          action.diagnostics = diagnostics.filter(
            ({ code, message }) => code === codeOf(placed) && message === placed.message,
          );
          return action;
        }),
      );
  }

  /** In a file with faults that is being typed in, what was found still stands. */
  readonly #show = (document: TextDocument): void => {
    const kept = this.#kept.get(document.uri.toString());
    if (!kept) return;
    const { experiment } = parseExperiment(document.getText(), document.fileName);
    if (experiment && basisOf(experiment) !== kept.basis) this.#forget(document.uri);
    else this.#shown.set(document.uri, this.#placed(document).map(toDiagnostic));
  };

  #placed(document: TextDocument): PlacedFinding[] {
    const kept = this.#kept.get(document.uri.toString());
    if (!kept) return [];
    return placeFindings(parseExperiment(document.getText(), document.fileName).document, kept.findings);
  }

  readonly #forget = (uri: Uri): void => {
    this.#kept.delete(uri.toString());
    this.#shown.delete(uri);
  };

  readonly #forgetData = ({ fsPath }: Uri): void => {
    for (const { uri, dataFiles } of this.#kept.values()) if (dataFiles.includes(fsPath)) this.#forget(uri);
  };
}

/**
 * What all findings depend on. Columns that are ignored or typed since then, and classes that are weighed, are not among it: a finding about
 * them is gone as its remedy is taken, the others stay true.
 */
function basisOf({ data, task }: Experiment): string {
  return JSON.stringify([{ ...data, ignore: [], types: {}, balance: null }, task]);
}

const levels: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  note: DiagnosticSeverity.Information,
};

const codeOf = ({ finding }: PlacedFinding): string => `data/${finding.check}`;

function toDiagnostic(placed: PlacedFinding): Diagnostic {
  const diagnostic = new Diagnostic(toRange(placed.range), placed.message, levels[placed.finding.severity]);
  diagnostic.source = 'Vitrine';
  diagnostic.code = codeOf(placed);
  return diagnostic;
}
