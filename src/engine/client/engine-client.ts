import { connect, type Socket } from 'node:net';
import {
  CancellationTokenSource,
  ConnectionError,
  createMessageConnection,
  ErrorCodes,
  type MessageConnection,
  ResponseError,
  SocketMessageReader,
  SocketMessageWriter,
} from 'vscode-jsonrpc/node';
import { UserError } from '../../shared/faults.ts';
import type { Input, Notifications, OperationName, Output } from '../../shared/operations/operations.ts';
import { endpointOf } from './endpoint.ts';
import { type FaultData, operationRequest, progressMade, studyChanged, watchFiles } from './protocol.ts';
import { startEngine } from './start-engine.ts';

export interface ClientOptions {
  /** The built engine: `dist/engine/server.js`. */
  readonly serverProgram: string;
  readonly workspaceFolder: string;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
  readonly progress?: (share: number, words: string) => void;
}

/** Speaks to the engine of a workspace: finds the one that runs, or starts one. All that the extension knows of the engine. */
export class EngineClient {
  readonly #connection: MessageConnection;
  readonly #progress = new Map<string, NonNullable<RequestOptions['progress']>>();
  readonly #changed = new Set<(change: Notifications['study.changed']) => void>();
  readonly #closed = new Set<() => void>();
  #tokens = 0;

  /** Connects, starting the engine where none answers. Throws where it does not come up; its log says why. */
  static async connect(options: ClientOptions): Promise<EngineClient> {
    const { address } = endpointOf(options.workspaceFolder);
    const socket = (await tryConnect(address)) ?? (await startThenConnect(options, address));
    return new EngineClient(socket);
  }

  /** Connects only where an engine already runs. */
  static async connectToRunning(workspaceFolder: string): Promise<EngineClient | undefined> {
    const socket = await tryConnect(endpointOf(workspaceFolder).address);
    return socket && new EngineClient(socket);
  }

  private constructor(socket: Socket) {
    this.#connection = createMessageConnection(new SocketMessageReader(socket), new SocketMessageWriter(socket));
    this.#connection.onNotification(progressMade, ({ token, share, words }) =>
      this.#progress.get(token)?.(share, words),
    );
    this.#connection.onNotification(studyChanged, (change) => {
      for (const listener of this.#changed) listener(change);
    });
    this.#connection.onClose(() => {
      // Rejects the requests that nobody will answer any more.
      this.#connection.dispose();
      for (const listener of this.#closed) listener();
    });
    // Its 'close' follows.
    this.#connection.onError(() => undefined);
    this.#connection.listen();
  }

  /** Throws a UserError for what the person can mend. */
  async request<N extends OperationName>(
    name: N,
    input: Input<N>,
    { signal, progress }: RequestOptions = {},
  ): Promise<Output<N>> {
    const token = String(++this.#tokens);
    const cancellation = new CancellationTokenSource();
    const cancel = () => cancellation.cancel();
    signal?.throwIfAborted();
    signal?.addEventListener('abort', cancel, { once: true });
    if (progress) this.#progress.set(token, progress);
    try {
      return await this.#connection.sendRequest(operationRequest(name), { input, token }, cancellation.token);
    } catch (error) {
      signal?.throwIfAborted();
      throw fromResponse(error);
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.#progress.delete(token);
    }
  }

  /** The files whose `study.changed` this client wants, replacing the last list. Rejects where the connection is gone. */
  async watch(files: readonly string[]): Promise<void> {
    await this.#connection.sendNotification(watchFiles, { files });
  }

  onStudyChanged(listener: (change: Notifications['study.changed']) => void): { dispose(): void } {
    this.#changed.add(listener);
    return { dispose: () => this.#changed.delete(listener) };
  }

  /** The engine ended, or the connection broke. */
  onClosed(listener: () => void): { dispose(): void } {
    this.#closed.add(listener);
    return { dispose: () => this.#closed.delete(listener) };
  }

  /** Lets go of the engine; it goes on while it has work. */
  dispose(): void {
    this.#connection.end();
    this.#connection.dispose();
  }
}

async function startThenConnect(options: ClientOptions, address: string): Promise<Socket> {
  const fault = await startEngine(options).then(
    () => undefined,
    (error: unknown) => error,
  );
  // Another window may have started one meanwhile, against which ours lost.
  const socket = await tryConnect(address);
  if (socket) return socket;
  if (fault) throw fault;
  throw new Error(`the engine does not answer at ${address}; see ${endpointOf(options.workspaceFolder).log}`);
}

function tryConnect(address: string): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(address);
    socket.once('connect', () => resolve(socket));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(undefined);
      else reject(error);
    });
  });
}

const engineEnded = (cause: Error) =>
  new UserError('engine-ended', 'the engine ended before it answered.', {
    advice: 'Finished trials are kept; start it again.',
    cause,
  });

function fromResponse(error: unknown): unknown {
  if (error instanceof ConnectionError) return engineEnded(error);
  if (!(error instanceof ResponseError)) return error;
  if (error.code === ErrorCodes.PendingResponseRejected) return engineEnded(error);
  const data = error.data as FaultData | undefined;
  if (data?.userCode) return new UserError(data.userCode, error.message, { place: data.place, advice: data.advice });
  const fault = new Error(error.message);
  if (data?.stack) fault.stack = data.stack;
  return fault;
}
