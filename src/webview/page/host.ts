import type { Input, Output } from '../../shared/operations/operations.ts';
import {
  type CommandMessage,
  type MessageToHost,
  type MessageToPage,
  type PersistedState,
  protocolVersion,
  readState,
  type Surface,
  type WebviewCommand,
  type WebviewCommands,
  type WebviewOperation,
  type WebviewPush,
  type WebviewRequest,
} from '../../shared/webview-protocol.ts';
import { PageFault } from './page-fault.ts';

/** What VS Code gives a page, once. */
export interface EditorApi {
  postMessage(message: MessageToHost): void;
  getState(): unknown;
  setState(state: PersistedState): void;
}

export interface Progress {
  readonly share: number | null;
  readonly words: string;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Longest silence: neither answer nor progress. */
  readonly silenceSeconds?: number;
}

interface Pending {
  resolve(output: unknown): void;
  reject(fault: PageFault): void;
  progress(progress: Progress): void;
}

/** The page's end of the wall: typed requests, commands and pushes over postMessage. */
export class Host {
  readonly #api: EditorApi;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Set<(push: WebviewPush) => void>();
  #lastId = 0;
  #lastSequence = -1;

  constructor(api: EditorApi, messages: EventTarget) {
    this.#api = api;
    messages.addEventListener('message', (event) => this.#receive((event as MessageEvent<MessageToPage>).data));
  }

  /** Called when the page listens; the host then sends context and results. */
  ready(surface: Surface): void {
    this.#api.postMessage({ type: 'ready', protocol: protocolVersion, surface });
  }

  onPush(listener: (push: WebviewPush) => void): void {
    this.#listeners.add(listener);
  }

  command<C extends WebviewCommand>(command: C, input: WebviewCommands[C]): void {
    this.#api.postMessage({ type: 'command', command, input } as CommandMessage);
  }

  reportFault(message: string): void {
    this.#api.postMessage({ type: 'pageFault', message });
  }

  /** Rejects with a PageFault: refused, cancelled, or silent for too long. */
  request<N extends WebviewOperation>(operation: N, input: Input<N>, options: RequestOptions = {}): Promise<Output<N>> {
    const { signal, onProgress, silenceSeconds = 20 } = options;
    const id = ++this.#lastId;
    return new Promise<Output<N>>((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(silence);
        signal?.removeEventListener('abort', cancel);
        this.#pending.delete(id);
        settle();
      };
      const cancel = () => {
        this.#api.postMessage({ type: 'cancel', id });
        end(() => reject(PageFault.cancelled()));
      };
      const wait = () => setTimeout(() => end(() => reject(PageFault.silent(silenceSeconds))), silenceSeconds * 1000);
      let silence = wait();
      this.#pending.set(id, {
        resolve: (output) => end(() => resolve(output as Output<N>)),
        reject: (fault) => end(() => reject(fault)),
        progress: (progress) => {
          clearTimeout(silence);
          silence = wait();
          onProgress?.(progress);
        },
      });
      if (signal?.aborted) return cancel();
      signal?.addEventListener('abort', cancel, { once: true });
      this.#api.postMessage({ type: 'request', id, operation, input } as WebviewRequest);
    });
  }

  get state(): PersistedState {
    return readState(this.#api.getState());
  }

  keep(changes: Partial<PersistedState>): void {
    this.#api.setState({ ...this.state, ...changes });
  }

  #receive(message: MessageToPage): void {
    switch (message?.type) {
      case 'response':
        this.#pending.get(message.id)?.resolve(message.output);
        break;
      case 'refusal':
        this.#pending.get(message.id)?.reject(new PageFault(message.fault));
        break;
      case 'progress':
        this.#pending.get(message.id)?.progress(message);
        break;
      case 'context':
      case 'study':
      case 'trial':
      case 'fault':
      case 'reveal':
        if (message.sequence <= this.#lastSequence) return;
        this.#lastSequence = message.sequence;
        for (const listener of this.#listeners) listener(message);
    }
  }
}
