import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Workbench } from './parts.ts';
import { within } from './time-limit.ts';

export type Settings = Readonly<Record<string, unknown>>;

export interface ServerOptions {
  /** The user's settings; what is not named keeps a quiet default. */
  readonly settings?: Settings;
  /** A folder of unpacked extensions that are installed from the start. */
  readonly extensions?: string;
  /** Added to the environment of the server, which the extension host and all that it starts inherit. */
  readonly environment?: NodeJS.ProcessEnv;
}

const quiet: Settings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': 'off',
  'extensions.ignoreRecommendations': true,
  'files.simpleDialog.enable': true,
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'window.autoDetectColorScheme': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** A running VS Code server with its own empty user data, settings and runtime folders. */
export class WorkbenchServer {
  readonly url: string;
  /** The folder of everything that this server writes; it goes when the server stops. */
  readonly home: string;
  readonly #process: ChildProcess;

  private constructor(url: string, home: string, child: ChildProcess) {
    this.url = url;
    this.home = home;
    this.#process = child;
  }

  static async start(workbench: Workbench, options: ServerOptions = {}): Promise<WorkbenchServer> {
    // Short, because sockets are made below it and their paths are limited to about 100 characters.
    const home = await mkdtemp(join(tmpdir(), 'vw-'));
    const settings = join(home, 'data/User/settings.json');
    await mkdir(dirname(settings), { recursive: true });
    await writeFile(settings, JSON.stringify({ ...quiet, ...options.settings }, null, 2));
    await writeFile(join(home, 'config.yaml'), '');
    const extensions = options.extensions ?? join(home, 'extensions');
    for (const folder of ['run', 'config', 'share', 'cache', 'state']) await mkdir(join(home, folder), { mode: 0o700 });
    const child = spawn(workbench.node, [workbench.server, ...serverFlags(home, extensions)], {
      env: { ...process.env, ...ownFolders(home, workbench), ...options.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    try {
      const url = await within(60, 'the VS Code server to listen', listening(child, join(home, 'server.log')));
      return new WorkbenchServer(url, home, child);
    } catch (error) {
      child.kill('SIGKILL');
      throw new Error(await readFile(join(home, 'server.log'), 'utf8'), { cause: error });
    }
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.#process.once('exit', done));
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      this.#process.kill('SIGTERM');
      await within(20, 'the VS Code server to end', ended);
    }
    // Its children write their last logs for a few seconds more.
    await rm(this.home, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }
}

function serverFlags(home: string, extensions: string): string[] {
  return [
    ...['--config', join(home, 'config.yaml'), '--user-data-dir', join(home, 'data'), '--extensions-dir', extensions],
    ...['--bind-addr', '127.0.0.1:0', '--auth', 'none', '--reconnection-grace-time', '2'],
    ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
    // Without this flag the page has no automation hooks and a test suite is ignored without a word.
    ...['--vscode-option', 'enable-smoke-test-driver'],
  ];
}

function ownFolders(home: string, workbench: Workbench): NodeJS.ProcessEnv {
  return {
    PATH: [dirname(workbench.node), process.env.PATH].join(delimiter),
    EXTENSIONS_GALLERY: '{}',
    XDG_RUNTIME_DIR: join(home, 'run'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'share'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_STATE_HOME: join(home, 'state'),
    NODE_OPTIONS: undefined,
    NODE_TEST_CONTEXT: undefined,
  };
}

function listening(child: ChildProcess, logPath: string): Promise<string> {
  const log = createWriteStream(logPath);
  return new Promise((done, fail) => {
    let said = '';
    const read = (chunk: Buffer) => {
      log.write(chunk);
      if (said === undefined) return;
      said += chunk;
      const address = /HTTP server listening on (http:\/\/[\d.:]+)/.exec(said)?.[1];
      if (address) done(address);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', fail);
    child.once('exit', (code) => fail(new Error(`The VS Code server ended with ${code} before it listened.`)));
  });
}
