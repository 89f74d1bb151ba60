import type { BackendChoice, BackendName } from '../../../shared/backend.ts';
import type { Backend } from './backend.ts';

/** What a network costs, as far as the choice needs it. */
export interface NetworkWork {
  /** Multiplications of one training step, forward and backward: 3 x weights x rows for a perceptron. */
  readonly multiplicationsPerStep: number;
}

/** The fastest first, for a network that is large enough for each. CUDA before WebGPU, whose kernels in tfjs are younger. */
const byPreference: readonly BackendName[] = ['tfjs-node-gpu', 'webgpu', 'tfjs-node', 'wasm'];

/**
 * Backends in the order in which they are tried for a network of this work; wasm, which is always there, is the last. `auto` takes those
 * whose files are here and whose `leastWork` the network has. A person who names one gets it for networks of every size.
 */
export function chooseBackends(
  choice: BackendChoice,
  backends: Readonly<Record<BackendName, Backend>>,
  work: NetworkWork = { multiplicationsPerStep: 0 },
): BackendName[] {
  if (choice !== 'auto') return choice === 'wasm' ? ['wasm'] : [choice, 'wasm'];
  return byPreference.filter((name) => {
    const { leastWork, detect } = backends[name];
    return leastWork <= work.multiplicationsPerStep && detect().found;
  });
}
