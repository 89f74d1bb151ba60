import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import {
  type CancellationToken,
  createMessageConnection,
  ErrorCodes,
  type MessageConnection,
  ResponseError,
  SocketMessageReader,
  SocketMessageWriter,
} from 'vscode-jsonrpc/node';
import { UserError } from '../shared/faults.ts';
import { type OperationName, operations } from '../shared/operations/operations.ts';
import { endpointOf } from './client/endpoint.ts';
import { type FaultData, type OperationParams, progressMade, studyChanged, watchFiles } from './client/protocol.ts';
import { Engine } from './engine.ts';
import { hasCode } from './error-code.ts';

export interface EngineServerOptions {
  /** How often changes are looked for. */
  readonly pollMilliseconds?: number;
  /** How long it stays without a client and without work: by default long enough for a window to reload. */
  readonly lingerMilliseconds?: number;
}

interface Client {
  readonly connection: MessageConnection;
  /** Last version told, by file. */
  readonly watched: Map<string, string | undefined>;
}

/** One engine a workspace on a local socket, for its owner only. Ends when no client and no work is left. */
export class EngineServer {
  readonly #engine = new Engine();
  readonly #clients = new Set<Client>();
  /** Resolves once it no longer listens and its runs have ended. */
  readonly ended: Promise<void>;
  readonly #end: () => void;
  readonly #endpoint;
  readonly #pollMilliseconds: number;
  readonly #lingerMilliseconds: number;
  readonly #server: Server;
  #poll: NodeJS.Timeout | undefined;
  #idleSince = Date.now();

  constructor(
    workspaceFolder: string,
    { pollMilliseconds = 300, lingerMilliseconds = 15_000 }: EngineServerOptions = {},
  ) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#end = resolve;
    this.#pollMilliseconds = pollMilliseconds;
    this.#lingerMilliseconds = lingerMilliseconds;
    this.#endpoint = endpointOf(workspaceFolder);
    this.#server = createServer((socket) => this.#welcome(socket));
  }

  /** Throws where another engine already listens there. A socket left by a dead one is cleared away. */
  async listen(): Promise<void> {
    const { address, folder } = this.#endpoint;
    const hasFile = process.platform !== 'win32';
    if (hasFile) mkdirSync(folder, { recursive: true, mode: 0o700 });
    try {
      await this.#listenAt(address);
    } catch (error) {
      if (!hasFile || !isTaken(error) || (await answers(address))) throw error;
      rmSync(address, { force: true });
      await this.#listenAt(address);
    }
    if (hasFile) chmodSync(address, 0o600);
    this.#poll = setInterval(() => this.#tick(), this.#pollMilliseconds);
  }

  #listenAt(address: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(address, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
  }

  async close(): Promise<void> {
    clearInterval(this.#poll);
    this.#server.close();
    for (const { connection } of this.#clients) connection.end();
    await this.#engine.close();
    this.#end();
  }

  #welcome(socket: Socket): void {
    const connection = createMessageConnection(new SocketMessageReader(socket), new SocketMessageWriter(socket));
    const client: Client = { connection, watched: new Map() };
    this.#clients.add(client);
    connection.onClose(() => {
      this.#clients.delete(client);
      this.#idleSince = Date.now();
    });
    // A client that breaks off in the middle of a message: its 'close' follows.
    connection.onError(([error]) => console.error(error.message));
    for (const name of Object.keys(operations) as OperationName[]) this.#serve(connection, name);
    connection.onNotification(watchFiles, ({ files }) => {
      client.watched.clear();
      for (const file of files) client.watched.set(file, undefined);
    });
    connection.listen();
  }

  #serve(connection: MessageConnection, name: OperationName): void {
    const answer = async (
      { input, token }: OperationParams<OperationName>,
      cancellation: CancellationToken,
    ): Promise<unknown> => {
      const abort = new AbortController();
      cancellation.onCancellationRequested(() => abort.abort());
      // A token that came cancelled never tells so.
      if (cancellation.isCancellationRequested) abort.abort();
      const progress = (share: number, words: string) =>
        connection.sendNotification(progressMade, { token, share, words }).catch(goneAway);
      try {
        return await this.#engine.call(name, input, { signal: abort.signal, progress });
      } catch (error) {
        throw toResponse(error);
      }
    };
    connection.onRequest(name, answer);
  }

  /** Tells changes, also those that another process made to the store, and ends the engine when it is of no more use. */
  #tick(): void {
    for (const { connection, watched } of this.#clients)
      for (const [file, told] of watched) {
        const version = this.#engine.versionOf(file);
        if (version === told) continue;
        watched.set(file, version);
        connection
          .sendNotification(studyChanged, { file, sequence: Number(version?.split('.')[1] ?? 0) })
          .catch(goneAway);
      }
    const useful = this.#clients.size > 0 || this.#engine.running.length > 0;
    if (useful) this.#idleSince = Date.now();
    else if (Date.now() - this.#idleSince > this.#lingerMilliseconds) void this.close();
  }
}

/** A window that closes while it is told something is no fault of the engine, and must not end its runs; `onError` has told it. */
const goneAway = () => undefined;

/** RequestCancelled of the Language Server Protocol. */
const requestCancelled = -32_800;

function toResponse(error: unknown): ResponseError<FaultData> {
  if (error instanceof Error && error.name === 'AbortError')
    return new ResponseError(requestCancelled, error.message, {});
  if (error instanceof UserError)
    return new ResponseError(ErrorCodes.InvalidParams, error.message, {
      userCode: error.code,
      place: error.place,
      advice: error.advice,
    });
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  console.error(stack ?? message);
  return new ResponseError(ErrorCodes.InternalError, message, { stack });
}

const isTaken = (error: unknown): boolean => hasCode(error, 'EADDRINUSE');

const answers = (address: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
