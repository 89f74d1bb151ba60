import { setBackend } from '@tensorflow/tfjs-core';
import type { BackendChoice, BackendName } from '../../../shared/backend.ts';
import type { Backend } from './backend.ts';
import { BackendFault } from './backend-fault.ts';
import { chooseBackends, type NetworkWork } from './choose-backends.ts';
import { backends } from './registry.ts';

/** What a process computes networks on. */
interface Plan {
  readonly choice: BackendChoice;
  /** Those that failed in this run already. */
  readonly without: readonly BackendName[];
  /** Awaited before native code runs: should the process end by it, the parent knows what did it. */
  readonly using: (name: BackendName) => Promise<void>;
}

let plan: Plan = { choice: 'wasm', without: [], using: async () => undefined };
const started = new Map<BackendName, ReturnType<Backend['start']>>();

/** Says what networks of this process are to be computed on from now on. Without it they are on wasm. */
export function planBackend(planned: Plan): void {
  plan = planned;
}

/**
 * Makes the backend that suits a network of this size the one that tfjs computes on. One fit at a time: tfjs has one backend a process.
 * Throws a UserError `backend-failed` that names an accelerator which does not start; the pool then runs the job without it.
 */
export async function startBackend(work?: NetworkWork): Promise<BackendName> {
  const candidates = chooseBackends(plan.choice, backends, work);
  const name = candidates.find((candidate) => candidate === 'wasm' || !plan.without.includes(candidate))!;
  const { isSoftware } = await startOnce(name);
  if (plan.choice !== 'auto' || !isSoftware) return name;
  await plan.using('wasm');
  await startOnce('wasm');
  return 'wasm';
}

async function startOnce(name: BackendName): ReturnType<Backend['start']> {
  const backend = backends[name];
  try {
    if (name !== 'wasm') await plan.using(name);
    if (!started.has(name)) started.set(name, backend.start());
    const device = await started.get(name)!;
    await setBackend(backend.tfjsName);
    return device;
  } catch (cause) {
    if (name === 'wasm') throw cause;
    throw new BackendFault({ name, why: cause instanceof Error ? cause.message : String(cause) }, cause);
  }
}
