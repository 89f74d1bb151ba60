import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { endpointOf } from './endpoint.ts';

const startSeconds = 30;

/**
 * Starts the engine as a process of its own, which outlives this one, on the Node that runs here (VS Code's own included).
 * Resolves when it listens. Throws where it ends first or takes too long; its log is named in the message.
 */
export async function startEngine({
  serverProgram,
  workspaceFolder,
}: {
  serverProgram: string;
  workspaceFolder: string;
}): Promise<void> {
  const { folder, log } = endpointOf(workspaceFolder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const logFile = openSync(log, 'a', 0o600);
  // Left to itself, V8 lets the space for new objects grow to 128 MB, nearly all of them garbage.
  const options = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=16'];
  const child = spawn(process.execPath, [...options, serverProgram, workspaceFolder], {
    detached: true,
    stdio: ['ignore', logFile, logFile, 'ipc'],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    windowsHide: true,
  });
  closeSync(logFile);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(
    () => reject(new Error(`the engine did not start within ${startSeconds} s; see ${log}`)),
    startSeconds * 1000,
  );
  child.once('message', () => resolve());
  child.once('error', reject);
  child.once('exit', (code) => reject(new Error(`the engine ended as it started (exit code ${code}); see ${log}`)));
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    if (child.connected) child.disconnect();
    child.unref();
  }
}
