import type { BackendName } from '../../../shared/backend.ts';

/** What lies on this machine's disk for a backend; nothing of it has been loaded, so it may yet fail to start. */
export type Detection =
  | { readonly found: true /** 'version 4.22.0 in /home/...' */; readonly words: string }
  | { readonly found: false; readonly words: string /** What would have to be there. */; readonly needs: string };

/** What a tfjs backend computes networks on. The wasm one is part of Vitrine; the others a person installs. */
export interface Backend {
  readonly name: BackendName;
  /** 'CUDA, by tfjs-node-gpu' */
  readonly title: string;
  /** Its name in tfjs. */
  readonly tfjsName: string;
  readonly onGpu: boolean;
  /**
   * Multiplications of a training step from which on it is faster than our wasm kernels, one worker of each: below, to start its kernels
   * takes longer than they save.
   */
  readonly leastWork: number;
  /** Looks for its files. Loads none of them: code of a workspace's packages runs only when something is trained. */
  detect(): Detection;
  /**
   * Makes it the one that tfjs computes on, once a process. Loads native code, which may end the process.
   * Throws an Error, in words for people, where it cannot run; tfjs is then left without a backend of its own.
   * @returns the device: 'one CPU thread', 'NVIDIA H200'
   */
  start(): Promise<{ readonly device: string /** A GPU that the CPU only imitates. */; readonly isSoftware?: boolean }>;
}

/** What came of training on a backend for a moment. */
export interface BackendProbe {
  readonly device: string;
  /** A GPU that the CPU only imitates. */
  readonly isSoftware: boolean;
  /** Training steps a second of a perceptron 64-256-256-10 on batches of 128. */
  readonly stepsPerSecond: number;
}
