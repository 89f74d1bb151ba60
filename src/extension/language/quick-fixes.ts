import {
  CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type CodeActionProvider,
  type ExtensionContext,
  languages,
  type Range,
  type TextDocument,
} from 'vscode';
import { fixes, parseExperiment } from '../../language/index.ts';
import type { Contribution } from '../contribution.ts';
import type { ExperimentContext } from './experiment-context.ts';
import { toRange, toWorkspaceEdit } from './ranges.ts';
import { experimentSelector } from './selector.ts';

/** Mends what a diagnostic says: misspelt keys and columns, a missing unit, a repeated item. */
export class QuickFixes implements Contribution, CodeActionProvider {
  readonly #context: ExperimentContext;

  constructor(context: ExperimentContext) {
    this.#context = context;
  }

  register(context: ExtensionContext): void {
    const metadata = { providedCodeActionKinds: [CodeActionKind.QuickFix] };
    context.subscriptions.push(languages.registerCodeActionsProvider(experimentSelector, this, metadata));
  }

  provideCodeActions(document: TextDocument, range: Range, { diagnostics }: CodeActionContext): CodeAction[] {
    const text = document.getText();
    const { draft } = parseExperiment(text, document.fileName);
    return fixes(text, range, this.#context.known(draft)).map(({ title, edits, diagnostic }) => {
      const action = new CodeAction(title, CodeActionKind.QuickFix);
      action.edit = toWorkspaceEdit(document.uri, edits);
      action.diagnostics = diagnostics.filter(
        ({ code, range: at }) => code === diagnostic.code && at.isEqual(toRange(diagnostic.range)),
      );
      action.isPreferred = true;
      return action;
    });
  }
}
