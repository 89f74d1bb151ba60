import type { BackendName } from '../../../shared/backend.ts';
import type { Backend } from './backend.ts';
import { tfjsNode, tfjsNodeGpu } from './tfjs-node.ts';
import { wasm } from './wasm.ts';
import { webgpu } from './webgpu.ts';

/** Every backend that networks can be computed on. */
export const backends: Readonly<Record<BackendName, Backend>> = {
  wasm,
  'tfjs-node-gpu': tfjsNodeGpu,
  webgpu,
  'tfjs-node': tfjsNode,
};
