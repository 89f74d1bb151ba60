import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BackendWasm, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { backend, setBackend } from '@tensorflow/tfjs-core';
import { installKernels } from './install-kernels.ts';
import { programsFor } from './programs.ts';

let started: Promise<void> | undefined;

/**
 * Makes the wasm backend, with our kernels, the one that tfjs computes on. Once a process: later calls wait for the
 * first. One thread: the threaded build slows training, so many cores are used by many workers.
 * Throws an Error where the wasm binary is missing or cannot run.
 */
export function startWasm(): Promise<void> {
  started ??= start();
  return started;
}

async function start(): Promise<void> {
  await startStockWasm();
  try {
    programsFor(backend() as BackendWasm);
  } catch (cause) {
    throw new Error(`Networks need relaxed SIMD, which Node ${process.versions.node} lacks: use 22.13 or later.`, {
      cause,
    });
  }
  installKernels();
}

/** The backend as tfjs ships it: for the bench and the tests that compare. */
export async function startStockWasm(): Promise<void> {
  setWasmPaths(`${wasmFolder(places())}/`);
  setThreadsCount(1);
  const forget = rememberProcessListeners();
  try {
    if (!(await setBackend('wasm'))) throw new Error('tfjs could not start its wasm backend in this process.');
  } finally {
    forget();
  }
}

const binary = 'tfjs-backend-wasm-simd.wasm';

/** The first of these folders that holds the wasm binary. Throws an Error that names them where none does. */
export function wasmFolder(places: readonly string[]): string {
  const found = places.find((place) => existsSync(join(place, binary)));
  if (found) return found;
  throw new Error(`${binary}, which trains networks, is missing in ${places.join(' and ')}. Install Vitrine again.`);
}

/** Beside the bundle where this is built; in the npm package where it runs from source. */
function places(): string[] {
  const here = dirname(fileURLToPath(import.meta.url));
  return existsSync(join(here, binary)) ? [here] : [here, packageFolder()];
}

function packageFolder(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    return 'the package @tensorflow/tfjs-backend-wasm (not installed)';
  }
}

/** Emscripten installs listeners that turn any error of the process into its own abort; they are taken off again. */
function rememberProcessListeners(): () => void {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => new Set(process.listeners(event as 'uncaughtException')));
  return () => {
    for (const [i, event] of events.entries()) {
      for (const listener of process.listeners(event as 'uncaughtException')) {
        if (!before[i].has(listener)) process.removeListener(event, listener);
      }
    }
  };
}
