/** What networks can be computed on; `search.backend` in the experiment file, or VITRINE_BACKEND, names one. */
export const backendNames = ['wasm', 'tfjs-node-gpu', 'webgpu', 'tfjs-node'] as const;
export type BackendName = (typeof backendNames)[number];

/** 'auto': for each network the one that is fastest for its size, of those that run here. */
export type BackendChoice = 'auto' | BackendName;

/** What a job, or a whole pool, went on without. */
export interface BackendFailure {
  readonly name: BackendName;
  /** A sentence. */
  readonly why: string;
}

/** 'tfjs-node failed: The worker ended unasked (signal SIGABRT).' */
export const backendFailureWords = ({ name, why }: BackendFailure): string => `${name} failed: ${why}`;

export const isBackendChoice = (text: string): text is BackendChoice =>
  text === 'auto' || backendNames.some((name) => name === text);
