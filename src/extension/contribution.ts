import type { ExtensionContext } from 'vscode';

/** One thing that the extension adds to the editor. */
export interface Contribution {
  /** Hooks it in; what must end with the extension goes into `context.subscriptions`. */
  register(context: ExtensionContext): void;
}
