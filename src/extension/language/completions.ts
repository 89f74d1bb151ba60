import {
  CompletionItem,
  CompletionItemKind,
  type CompletionItemProvider,
  type ExtensionContext,
  languages,
  MarkdownString,
  type Position,
  SnippetString,
  type TextDocument,
} from 'vscode';
import { type Completion, complete } from '../../language/index.ts';
import type { Contribution } from '../contribution.ts';
import type { ExperimentContext } from './experiment-context.ts';
import { toRange } from './ranges.ts';
import { experimentSelector } from './selector.ts';

const kinds: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  column: CompletionItemKind.Field,
  learner: CompletionItemKind.Class,
  hyperparameter: CompletionItemKind.Variable,
  metric: CompletionItemKind.Function,
  snippet: CompletionItemKind.Snippet,
};

/** Keys, values, columns, learners and hyperparameters in experiment files. */
export class Completions implements Contribution, CompletionItemProvider {
  readonly #context: ExperimentContext;

  constructor(context: ExperimentContext) {
    this.#context = context;
  }

  register(context: ExtensionContext): void {
    const triggers = [' ', ':', '[', '{', ',', '"', "'"];
    context.subscriptions.push(languages.registerCompletionItemProvider(experimentSelector, this, ...triggers));
  }

  async provideCompletionItems(document: TextDocument, position: Position): Promise<CompletionItem[]> {
    const text = document.getText();
    const context = await this.#context.forCompletion(text, document.fileName);
    const order = (rank: number) => String(rank).padStart(5, '0');
    return complete(text, position, context).map((completion, rank) => toItem(completion, order(rank)));
  }
}

function toItem(completion: Completion, sortText: string): CompletionItem {
  const { label, kind, detail, documentation, edit, snippet, suggestAgain } = completion;
  const item = new CompletionItem(label, kinds[kind]);
  item.detail = detail;
  item.documentation = documentation === undefined ? undefined : new MarkdownString(documentation);
  item.range = toRange(edit.range);
  item.insertText = snippet ? new SnippetString(edit.newText) : edit.newText;
  // What stands before the label in the edit (a space, a quote) must not keep the label from matching.
  item.filterText = label;
  item.sortText = sortText;
  if (suggestAgain) item.command = { title: 'Suggest', command: 'editor.action.triggerSuggest' };
  return item;
}
