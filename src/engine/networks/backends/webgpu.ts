import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setBackend } from '@tensorflow/tfjs-core';
import type { Backend, Detection } from './backend.ts';
import { installComposedKernels } from './composed-kernels.ts';
import { gpuLeastWork } from './gpu-least-work.ts';
import { mendWebgpuKernels } from './mended-webgpu-kernels.ts';
import { type FoundPackage, findPackage } from './packages.ts';

/** What we use of the WebGPU interface that the package `webgpu` (Dawn) puts out. */
interface Gpu {
  requestAdapter(options: { powerPreference: 'high-performance' }): Promise<{ readonly info: AdapterInfo } | null>;
}

interface AdapterInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  readonly isFallbackAdapter?: boolean;
}

/** Dawn, and tfjs's kernels for it. */
const packages = ['webgpu', '@tensorflow/tfjs-backend-webgpu'] as const;

/**
 * Any GPU, by Vulkan, Metal or Direct3D 12: AMD, Intel, Apple, and NVIDIA without CUDA. Its results can only be awaited: `dataSync`
 * throws.
 */
export const webgpu: Backend = {
  name: 'webgpu',
  title: 'Any GPU, by webgpu (Dawn)',
  tfjsName: 'webgpu',
  onGpu: true,
  leastWork: gpuLeastWork,
  detect,
  async start() {
    const [dawn, kernels] = packages.map((name) => findPackage(name));
    if (!dawn || !kernels) throw new Error(`${packages.join(' and ')} are not both installed.`);
    const adapter = await startDawn(dawn);
    createRequire(join(kernels.folder, 'package.json'))(kernels.folder);
    if (!(await setBackend('webgpu'))) throw new Error('tfjs could not start on WebGPU.');
    mendWebgpuKernels();
    installComposedKernels('webgpu');
    const { vendor, architecture, description, isFallbackAdapter } = adapter;
    const device = description || `${vendor} ${architecture}`.trim() || 'a GPU without a name';
    const isSoftware = isFallbackAdapter === true || /swiftshader|llvmpipe|lavapipe/i.test(`${architecture} ${device}`);
    return { device, isSoftware };
  },
};

function detect(): Detection {
  const found = packages.map((name) => ({ name, ...findPackage(name) }));
  const missing = found.filter(({ folder }) => folder === undefined).map(({ name }) => name);
  if (missing.length > 0) {
    return {
      found: false,
      words: `not installed: ${missing.join(' and ')}`,
      needs: `npm install ${missing.join(' ')}`,
    };
  }
  return { found: true, words: found.map(({ name, version, folder }) => `${name} ${version} in ${folder}`).join(', ') };
}

/** Puts Dawn's WebGPU where a browser's stands, since that is where tfjs looks. The adapter that it has. */
async function startDawn({ folder }: FoundPackage): Promise<AdapterInfo> {
  const { create, globals } = await import(pathToFileURL(join(folder, 'index.js')).href);
  Object.assign(globalThis, globals);
  const gpu: Gpu = create([]);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('there is no GPU with a driver for Vulkan, Metal or Direct3D 12.');
  Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true });
  return adapter.info;
}
