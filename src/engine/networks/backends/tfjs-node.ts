import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import util from 'node:util';
import { backend, setBackend } from '@tensorflow/tfjs-core';
import type { Backend, Detection } from './backend.ts';
import { installComposedKernels } from './composed-kernels.ts';
import { gpuLeastWork } from './gpu-least-work.ts';
import { findPackage } from './packages.ts';

interface TfjsNode {
  readonly name: 'tfjs-node' | 'tfjs-node-gpu';
  readonly title: string;
  readonly onGpu: boolean;
  readonly leastWork: number;
}

/**
 * TensorFlow by the addon of @tensorflow/tfjs-node. Its copy of tfjs-core registers itself in the engine that all copies of one process
 * share, and so becomes a backend of ours.
 */
function tfjsNodeBackend({ name, title, onGpu, leastWork }: TfjsNode): Backend {
  const packageName = `@tensorflow/${name}`;
  return {
    name,
    title,
    tfjsName: 'tensorflow',
    onGpu,
    leastWork,
    detect: () => detect(packageName, onGpu),
    async start() {
      const found = findPackage(packageName);
      if (!found) throw new Error(`${packageName} is not installed.`);
      prepareProcess();
      createRequire(join(found.folder, 'package.json'))(found.folder);
      if (!(await setBackend('tensorflow'))) throw new Error(`${packageName} was loaded but could not start.`);
      const isGpu = (backend() as { isUsingGpuDevice?: boolean }).isUsingGpuDevice === true;
      if (onGpu && !isGpu) throw new Error('TensorFlow sees no CUDA device.');
      installComposedKernels('tensorflow');
      return { device: isGpu ? 'CUDA device 0' : 'one CPU thread' };
    },
  };
}

export const tfjsNode = tfjsNodeBackend({
  name: 'tfjs-node',
  title: 'TensorFlow on the CPU, by tfjs-node',
  onGpu: false,
  // Measured, one thread each: perceptrons gain from 3e8 on (1.6 times at 9e8), convolutions lose at 1.6e9 (.7) and gain at 4e9 (1.5).
  leastWork: 2e9,
});
export const tfjsNodeGpu = tfjsNodeBackend({
  name: 'tfjs-node-gpu',
  title: 'CUDA, by tfjs-node-gpu',
  onGpu: true,
  leastWork: gpuLeastWork,
});

function detect(packageName: string, onGpu: boolean): Detection {
  const found = findPackage(packageName);
  if (!found) return { found: false, words: 'not installed', needs: `npm install ${packageName}` };
  if (!hasAddon(found.folder)) {
    return {
      found: false,
      words: `version ${found.version} in ${found.folder}, without its native addon: its install step did not end`,
      needs: `npm rebuild ${packageName} --build-addon-from-source`,
    };
  }
  if (onGpu && process.platform === 'linux' && !existsSync('/proc/driver/nvidia/version')) {
    return { found: false, words: 'installed, but there is no NVIDIA driver', needs: 'an NVIDIA GPU and its driver' };
  }
  return { found: true, words: `version ${found.version} in ${found.folder}` };
}

/** Any of the folders that node-pre-gyp chooses from. */
const hasAddon = (folder: string): boolean =>
  [3, 4, 5, 6, 7, 8, 9, 10].some((napi) => existsSync(join(folder, `lib/napi-v${napi}/tfjs_binding.node`)));

/** What TensorFlow reads when it is loaded; what the person set stands. */
const environment = {
  TF_CPP_MIN_LOG_LEVEL: '2',
  // One thread for each worker, as there is a worker for each core.
  TF_NUM_INTRAOP_THREADS: '1',
  TF_NUM_INTEROP_THREADS: '1',
  OMP_NUM_THREADS: '1',
  // Else the first worker takes all of the GPU's memory.
  TF_FORCE_GPU_ALLOW_GROWTH: 'true',
};

/** tfjs-node 4.22 calls functions that Node 23 took out of `util`. */
function prepareProcess(): void {
  for (const [name, value] of Object.entries(environment)) process.env[name] ??= value;
  const removed = util as { isNullOrUndefined?: (value: unknown) => boolean };
  removed.isNullOrUndefined ??= (value) => value === null || value === undefined;
}
