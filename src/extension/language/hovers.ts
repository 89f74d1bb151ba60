import {
  type ExtensionContext,
  Hover,
  type HoverProvider,
  languages,
  MarkdownString,
  type Position,
  type TextDocument,
} from 'vscode';
import { hover, parseExperiment } from '../../language/index.ts';
import type { Contribution } from '../contribution.ts';
import type { ExperimentContext } from './experiment-context.ts';
import { toRange } from './ranges.ts';
import { experimentSelector } from './selector.ts';

/** What a key means, what an amount comes to, what is known of a column. */
export class Hovers implements Contribution, HoverProvider {
  readonly #context: ExperimentContext;

  constructor(context: ExperimentContext) {
    this.#context = context;
  }

  register(context: ExtensionContext): void {
    context.subscriptions.push(languages.registerHoverProvider(experimentSelector, this));
  }

  provideHover(document: TextDocument, position: Position): Hover | undefined {
    const text = document.getText();
    const { draft } = parseExperiment(text, document.fileName);
    const found = hover(text, position, this.#context.known(draft));
    return found && new Hover(new MarkdownString(found.contents), toRange(found.range));
  }
}
