import { type ChildProcess, spawn } from 'node:child_process';
import { hasCode } from '../../error-code.ts';
import { type BoundedLine, BoundedLines } from './bounded-lines.ts';
import { signalGroup, watchGroup } from './process-group.ts';
import type { ScriptExit } from './script-failure.ts';
import type { ScriptLog } from './script-log.ts';

export interface ScriptStart {
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Whether it is told by lines on its standard input; otherwise that is empty. */
  readonly hears: boolean;
}

/** Output of a program that has ended is waited for so long: something that it started may hold its pipe open for ever. */
const lastOutputMilliseconds = 2_000;
const keptErrorBytes = 8_192;

/**
 * A program of the person's, leading a process group of its own. Whatever it leaves in its group is ended when it ends, and with it
 * when this process does.
 */
export class ScriptProcess {
  /** Resolves when it has ended and nothing of its group is left. */
  readonly exit: Promise<ScriptExit>;
  readonly #child: ChildProcess;
  readonly #log: ScriptLog;
  #lastWords = Buffer.alloc(0);
  #killing: NodeJS.Timeout | undefined;
  #ending = false;
  #exited = false;
  /** Whether it left programs behind that had to be ended. */
  #leftBehind = false;

  constructor({ words, cwd, env, hears }: ScriptStart, log: ScriptLog) {
    this.#log = log;
    this.#child = spawn(words[0], words.slice(1), {
      cwd,
      env,
      stdio: [hears ? 'pipe' : 'ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    // Writing to a program that has just ended, or closed its input: its exit tells the story.
    this.#child.stdin?.on('error', () => undefined);
    this.#child.stderr?.on('data', (chunk: Buffer) => this.#hearError(chunk));
    this.exit = this.#watch();
  }

  /** The process number; undefined where it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** The end of its standard error. */
  get lastWords(): string {
    return this.#lastWords.toString('utf8');
  }

  get leftBehind(): boolean {
    return this.#leftBehind;
  }

  /** Its standard output, line by line. What is not read holds the program back. */
  async *lines(): AsyncGenerator<BoundedLine> {
    const lines = new BoundedLines();
    try {
      for await (const chunk of this.#child.stdout ?? []) yield* lines.add(chunk);
    } catch (error) {
      if (!hasCode(error, 'ERR_STREAM_PREMATURE_CLOSE')) throw error;
    }
    yield* lines.end();
  }

  tell(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  /** Asks the whole group to end, and ends it after the grace. Asked again, the shorter grace holds. */
  end(graceSeconds: number): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#exited) return;
    if (!this.#ending) signalGroup(pid, 'SIGTERM');
    this.#ending = true;
    clearTimeout(this.#killing);
    this.#killing = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceSeconds * 1000);
  }

  #watch(): Promise<ScriptExit> {
    const { promise, resolve } = Promise.withResolvers<ScriptExit>();
    const { pid } = this.#child;
    const unwatch = pid === undefined ? () => undefined : watchGroup(pid);
    this.#child.on('error', (error) => {
      if (pid === undefined) resolve({ never: error });
    });
    this.#child.on('exit', (code, signal) => {
      this.#exited = true;
      clearTimeout(this.#killing);
      if (pid !== undefined) this.#leftBehind = signalGroup(pid, 'SIGKILL');
      unwatch();
      const { stdout, stderr } = this.#child;
      const patience = setTimeout(() => [stdout, stderr].map((stream) => stream?.destroy()), lastOutputMilliseconds);
      this.#child.on('close', () => {
        clearTimeout(patience);
        resolve({ code, signal });
      });
    });
    return promise;
  }

  #hearError(chunk: Buffer): void {
    this.#log.write(chunk);
    const joined = Buffer.concat([this.#lastWords, chunk]);
    this.#lastWords = Buffer.from(joined.subarray(Math.max(0, joined.length - keptErrorBytes)));
  }
}
