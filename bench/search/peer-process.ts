import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A library in a process of its own, spoken to in JSON lines. */
export interface PeerProcess {
  readonly version: string;
  write(message: unknown): void;
  /** The next line. Throws where the process has ended. */
  read(): Promise<unknown>;
  close(): void;
}

/** Starts a Python script of this folder, on one thread; the first line that it writes is its version. */
export async function startPeerProcess(script: string, python: string): Promise<PeerProcess> {
  const child = spawn(python, ['-W', 'ignore', fileURLToPath(new URL(script, import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: '1' },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`the process of ${script} ended early`);
    return JSON.parse(value);
  };
  const { version } = (await read()) as { version: string };
  return {
    version,
    write: (message) => child.stdin.write(`${JSON.stringify(message)}\n`),
    read,
    close: () => child.stdin.end(),
  };
}
