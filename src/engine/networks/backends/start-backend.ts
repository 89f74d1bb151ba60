import { setBackend } from '@tensorflow/tfjs-core';
import type { BackendChoice, BackendName } from '../../../shared/backend.ts';
import { UserError } from '../../../shared/faults.ts';
import type { Backend } from './backend.ts';
import { chooseBackends, isWorthGpu, type NetworkWork } from './choose-backends.ts';
import { backends } from './registry.ts';

/** What a process computes networks on. */
interface Plan {
  readonly choice: BackendChoice;
  /** Those that failed in this run already. */
  readonly without: readonly BackendName[];
  /** Told before native code is loaded: should the process end by it, the parent knows what did it. */
  readonly loading: (name: BackendName) => void;
}

let plan: Plan = { choice: 'wasm', without: [], loading: () => undefined };
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
  const asked = plan.choice !== 'auto';
  const suits = (name: BackendName) => asked || !backends[name].onGpu || (work !== undefined && isWorthGpu(work));
  const { name } = chooseBackends(plan.choice, backends).find(
    (candidate) => candidate.name === 'wasm' || (!plan.without.includes(candidate.name) && suits(candidate.name)),
  )!;
  const { isSoftware } = await startOnce(name);
  if (!asked && isSoftware) {
    await startOnce('wasm');
    return 'wasm';
  }
  return name;
}

async function startOnce(name: BackendName): ReturnType<Backend['start']> {
  const backend = backends[name];
  try {
    if (!started.has(name)) {
      if (name !== 'wasm') plan.loading(name);
      started.set(name, backend.start());
    }
    const device = await started.get(name)!;
    await setBackend(backend.tfjsName);
    return device;
  } catch (cause) {
    if (name === 'wasm') throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new BackendFault(name, message, cause);
  }
}

/** An accelerator that does not start, or computes nothing; the job can be done without it. */
export class BackendFault extends UserError {
  readonly backend: BackendName;

  constructor(backend: BackendName, why: string, cause?: unknown) {
    super('backend-failed', `${backend} failed: ${why}`, { advice: 'vitrine doctor tells what it needs.', cause });
    this.backend = backend;
  }
}
