import { readFile } from 'node:fs/promises';
import { EventEmitter, type ExtensionContext, type LogOutputChannel, workspace } from 'vscode';
import { endpointOf } from '../engine/client/endpoint.ts';
import { type ClientOptions, EngineClient, type RequestOptions } from '../engine/client/engine-client.ts';
import { UserError } from '../shared/faults.ts';
import type { Input, Notifications, OperationName, Output } from '../shared/operations/operations.ts';
import type { EngineState } from '../shared/webview-protocol.ts';
import type { Contribution } from './contribution.ts';
import { requireTrust } from './trust.ts';

/**
 * The one way to the engine: started when something first needs it, found again after the window was loaded again.
 * Once it ended unasked, nothing starts it behind the person's back: what is asked is refused until they start it again.
 */
export class EngineConnection implements Contribution {
  readonly #log: LogOutputChannel;
  readonly #options: ClientOptions;
  readonly #stateChanged = new EventEmitter<EngineState>();
  readonly #studyChanged = new EventEmitter<Notifications['study.changed']>();
  readonly onStateChanged = this.#stateChanged.event;
  readonly onStudyChanged = this.#studyChanged.event;
  #client: EngineClient | undefined;
  #connecting: Promise<EngineClient> | undefined;
  #state: EngineState = { state: 'off' };
  #watched: readonly string[] = [];
  #disposed = false;

  constructor(options: ClientOptions, log: LogOutputChannel) {
    this.#options = options;
    this.#log = log;
  }

  register(context: ExtensionContext): void {
    context.subscriptions.push(this.#stateChanged, this.#studyChanged, this);
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Takes up an engine that still runs, from before the window was loaded again; starts none. */
  async findRunning(): Promise<void> {
    if (!workspace.isTrusted || this.#client || this.#connecting) return;
    const client = await EngineClient.connectToRunning(this.#options.workspaceFolder);
    if (client && (this.#client || this.#connecting || this.#disposed)) client.dispose();
    else if (client) await this.#take(client);
  }

  /** Finds the engine or starts it, also after it could not be reached. Throws a UserError where it does not come up. */
  connect(): Promise<EngineClient> {
    if (this.#client) return Promise.resolve(this.#client);
    requireTrust('The engine');
    this.#connecting ??= this.#open().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  async request<N extends OperationName>(name: N, input: Input<N>, options?: RequestOptions): Promise<Output<N>> {
    if (this.#state.state === 'unreachable') throw unreachable(this.#state.message);
    const client = await this.connect();
    return client.request(name, input, options);
  }

  /** The experiment files whose changes are of interest now. Starts no engine. */
  watch(files: readonly string[]): void {
    this.#watched = files;
    this.#client?.watch(files).catch((error: unknown) => this.#log.warn(`watch: ${String(error)}`));
  }

  dispose(): void {
    this.#disposed = true;
    this.#client?.dispose();
  }

  async #open(): Promise<EngineClient> {
    this.#set({ state: 'starting' });
    try {
      const client = await EngineClient.connect(this.#options);
      await this.#take(client);
      return client;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      await this.#logEngine(`The engine did not start: ${message}`);
      this.#set({ state: 'unreachable', message: `It did not start: ${message}.` });
      throw unreachable(this.#state.message, error);
    }
  }

  async #take(client: EngineClient): Promise<void> {
    this.#client = client;
    client.onStudyChanged((change) => this.#studyChanged.fire(change));
    client.onClosed(() => this.#lost(client));
    const { version, pid, node } = await client.request('engine.status', {});
    this.#log.info(`Connected to engine ${version}, process ${pid}, Node ${node}.`);
    this.watch(this.#watched);
    this.#set({ state: 'running' });
  }

  #lost(client: EngineClient): void {
    if (this.#client !== client || this.#disposed) return;
    this.#client = undefined;
    this.#set({ state: 'unreachable', message: 'The engine ended unexpectedly.' });
    void this.#logEngine('The engine ended unexpectedly.');
  }

  /** What the engine last wrote may say why. */
  async #logEngine(why: string): Promise<void> {
    const { log } = endpointOf(this.#options.workspaceFolder);
    const text = await readFile(log, 'utf8').catch((error: unknown) => `cannot be read: ${String(error)}`);
    const tail = text.trimEnd().split('\n').slice(-20).join('\n');
    this.#log.error(`${why} The end of ${log}:\n${tail}`);
  }

  #set(state: EngineState): void {
    this.#state = state;
    if (!this.#disposed) this.#stateChanged.fire(state);
  }
}

const unreachable = (why = 'The engine cannot be reached.', cause?: unknown) =>
  new UserError('engine-unreachable', why, { advice: 'Finished trials are kept. The log says more.', cause });
