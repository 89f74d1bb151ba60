import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { UserError } from '../../../shared/faults.ts';
import { findPackage, packagePlaces } from '../../networks/backends/packages.ts';

/** What is used of onnxruntime, the native one or the one in wasm. */
export interface OnnxRuntime {
  readonly InferenceSession: { create(model: Uint8Array, options?: object): Promise<InferenceSession> };
  readonly Tensor: typeof Tensor;
}

/** Where each package keeps what Node imports. */
const packages = [
  { name: 'onnxruntime-node', entry: 'dist/index.js' },
  { name: 'onnxruntime-web', entry: 'dist/ort.wasm.bundle.min.mjs' },
] as const;

let loaded: Promise<OnnxRuntime> | undefined;

/** onnxruntime where a person has installed it. Throws a UserError that says how where nobody has. */
export function onnxRuntime(): Promise<OnnxRuntime> {
  loaded ??= findRuntime(packagePlaces());
  loaded.catch(() => {
    loaded = undefined;
  });
  return loaded;
}

/** The first of the packages that one of these places has. */
export async function findRuntime(places: readonly string[]): Promise<OnnxRuntime> {
  for (const { name, entry } of packages) {
    const found = findPackage(name, places);
    if (!found) continue;
    const module = await import(pathToFileURL(join(found.folder, entry)).href);
    return module.InferenceSession ? module : module.default;
  }
  throw new UserError('onnxruntime-missing', 'running an ONNX model takes onnxruntime, which is not installed.', {
    advice: 'Install it beside your data: npm install onnxruntime-web (or onnxruntime-node, which is faster).',
  });
}
