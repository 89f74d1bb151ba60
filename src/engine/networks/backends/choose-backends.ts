import type { BackendChoice, BackendName } from '../../../shared/backend.ts';
import type { Backend } from './backend.ts';

/** One that may compute a network, and why it stands where it stands. */
export interface Candidate {
  readonly name: BackendName;
  /** 'a GPU is the fastest for large networks' */
  readonly why: string;
}

/**
 * Backends in the order in which they are tried; wasm, which is always there, is the last.
 *
 * `auto` takes what runs here by what is known of their speed: CUDA before WebGPU (tfjs's own kernels there are younger and read back
 * through one more copy), both for large networks only (`isWorthGpu`); tfjs-node never, since one thread of it trains slower than our
 * wasm kernels (docs/benchmarks.md), and a run has one worker a core. A person who names one gets it for networks of every size.
 */
export function chooseBackends(choice: BackendChoice, backends: Readonly<Record<BackendName, Backend>>): Candidate[] {
  const fallback = (why: string): Candidate => ({ name: 'wasm', why });
  if (choice === 'wasm') return [fallback('it was asked for')];
  if (choice !== 'auto')
    return [{ name: choice, why: 'it was asked for' }, fallback(`${choice}, which was asked for, does not run here`)];
  const gpus = (['tfjs-node-gpu', 'webgpu'] as const).filter((name) => backends[name].detect().found);
  return [
    ...gpus.map((name) => ({ name, why: 'a GPU is the fastest for large networks' })),
    fallback(
      gpus.length > 0
        ? 'small networks train faster without a GPU'
        : 'no backend for a GPU is installed, and tfjs-node is no faster',
    ),
  ];
}

/** What a network costs, as far as the choice needs it. */
export interface NetworkWork {
  /** Multiplications of one training step, forward and backward: 3 x weights x rows for a perceptron. */
  readonly multiplicationsPerStep: number;
}

/**
 * Whether a step is long enough for a GPU. Its some 50 kernels cost 10 to 50 microseconds each to start, so about 1 ms whatever their size;
 * our wasm kernels do 2e7 multiplications in that time. `npm run check:gpu` prints where the two meet on a machine.
 */
export const isWorthGpu = ({ multiplicationsPerStep }: NetworkWork): boolean => multiplicationsPerStep >= 1e8;
