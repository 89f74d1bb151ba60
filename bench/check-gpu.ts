/**
 * Checks and times the GPU backends of this machine: the conformance suite on each that starts, then its speed beside wasm. Says so and
 * ends well where there is none. `npm run check:gpu`; a package may lie in a folder that VITRINE_ACCELERATORS names.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { backends } from '../src/engine/networks/backends/registry.ts';
import { Pool } from '../src/engine/run/pool.ts';
import { type BackendName, backendNames } from '../src/shared/backend.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The device; undefined where it does not run, which is said. */
async function deviceOf(backend: BackendName): Promise<string | undefined> {
  const detection = backends[backend].detect();
  if (!detection.found) {
    console.log(`${backend}: ${detection.words}; needs ${detection.needs}`);
    return undefined;
  }
  const pool = new Pool({ workers: 1 });
  try {
    const { answer } = await pool.run<'backend-probe'>({ kind: 'backend-probe', backend }, { timeoutSeconds: 120 });
    return answer.isSoftware ? `${answer.device}, which the CPU only imitates: its times mean nothing` : answer.device;
  } catch (error) {
    console.log(`${backend}: found, but does not start: ${(error as Error).message}`);
    return undefined;
  } finally {
    pool.close();
  }
}

/** Whether every case gives the cpu backend's numbers. */
function conforms(backend: BackendName): boolean {
  const suite = 'test/engine/networks/backends/conformance.test.ts';
  const env = { ...process.env, VITRINE_BACKEND: backend };
  const { status } = spawnSync(process.execPath, ['--test', '--test-reporter=dot', suite], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  return status === 0;
}

const time = (backend: BackendName) =>
  execFileSync(process.execPath, ['bench/backends/crossover.ts', backend], { cwd: root, stdio: 'inherit' });

let checked = 0;
for (const backend of backendNames.filter((name) => backends[name].onGpu)) {
  const device = await deviceOf(backend);
  if (device === undefined) continue;
  checked++;
  console.log(`${backend}: ${device}`);
  const good = conforms(backend);
  console.log(good ? `${backend} gives the numbers of the cpu backend, to 1e-4` : `${backend} gives other numbers`);
  if (!good) process.exitCode = 1;
  time(backend);
}
if (checked === 0) console.log('No GPU backend runs here: nothing to check.');
