import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Answer, Hello, Request } from './messages.ts';

type Question = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never;

/** One window's extension host, as a test sees it. */
export class HostConnection {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #asked = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.once('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('The extension host ended.'));
    });
  }

  ask(question: Question): Promise<unknown> {
    this.#asked += 1;
    const answer = Promise.withResolvers<unknown>();
    this.#waiting.set(this.#asked, answer);
    this.#socket.write(`${JSON.stringify({ id: this.#asked, ...question })}\n`);
    return answer.promise;
  }

  take({ id, result, error }: Answer): void {
    const answer = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) answer?.resolve(result);
    else answer?.reject(new Error(error));
  }
}

/** Where the extension hosts of a server's windows report, each with the folder it has open. */
export class DriverHub {
  readonly #server: Server;
  readonly #hosts = new Map<string, PromiseWithResolvers<HostConnection>>();
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => this.#greet(socket));
  }

  static async listen(path: string): Promise<DriverHub> {
    const server = createServer();
    await new Promise<void>((done, fail) => server.once('error', fail).listen(path, done));
    return new DriverHub(server);
  }

  /** Forgets the folder's extension host, before its window opens or is loaded again; resolves to the next one. */
  next(folder: string): Promise<HostConnection> {
    const host = Promise.withResolvers<HostConnection>();
    this.#hosts.set(folder, host);
    return host.promise;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((done) => this.#server.close(done));
  }

  #greet(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    let host: HostConnection | undefined;
    createInterface({ input: socket }).on('line', (line) => {
      if (host) host.take(JSON.parse(line) as Answer);
      else {
        host = new HostConnection(socket);
        this.#hosts.get((JSON.parse(line) as Hello).folder)?.resolve(host);
      }
    });
  }
}
