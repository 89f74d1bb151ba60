import { type BackendName, backendNames } from '../../shared/backend.ts';
import type { Probed } from '../doctor/backends-report.ts';
import type { BackendProbe } from '../networks/backends/backend.ts';
import { backends } from '../networks/backends/registry.ts';
import { Pool } from '../run/pool.ts';

/** Dawn and CUDA compile at the first start. */
const longestProbeSeconds = 120;

/**
 * Starts each backend that is here in a process of its own and trains on it for a moment: native code may end its process, and two
 * builds of TensorFlow do not go into one.
 */
export async function probeBackends(
  signal: AbortSignal,
  progress: (share: number, words: string) => void,
): Promise<Probed> {
  const here = backendNames.filter((name) => backends[name].detect().found);
  const probed = new Map<BackendName, BackendProbe | Error>();
  for (const [i, name] of here.entries()) {
    signal.throwIfAborted();
    progress(i / here.length, `Trying ${name}`);
    probed.set(name, await probe(name, signal));
  }
  return probed;
}

async function probe(backend: BackendName, signal: AbortSignal): Promise<BackendProbe | Error> {
  const pool = new Pool({ workers: 1 });
  try {
    const job = { kind: 'backend-probe', backend } as const;
    const { answer } = await pool.run<'backend-probe'>(job, { signal, timeoutSeconds: longestProbeSeconds });
    return answer;
  } catch (error) {
    signal.throwIfAborted();
    return error as Error;
  } finally {
    pool.close();
  }
}
