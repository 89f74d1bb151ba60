/** What networks can be computed on; `search.backend` in the experiment file, or VITRINE_BACKEND, names one. */
export const backendNames = ['wasm', 'tfjs-node-gpu', 'webgpu', 'tfjs-node'] as const;
export type BackendName = (typeof backendNames)[number];

/** 'auto': for each network the one that is fastest for its size, of those that run here. */
export type BackendChoice = 'auto' | BackendName;

export const isBackendChoice = (text: string): text is BackendChoice =>
  text === 'auto' || backendNames.some((name) => name === text);
