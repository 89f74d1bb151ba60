#!/usr/bin/env node
// Starts the command on a Node that has node:sqlite: this one, or the one that npm installed beside Vitrine.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = new URL('../dist/cli/main.js', import.meta.url);
const [major, minor] = process.versions.node.split('.').map(Number);
const recent = major > 22 || (major === 22 && minor >= 13);

/** @returns {string | undefined} the binary of the npm package `node`, when it is installed */
function installedNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'));
    const binary = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(binary) ? binary : undefined;
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** @param {string} message */
function refuse(message) {
  console.error(`vitrine: ${message}`);
  process.exitCode = 1;
}

/** @param {string} node */
function runOn(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  const inTerminal = Boolean(process.stdin.isTTY || process.stdout.isTTY);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the child as well, and a second one means 'at once' to it.
      if (signal !== 'SIGINT' || !inTerminal) child.kill(signal);
    });
  }
  child.once('error', (error) => refuse(`${node} could not be started: ${error.message}`));
  child.once('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/** Killing the launcher kills the command, as if they were one process. */
function endWithLauncher() {
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.channel.unref();
}

function silenceSqliteWarning() {
  const emit = process.emitWarning.bind(process);
  process.emitWarning = (warning, ...rest) => {
    if (!String(warning).startsWith('SQLite is an experimental feature')) emit(warning, ...rest);
  };
}

if (!existsSync(program)) {
  refuse("it has not been built: run 'npm run build' in its folder first.");
} else if (recent) {
  if (process.env.VITRINE_RELAUNCHED && process.channel) endWithLauncher();
  delete process.env.VITRINE_RELAUNCHED;
  silenceSqliteWarning();
  await import(program.href);
} else if (installedNode() && !process.env.VITRINE_RELAUNCHED) {
  process.env.VITRINE_RELAUNCHED = '1';
  runOn(installedNode());
} else {
  refuse(`Node ${process.versions.node} is too old: install Node 22.13 or newer (https://nodejs.org).`);
}
