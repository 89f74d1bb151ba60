import type { Disposable, Webview } from 'vscode';
import {
  type MessageToHost,
  type MessageToPage,
  type PageContext,
  readMessageToHost,
  type WebviewFault,
  type WebviewPush,
  type WebviewRequest,
} from '../../shared/webview-protocol.ts';
import type { EngineConnection } from '../engine-connection.ts';
import type { FaultMessages } from '../fault-messages.ts';
import type { PageCommands } from './page-commands.ts';

/** A push before it gets its place in the page's sequence. */
export type Push = WebviewPush extends infer P ? (P extends WebviewPush ? Omit<P, 'sequence'> : never) : never;

export interface RelayParts {
  readonly engine: EngineConnection;
  readonly faults: FaultMessages;
  readonly pageCommands: PageCommands;
}

/** One page's way to the engine and the editor: only what the protocol lists passes. */
export class PageRelay implements Disposable {
  readonly #webview: Webview;
  readonly #parts: RelayParts;
  readonly #onReady: () => void;
  readonly #listening: Disposable;
  readonly #requests = new Map<number, AbortController>();
  #sequence = 0;
  #ready = false;
  #disposed = false;

  /** @param onReady the page listens and shows nothing yet: it wants its context and a whole snapshot */
  constructor(webview: Webview, parts: RelayParts, onReady: () => void) {
    this.#webview = webview;
    this.#parts = parts;
    this.#onReady = onReady;
    this.#listening = webview.onDidReceiveMessage(this.#receive);
  }

  /** Whether the page listens; false from the moment that it is loaded anew. */
  get ready(): boolean {
    return this.#ready;
  }

  /** The page goes, or is loaded anew: it will say so when it listens again. */
  forget(): void {
    this.#ready = false;
  }

  push(push: Push): void {
    this.#sequence += 1;
    if (this.#ready) this.#post({ ...push, sequence: this.#sequence } as WebviewPush);
  }

  pushContext(context: PageContext): void {
    this.push({ type: 'context', context });
  }

  pushFault(fault: WebviewFault): void {
    this.push({ type: 'fault', fault });
  }

  /** What the page asked for goes on in the engine, which keeps the result. */
  dispose(): void {
    this.#disposed = true;
    this.#listening.dispose();
    this.#requests.clear();
  }

  readonly #receive = (given: unknown): void => {
    const message = readMessageToHost(given);
    if (!message)
      this.#parts.faults.note(new Error(`a page sent what the protocol does not know: ${JSON.stringify(given)}`));
    else this.#take(message);
  };

  #take(message: MessageToHost): void {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#requests.clear();
        this.#onReady();
        break;
      case 'request':
        void this.#answer(message);
        break;
      case 'cancel':
        this.#requests.get(message.id)?.abort();
        break;
      case 'command':
        void this.#parts.pageCommands.perform(message);
        break;
      case 'pageFault':
        this.#parts.faults.note(new Error(`in a page: ${message.message}`));
    }
  }

  async #answer({ id, operation, input }: WebviewRequest): Promise<void> {
    const abort = new AbortController();
    this.#requests.set(id, abort);
    const current = () => this.#requests.get(id) === abort;
    const progress = (share: number, words: string) => current() && this.#post({ type: 'progress', id, share, words });
    try {
      const output = await this.#parts.engine.request(operation, input, { signal: abort.signal, progress });
      if (current()) this.#post({ type: 'response', id, operation, output } as MessageToPage);
    } catch (error) {
      if (current()) this.#post({ type: 'refusal', id, fault: this.#parts.faults.forPage(error) });
    } finally {
      if (current()) this.#requests.delete(id);
    }
  }

  #post(message: MessageToPage): void {
    if (!this.#disposed) void this.#webview.postMessage(message);
  }
}
